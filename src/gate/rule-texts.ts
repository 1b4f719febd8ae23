/** Every rule that findings can name, for `portcullis rules`, the reference pages and the renderers. */
import type { RuleText } from '../findings.ts'

/** By id, sorted by it. The rooms are loaded when this is called. */
export async function ruleTexts(): Promise<ReadonlyMap<string, RuleText>> {
  const [{ baseUpdateRule }, { driftRules }, manifests, { contentChecks }, verify] = await Promise.all([
    import('./base-update-rule.ts'),
    import('./drift-rules.ts'),
    import('../manifests/rules.ts'),
    import('../scan/content-checks.ts'),
    import('../verify/rules.ts'),
  ])
  const all = [
    baseUpdateRule,
    ...driftRules,
    ...manifests.ruleTexts,
    ...contentChecks.flatMap(({ rules }) => rules),
    ...verify.signatureRules,
  ]
  return new Map(all.map((rule) => [rule.id, rule] as const).sort(([left], [right]) => (left < right ? -1 : 1)))
}
