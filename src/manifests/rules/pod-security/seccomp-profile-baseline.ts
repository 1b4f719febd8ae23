/** Pod Security Standards, Baseline, check `seccompProfile_baseline`: annotations before v1.19, fields from then on. */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { replaceScalar } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import type { Context, Violation } from '../../rule.ts'
import { toRuntimeDefault } from '../../runtime-default.ts'
import { settersOf } from '../../setters.ts'
import { isSet, violation } from '../../violation.ts'

export const seccompProfileBaseline: StandardRule = {
  id: 'pod-security/seccomp-profile-baseline',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'The system call filter is turned off',
  why: 'Without a seccomp profile the container may make every system call of the kernel, those with known ways out of it included.',
  fix: 'Remove the profile, or set its `type` to `RuntimeDefault` or `Localhost`.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod, context, minor) {
    if (minor < 19) yield* badAnnotations(pod, context)
    else yield* badProfiles(pod, context)
  },
}

function* badAnnotations(pod: Pod, context: Context): Iterable<Violation> {
  const annotations = pod.metadata.at('annotations')
  const ofContainers = pod.containers.map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${name}`)
  for (const key of ['seccomp.security.alpha.kubernetes.io/pod', ...ofContainers]) {
    const field = annotations.at(key)
    const value = String(field.value ?? '')
    if (!isSet(field) || value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/')) continue
    yield violation(
      field,
      `annotation ${quote(key)} sets the seccomp profile ${quote(value)}`,
      value === 'unconfined' ? replaceScalar(context, field, 'runtime/default') : undefined,
    )
  }
}

/** What says another type than the allowed ones; shared with the check of the level restricted. */
export function* badProfiles(pod: Pod, context: Context): Iterable<Violation> {
  for (const { who, field } of settersOf(pod, 'seccompProfile')) {
    const type = field.at('type')
    if (!isSet(field) || type.value === 'RuntimeDefault' || type.value === 'Localhost') continue
    yield violation(type, `${who} sets the seccomp profile ${quote(String(type.value ?? ''))}`, toRuntimeDefault(context, field))
  }
}
