/** Whether there are policies of other engines: cheap, so that the engines are loaded only where there are some. */
import type { Field } from '../formats/field.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'

const kinds: ReadonlySet<string> = new Set([
  'ClusterPolicy',
  'ImageValidatingPolicy',
  'NamespacedImageValidatingPolicy',
  'NamespacedValidatingPolicy',
  'Policy',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingPolicy',
])

/** `more` are documents that the policy file names, `others` what it holds or names that is no such document. */
export function hasUserPolicies({ objects }: Repository, more: readonly Field[] = [], others: readonly unknown[] = []): boolean {
  if (others.length > 0) return true
  return [...objects, ...more.map(objectOf)].some((object) => isGatekeeperConstraint(object) || isPolicy(object))
}

function isPolicy({ kind, apiVersion }: KubernetesObject): boolean {
  return kinds.has(kind) && /^(?:admissionregistration\.k8s\.io|kyverno\.io|policies\.kyverno\.io)\//.test(apiVersion)
}

/** https://open-policy-agent.github.io/gatekeeper/website/docs/howto/#constraints */
export function isGatekeeperConstraint({ apiVersion }: KubernetesObject): boolean {
  return apiVersion.startsWith('constraints.gatekeeper.sh/')
}

/** A document of the policy as an object of no namespace. */
export function objectOf(root: Field): KubernetesObject {
  const text = (...path: string[]) => String(root.at(...path).value ?? '')
  const [kind, name, namespace] = [text('kind'), text('metadata', 'name'), text('metadata', 'namespace')]
  return { file: root.location().file, apiVersion: text('apiVersion'), kind, name, namespace, subject: `${kind}/${name}`, root }
}
