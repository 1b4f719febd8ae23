/** The names that a policy's conditions may use about an image. One list; `docs/policy.md` is made from it. */
import type { ValueType, Vocabulary } from './condition.ts'
import { importances } from './policy.ts'

export interface PolicyName {
  readonly name: string
  readonly type: ValueType
  /** What it is the value of: one for each image, for each finding of an image, or for each of those that are vulnerabilities. */
  readonly of: 'image' | 'finding' | 'vulnerability'
  readonly meaning: string
}

export const policyNames: readonly PolicyName[] = [
  {
    name: 'epss',
    type: { kind: 'number' },
    of: 'vulnerability',
    meaning: 'probability of exploitation in the next 30 days (EPSS), 0 to 1',
  },
  { name: 'fix_available', type: { kind: 'boolean' }, of: 'vulnerability', meaning: 'whether a version of the package fixes it' },
  { name: 'image', type: { kind: 'string' }, of: 'image', meaning: 'the whole reference, as `registry/repository:tag` or with its digest' },
  { name: 'image_digest', type: { kind: 'string' }, of: 'image', meaning: 'the digest that the reference names, `sha256:…`' },
  { name: 'image_pinned', type: { kind: 'boolean' }, of: 'image', meaning: 'whether the reference itself holds a digest' },
  { name: 'image_registry', type: { kind: 'string' }, of: 'image', meaning: 'host and port, `docker.io` for short names' },
  { name: 'image_repository', type: { kind: 'string' }, of: 'image', meaning: 'the path below the registry, `library/nginx` for `nginx`' },
  {
    name: 'image_signature',
    type: { kind: 'word', words: ['verified', 'unsigned', 'untrusted', 'invalid', 'unchecked'] },
    of: 'image',
    meaning: 'what the signature check found',
  },
  { name: 'image_tag', type: { kind: 'string' }, of: 'image', meaning: 'the tag; empty for a reference by digest alone' },
  {
    name: 'is_privileged',
    type: { kind: 'boolean' },
    of: 'image',
    meaning: 'whether a workload of the tree runs it with privileges over its node',
  },
  {
    name: 'is_reachable',
    type: { kind: 'boolean' },
    of: 'image',
    meaning: 'whether something of the tree lets traffic from outside in to the workload that runs it; not known of an image alone',
  },
  {
    name: 'known_exploited',
    type: { kind: 'boolean' },
    of: 'vulnerability',
    meaning: "whether it is in CISA's catalogue of exploited vulnerabilities",
  },
  {
    name: 'namespace_importance',
    type: { kind: 'word', words: importances, ordered: true },
    of: 'image',
    meaning: 'what `namespaces` says of where it runs',
  },
  { name: 'package', type: { kind: 'string' }, of: 'vulnerability', meaning: 'name of the affected package' },
  {
    name: 'risk_confidence',
    type: { kind: 'number' },
    of: 'finding',
    meaning: 'how much of what the risk score rests on is known, 0 to 1',
  },
  {
    name: 'risk_score',
    type: { kind: 'number' },
    of: 'finding',
    meaning: 'how much the finding matters where the image runs, 0 to 100',
  },
  {
    name: 'severity',
    type: { kind: 'word', words: ['low', 'medium', 'high', 'critical'], ordered: true },
    of: 'vulnerability',
    meaning: 'the rating of the vulnerability',
  },
  { name: 'vulnerability', type: { kind: 'string' }, of: 'vulnerability', meaning: 'its id, such as `CVE-2024-3094`' },
  { name: 'vulnerability_score', type: { kind: 'number' }, of: 'vulnerability', meaning: 'CVSS base score, 0 to 10' },
]

export const policyVocabulary: Vocabulary = new Map(policyNames.map(({ name, type }) => [name, type]))
