/** What a policy wants to be said about an image, and by whom, held against what was found. */
import { type Problem, quote, type RuleText } from '../../findings.ts'
import type { Reference } from '../../oci/source.ts'
import { type Condition, evaluateCondition } from '../../policy/condition.ts'
import { attestationCondition, attestationInvalid, attestationMissing, attestationUntrusted } from '../rules.ts'
import type { AttestationCheck } from '../signature.ts'
import { predicateFields, predicateKind } from './kinds.ts'

export interface AttestationDemand {
  /** A kind (`provenance`, `spdx`, …), or a predicate type as it is written. */
  readonly kind: string
  /** Over the fields of that kind. */
  readonly condition?: Condition
  /** Names of signers, any of whom may say it. Default: every trusted one. */
  readonly signers?: readonly string[]
}

/** One problem for each demand that nothing meets. One attestation that meets all of a demand is enough. */
export function attestationProblems(
  attestations: readonly AttestationCheck[],
  demands: readonly AttestationDemand[],
  reference: Reference,
): readonly Problem[] {
  return demands.flatMap((demand) => {
    const shortfall = shortfallOf(demand, attestations)
    return shortfall ? [problemOf(shortfall, demand, reference)] : []
  })
}

interface Shortfall {
  readonly rule: RuleText
  readonly message: string
}

function shortfallOf(demand: AttestationDemand, attestations: readonly AttestationCheck[]): Shortfall | undefined {
  const kin = attestations.filter(({ predicateType = '' }) => predicateType === demand.kind || predicateKind(predicateType) === demand.kind)
  const good = kin.filter(({ status, signer }) => status === 'verified' && (demand.signers?.includes(signer ?? '') ?? true))
  const unmet = good.map((attestation) => unmetCondition(demand, attestation))
  if (unmet.includes(undefined)) return undefined
  const [first] = unmet
  if (first) return { rule: attestationCondition, message: first }
  const bad = kin.find(({ status }) => status === 'invalid') ?? kin[0]
  if (!bad) return { rule: attestationMissing, message: 'there is none' }
  if (bad.status === 'verified') return { rule: attestationUntrusted, message: `it is ${bad.message}, who may not say it` }
  return { rule: bad.status === 'invalid' ? attestationInvalid : attestationUntrusted, message: bad.message }
}

/** Undefined where it is met. What an attestation does not say, it does not vouch for. */
function unmetCondition({ condition }: AttestationDemand, { predicateType = '', predicate }: AttestationCheck): string | undefined {
  if (!condition) return undefined
  const fields = predicateFields(predicateType, predicate)
  if (evaluateCondition(condition, fields) === true) return undefined
  const said = [...condition.names].map((name) => `${name} is ${fields.has(name) ? quote(String(fields.get(name))) : 'not said'}`)
  return `${quote(condition.text)} does not hold: ${said.join(', ')}`
}

function problemOf({ rule, message }: Shortfall, { kind }: AttestationDemand, reference: Reference): Problem {
  const { id, severity, title, references } = rule
  return {
    rule: id,
    check: 'attestation',
    severity,
    title,
    message: `${quote(reference.text, 200)}: attestation ${quote(kind)}: ${message}`,
    references,
  }
}
