/** An object against the published schema of its kind: `../../shape/check.ts`. */
import type { KubernetesObject } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { misfitsOf } from '../../shape/misfits.ts'

export const unknownField: Rule<KubernetesObject> = {
  id: 'shape/unknown-field',
  severity: 'medium',
  title: 'Field that the kind does not have',
  why: 'The API server drops a field that it does not know, or refuses the object: a setting that is misspelt, or one indent too far, is not in force, and a `securityContext` in the wrong place protects nobody.',
  fix: 'Correct the name, or move the field to where it belongs.',
  references: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation'],
  triesSuggestions: true,
  check: (object, context) => misfitsOf(object, context, 'unknown-field'),
}
