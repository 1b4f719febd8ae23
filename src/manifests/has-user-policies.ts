/** Whether a tree holds policies of its own: cheap, so that the engines are loaded only where there are some. */
import type { Repository } from '../repo/repository.ts'

const kinds: ReadonlySet<string> = new Set([
  'ClusterPolicy',
  'NamespacedValidatingPolicy',
  'Policy',
  'ValidatingAdmissionPolicy',
  'ValidatingPolicy',
])

export function hasUserPolicies({ objects }: Repository): boolean {
  return objects.some(
    ({ kind, apiVersion }) => kinds.has(kind) && /^(?:admissionregistration\.k8s\.io|kyverno\.io|policies\.kyverno\.io)\//.test(apiVersion),
  )
}
