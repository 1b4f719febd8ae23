/** Labels that namespaces have of themselves: https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name */
import { quote } from '../../../findings.ts'
import type { Repository } from '../../../repo/repository.ts'
import { renameKey } from '../../edits.ts'
import { isNetworkPolicy } from '../../reachability/policies.ts'
import type { Rule } from '../../rule.ts'

export const unlabelledNamespace: Rule<Repository> = {
  id: 'network/unlabelled-namespace',
  severity: 'low',
  title: 'Namespace is named by a label that it does not have of itself',
  why: 'Kubernetes labels a namespace with `kubernetes.io/metadata.name` and with nothing else: a `name` label is whatever somebody who may edit namespaces puts there, or nothing, and then the rule never matches.',
  fix: 'Select `kubernetes.io/metadata.name`, or set the label on the Namespace in this repository.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name'],
  *check(_, context) {
    const { objectsOf } = context
    const names = new Set<unknown>(objectsOf('Namespace').map(({ name }) => name))
    const set = new Set(
      objectsOf('Namespace').flatMap(({ root }) =>
        root
          .at('metadata', 'labels')
          .entries()
          .map(([key, { value }]) => `${key}=${String(value)}`),
      ),
    )
    for (const object of objectsOf('NetworkPolicy').filter(isNetworkPolicy)) {
      for (const [direction, side] of [
        ['ingress', 'from'],
        ['egress', 'to'],
      ] as const) {
        for (const peer of object.root
          .at('spec', direction)
          .items()
          .flatMap((rule) => rule.at(side).items())) {
          const field = peer.at('namespaceSelector', 'matchLabels', 'name')
          if (field.kind !== 'scalar' || set.has(`name=${String(field.value)}`)) continue
          const message = `no Namespace of the tree has the label name ${quote(String(field.value))}`
          // Certain where the namespace is there: the API server gives each one this label.
          const mended = names.has(field.value) ? renameKey(context, field, 'kubernetes.io/metadata.name') : undefined
          yield { field, subject: object.subject, message, ...(mended && { suggestion: mended }) }
        }
      }
    }
  },
}
