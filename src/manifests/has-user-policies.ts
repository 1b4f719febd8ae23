/** Whether there are policies of other engines: cheap, so that the engines are loaded only where there are some. */
import type { Field } from '../formats/field.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'

const kinds: ReadonlySet<string> = new Set([
  'ClusterPolicy',
  'NamespacedValidatingPolicy',
  'Policy',
  'ValidatingAdmissionPolicy',
  'ValidatingPolicy',
])

/** `more` are documents that the policy file names. */
export function hasUserPolicies({ objects }: Repository, more: readonly Field[] = []): boolean {
  return [...objects, ...more.map(objectOf)].some(
    ({ kind, apiVersion }) => kinds.has(kind) && /^(?:admissionregistration\.k8s\.io|kyverno\.io|policies\.kyverno\.io)\//.test(apiVersion),
  )
}

/** A document of the policy as an object of no namespace. */
export function objectOf(root: Field): KubernetesObject {
  const text = (...path: string[]) => String(root.at(...path).value ?? '')
  const [kind, name, namespace] = [text('kind'), text('metadata', 'name'), text('metadata', 'namespace')]
  return { file: root.location().file, apiVersion: text('apiVersion'), kind, name, namespace, subject: `${kind}/${name}`, root }
}
