/** Secrets mounted by `subPath` are never renewed: https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const secretSubPath: Rule<Pod> = {
  id: 'pod/secret-sub-path',
  severity: 'low',
  title: 'Secret is mounted by subPath',
  why: 'A file that is mounted by `subPath` stays as it was when the container started: a secret that is rotated, or revoked, is still the old one there.',
  fix: 'Mount the whole secret into a directory of its own, with `items` for the keys.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath'],
  *check(pod) {
    const secrets = new Set(
      pod
        .at('volumes')
        .items()
        .filter(
          (volume) =>
            isSet(volume.at('secret')) ||
            volume
              .at('projected', 'sources')
              .items()
              .some((source) => isSet(source.at('secret'))),
        )
        .map((volume) => volume.at('name').value),
    )
    for (const container of pod.containers) {
      for (const mount of container.at('volumeMounts').items()) {
        const field = isSet(mount.at('subPathExpr')) ? mount.at('subPathExpr') : mount.at('subPath')
        if (!secrets.has(mount.at('name').value) || !isSet(field) || field.value === '') continue
        yield violation(
          field,
          `container ${quote(container.name)} mounts the secret volume ${quote(String(mount.at('name').value))} by subPath`,
        )
      }
    }
  },
}
