/** An object against the published schema of its kind: `../../shape/check.ts`. */
import type { KubernetesObject } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { misfitsOf } from '../../shape/misfits.ts'

export const missingField: Rule<KubernetesObject> = {
  id: 'shape/missing-field',
  severity: 'medium',
  title: 'Field is missing',
  why: 'The API server refuses an object without it.',
  fix: 'Add the field with the value that is meant.',
  references: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation'],
  check: (object, context) => misfitsOf(object, context, 'missing-field'),
}
