/** Every rule that findings can name, for `portcullis rules`, the reference pages and the renderers. Brings the rooms of all checks along. */
import type { RuleText } from '../findings.ts'
import { ruleTexts as manifestRules } from '../manifests/rules.ts'
import { contentChecks } from '../scan/content-checks.ts'
import { signatureRules } from '../verify/rules.ts'
import { baseUpdateRule } from './base-update-rule.ts'
import { driftRules } from './drift-rules.ts'

/** By id, sorted by it. */
export function ruleTexts(): ReadonlyMap<string, RuleText> {
  const all = [baseUpdateRule, ...driftRules, ...manifestRules, ...contentChecks.flatMap(({ rules }) => rules), ...signatureRules]
  return new Map(all.map((rule) => [rule.id, rule] as const).sort(([left], [right]) => (left < right ? -1 : 1)))
}
