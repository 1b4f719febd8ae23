/** The Secrets that a pod has. https://kubernetes.io/docs/concepts/configuration/secret/#use-case-pod-with-prod-test-credentials */
import type { Pod } from '../../repo/pod.ts'

/** By name, each once, sorted. */
export function secretsOf(pod: Pod): readonly string[] {
  const names = new Set<string>()
  const add = (value: unknown) => {
    if (typeof value === 'string' && value !== '') names.add(value)
  }
  for (const volume of pod.at('volumes').items()) {
    add(volume.at('secret', 'secretName').value)
    for (const source of volume.at('projected', 'sources').items()) add(source.at('secret', 'name').value)
    add(volume.at('csi', 'nodePublishSecretRef', 'name').value)
  }
  for (const container of pod.containers) {
    for (const variable of container.at('env').items()) add(variable.at('valueFrom', 'secretKeyRef', 'name').value)
    for (const source of container.at('envFrom').items()) add(source.at('secretRef', 'name').value)
  }
  return [...names].sort()
}
