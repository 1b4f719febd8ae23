/** Notation's trust policy document, version 1.0. https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#trust-policy */
import { quote, UsageError } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { Reference } from '../../oci/source.ts'
import { parseSubjectName, type SubjectName } from './subject-name.ts'

export type NotationAction = 'enforce' | 'log' | 'skip'
export type NotationStep = 'integrity' | 'authenticity' | 'authenticTimestamp' | 'expiry' | 'revocation'
export type NotationSteps = Readonly<Record<NotationStep, NotationAction>>

export interface NotationTrustPolicy {
  readonly name: string
  /** `registry/repository`, or `*` for all others. */
  readonly registryScopes: readonly string[]
  /** Undefined: nothing is verified (level `skip`). */
  readonly steps: NotationSteps | undefined
  /** `ca:acme`, as the stores are named. */
  readonly trustStores: readonly string[]
  /** `*`: everyone whom the stores vouch for. */
  readonly trustedIdentities: readonly SubjectName[] | '*'
}

/** "Signature Verification details" */
const levels: ReadonlyMap<string, NotationSteps | undefined> = new Map([
  ['strict', stepsOf('enforce', 'enforce')],
  ['permissive', stepsOf('enforce', 'log')],
  ['audit', stepsOf('log', 'log')],
  ['skip', undefined],
])

function stepsOf(authenticity: NotationAction, others: NotationAction): NotationSteps {
  return { integrity: 'enforce', authenticity, authenticTimestamp: others, expiry: others, revocation: others }
}

/** Throws UsageError, with the line, for what is wrong. */
export function readNotationTrustPolicy(document: Field): readonly NotationTrustPolicy[] {
  if (document.at('version').value !== '1.0') throw wrong(document.at('version'), `expected version "1.0"`)
  const policies = document.at('trustPolicies').items().map(readStatement)
  if (policies.length === 0) throw wrong(document, 'there are no trust policies')
  const scopes = policies.flatMap(({ registryScopes }) => registryScopes)
  const twice = scopes.find((scope, index) => scopes.indexOf(scope) < index)
  if (twice !== undefined) throw wrong(document.at('trustPolicies'), `two trust policies are for ${quote(twice)}`)
  return policies
}

function readStatement(statement: Field): NotationTrustPolicy {
  const name = textIn(statement.at('name'), 'a name')
  const level = textIn(statement.at('signatureVerification', 'level'), 'a level')
  if (!levels.has(level))
    throw wrong(statement.at('signatureVerification', 'level'), `expected strict, permissive, audit or skip, found ${quote(level)}`)
  const registryScopes = textsIn(statement.at('registryScopes'), 'registry scopes')
  if (registryScopes.includes('*') && registryScopes.length > 1) throw wrong(statement.at('registryScopes'), 'the scope * stands alone')
  const partial = registryScopes.find((scope) => scope !== '*' && /[*:@]/.test(scope.replace(/^[^/]*/, '')))
  if (partial) throw wrong(statement.at('registryScopes'), `expected registry/repository, found ${quote(partial)}`)
  const common = levels.get(level)
  if (!common) return { name, registryScopes, steps: undefined, trustStores: [], trustedIdentities: [] }
  const steps = { ...common, ...readOverride(statement.at('signatureVerification', 'override')) }
  const trustStores = textsIn(statement.at('trustStores'), 'trust stores')
  const unknownStore = trustStores.find((store) => !/^(?:ca|signingAuthority|tsa):[\w.-]+$/.test(store))
  if (unknownStore)
    throw wrong(statement.at('trustStores'), `expected ca:<name>, signingAuthority:<name> or tsa:<name>, found ${quote(unknownStore)}`)
  return { name, registryScopes, steps, trustStores, trustedIdentities: readIdentities(statement.at('trustedIdentities')) }
}

function readOverride(override: Field): Partial<NotationSteps> {
  return Object.fromEntries(
    override.entries().map(([step, action]) => {
      if (step === 'integrity' || !['authenticity', 'authenticTimestamp', 'expiry', 'revocation'].includes(step)) {
        throw wrong(action, `${quote(step)} cannot be overridden`)
      }
      const text = textIn(action, 'an action')
      const allowed = step === 'revocation' ? ['enforce', 'log', 'skip'] : ['enforce', 'log']
      if (!allowed.includes(text)) throw wrong(action, `expected ${allowed.join(' or ')}, found ${quote(text)}`)
      return [step, text]
    }),
  )
}

function readIdentities(field: Field): readonly SubjectName[] | '*' {
  const texts = textsIn(field, 'trusted identities')
  if (texts.includes('*')) {
    if (texts.length > 1) throw wrong(field, 'the identity * stands alone')
    return '*'
  }
  return texts.map((text, index) => {
    const name = /^x509\.subject: ?(.+)$/s.exec(text)?.[1]
    const subject = name === undefined ? undefined : parseSubjectName(name)
    const isWhole = subject && ['C', 'ST', 'O'].every((attribute) => subject.has(attribute))
    if (!isWhole) throw wrong(field.at(index), `expected "x509.subject: C=…, ST=…, O=…", found ${quote(text)}`)
    return subject
  })
}

function textIn(field: Field, what: string): string {
  if (typeof field.value !== 'string' || field.value === '') throw wrong(field, `expected ${what}`)
  return field.value
}

function textsIn(field: Field, what: string): readonly string[] {
  const texts = field.items().map((item) => textIn(item, what))
  if (texts.length === 0) throw wrong(field, `expected ${what}`)
  return texts
}

function wrong(field: Field, message: string): UsageError {
  const { file, startLine } = field.location()
  return new UsageError(`${file}:${startLine}: ${message}`)
}

/** The one for this repository, else the one for all others. */
export function trustPolicyFor(
  policies: readonly NotationTrustPolicy[],
  { registry, repository }: Reference,
): NotationTrustPolicy | undefined {
  const exact = policies.find(({ registryScopes }) => registryScopes.includes(`${registry}/${repository}`))
  return exact ?? policies.find(({ registryScopes }) => registryScopes.includes('*'))
}
