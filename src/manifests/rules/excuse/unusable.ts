/** Excuses that excuse nothing: `../../excuses.ts`. */
import { quote } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { excusesOf, readExcuse } from '../../excuses.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const unusableExcuse: Rule<KubernetesObject> = {
  id: 'excuse/unusable',
  severity: 'low',
  title: 'Excuse that excuses nothing',
  why: 'An excuse without a reason or a date, or one that has run out, is not heard: what it is about is reported again.',
  fix: 'Write the last day and the reason, `"2027-01-31 sets the clock of the node"`, or remove the annotation.',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],
  *check(object, { settings }) {
    for (const { rule, field } of excusesOf(object)) {
      const excuse = readExcuse(String(field.value ?? ''))
      if (excuse === undefined) yield violation(field, `excuse from ${quote(rule)} has no date and reason`)
      else if (settings.today !== undefined && excuse.until < settings.today)
        yield violation(field, `excuse from ${quote(rule)} has run out on ${excuse.until}`)
    }
  },
}
