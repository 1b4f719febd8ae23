/** Kyverno's policies over signatures of images: they are asked with the signatures, where the policy file names them. */
import type { Gap } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isSet } from '../../violation.ts'

/** A gap for each policy of the tree that nobody asks. */
export function unaskedImagePolicies(objects: readonly KubernetesObject[], named: readonly KubernetesObject[]): readonly Gap[] {
  const asked = new Set(named.map(identity))
  return objects
    .filter((object) => isImagePolicy(object) && !asked.has(identity(object)))
    .map(({ subject, kind, root }) => {
      const form = kind.endsWith('ImageValidatingPolicy') ? kind : `verifyImages of a ${kind}`
      const message = `${form} is not asked from the tree: its file has to stand under policies in the policy file`
      return { subject, message, locations: [root.at('metadata', 'name').location()] }
    })
}

function isImagePolicy({ kind, apiVersion, root }: KubernetesObject): boolean {
  if (apiVersion.startsWith('policies.kyverno.io/')) return kind === 'ImageValidatingPolicy' || kind === 'NamespacedImageValidatingPolicy'
  const isPolicy = apiVersion.startsWith('kyverno.io/') && (kind === 'ClusterPolicy' || kind === 'Policy')
  const rules = isPolicy ? root.at('spec', 'rules').items() : []
  return rules.some((rule) => isSet(rule.at('verifyImages')))
}

function identity({ apiVersion, kind, name }: KubernetesObject): string {
  return `${apiVersion} ${kind} ${name}`
}
