/** An object against the published schema of its kind: `../../shape/check.ts`. */
import type { KubernetesObject } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { misfitsOf } from '../../shape/misfits.ts'

export const wrongType: Rule<KubernetesObject> = {
  id: 'shape/wrong-type',
  severity: 'medium',
  title: 'Value of a wrong type',
  why: 'The API server refuses the object, so that the roll-out stops half-way, and the old object stays as it is.',
  fix: 'Write a value of the type that the field has; quotes make the difference between `"8080"` and `8080`.',
  references: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation'],
  triesSuggestions: true,
  check: (object, context) => misfitsOf(object, context, 'wrong-type'),
}
