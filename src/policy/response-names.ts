/** The names that the conditions of response rules may use. One list; `docs/responses.md` has the same. Whatever is not in it only a running cluster knows. */
import type { ValueType, Vocabulary } from './condition.ts'
import { policyNames } from './vocabulary.ts'

/** What a name is the value of. */
export type ResponseScope = 'run' | 'image' | 'finding' | 'vulnerability'

export interface ResponseName {
  readonly name: string
  readonly type: ValueType
  readonly of: ResponseScope
  readonly meaning: string
}

const number: ValueType = { kind: 'number' }
const boolean: ValueType = { kind: 'boolean' }
const text: ValueType = { kind: 'string' }
const checks = ['vulnerability', 'malware', 'secret', 'image-config', 'signature', 'attestation', 'manifest', 'dockerfile', 'policy']

const ownNames: readonly ResponseName[] = [
  { name: 'blocking_findings', type: number, of: 'run', meaning: 'how many findings block' },
  { name: 'critical', type: number, of: 'run', meaning: 'how many new findings are critical' },
  { name: 'existing_findings', type: number, of: 'run', meaning: 'how many findings the base has already' },
  { name: 'gaps', type: number, of: 'run', meaning: 'how much could not be read or verified' },
  { name: 'high', type: number, of: 'run', meaning: 'how many new findings are high' },
  { name: 'images', type: number, of: 'run', meaning: 'how many images were judged' },
  { name: 'low', type: number, of: 'run', meaning: 'how many new findings are low' },
  { name: 'medium', type: number, of: 'run', meaning: 'how many new findings are medium' },
  { name: 'new_findings', type: number, of: 'run', meaning: 'how many findings are new; without a base all are' },
  { name: 'unknown', type: number, of: 'run', meaning: 'how many new findings nobody has rated' },
  {
    name: 'verdict',
    type: { kind: 'word', words: ['pass', 'block', 'incomplete'] },
    of: 'run',
    meaning: 'the verdict, with what rules that do not name it have blocked',
  },
  { name: 'waived_findings', type: number, of: 'run', meaning: 'how many findings are waived' },
  { name: 'anomaly_score', type: number, of: 'image', meaning: 'how far it is from its earlier images, -1 to 0: the lower, the stranger' },
  { name: 'image_risk_score', type: number, of: 'image', meaning: 'the risk of the image where it runs, 0 to 100' },
  { name: 'is_anomaly', type: boolean, of: 'image', meaning: 'whether it is unlike its earlier images' },
  { name: 'blocking', type: boolean, of: 'finding', meaning: 'whether the finding blocks' },
  { name: 'check', type: { kind: 'word', words: checks }, of: 'finding', meaning: 'the check that found it' },
  { name: 'file', type: text, of: 'finding', meaning: 'the file of its first line; empty where it has none' },
  { name: 'risk_score', type: number, of: 'finding', meaning: 'the risk of the finding where it runs, 0 to 100' },
  { name: 'risk_confidence', type: number, of: 'finding', meaning: 'how much of what the risk score rests on is known, 0 to 1' },
  { name: 'rule', type: text, of: 'finding', meaning: 'the id of its rule, or of the vulnerability' },
  {
    name: 'severity',
    type: { kind: 'word', words: ['low', 'medium', 'high', 'critical'], ordered: true },
    of: 'finding',
    meaning: 'its severity; without a value where nobody has rated it',
  },
  { name: 'subject', type: text, of: 'finding', meaning: 'what it is about: an image at its digest, `Deployment/shop/web`, or a file' },
]

/** Names of `deny` conditions that a report has values for. */
const sharedNames = /^(?:image|image_\w+|epss|fix_available|known_exploited|package|vulnerability|vulnerability_score)$/u

/** By what they are the value of, and by name. */
export const responseNames: readonly ResponseName[] = [...ownNames, ...policyNames.filter(({ name }) => sharedNames.test(name))].sort(
  (left, right) => order(left) - order(right) || (left.name < right.name ? -1 : 1),
)

function order({ of }: ResponseName): number {
  return ['run', 'image', 'finding', 'vulnerability'].indexOf(of)
}

export const responseVocabulary: Vocabulary = new Map(responseNames.map(({ name, type }) => [name, type]))

const scopes: ReadonlyMap<string, ResponseScope> = new Map(responseNames.map(({ name, of }) => [name, of]))

/** What a condition over these names is held against: the narrowest that any of them is of. */
export function scopeOf(names: Iterable<string>): ResponseScope {
  const found = new Set([...names].map((name) => scopes.get(name) ?? 'run'))
  return (['vulnerability', 'finding', 'image'] as const).find((scope) => found.has(scope)) ?? 'run'
}
