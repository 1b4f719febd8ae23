/** Kyverno's attestors: sets of which so many must agree. https://kyverno.io/docs/policy-types/cluster-policy/verify-images/sigstore/ */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { readAnchoredExpression, readWildcard } from '../anchored-expression.ts'
import type { KeylessSigner, TextMatcher } from '../keyless.ts'
import type { LogUse } from '../keys.ts'
import type { Trust } from '../verify-image.ts'
import { placeOf, readKeyText, textOf, wrong } from './fields.ts'
import { allOf, type Requirement, unknown } from './requirement.ts'

/** What a signer who is read here has to have made: a signature, or an attestation. */
export type Wanted = (name: string, trust: Trust) => Requirement

/** Every set must be satisfied; in a set, as many entries as `count` says, or all. */
export function readAttestorSets(sets: Field, wanted: Wanted): Requirement {
  return allOf(sets.items().map((set) => readAttestorSet(set, wanted)))
}

function readAttestorSet(set: Field, wanted: Wanted): Requirement {
  const of = set
    .at('entries')
    .items()
    .flatMap((entry) => readEntry(entry, wanted))
  if (of.length === 0) throw wrong(set, 'the attestor set has no entries')
  const count = set.at('count')
  if (count.kind === 'absent') return allOf(of)
  const atLeast = count.value
  if (typeof atLeast !== 'number' || !Number.isInteger(atLeast) || atLeast < 1 || atLeast > of.length) {
    throw wrong(count, `expected a count from 1 to ${of.length}, found ${quote(String(count.text ?? ''))}`)
  }
  return { kind: 'some', atLeast, of }
}

function readEntry(entry: Field, wanted: Wanted): readonly Requirement[] {
  for (const place of ['annotations', 'repository', 'certificates']) {
    if (entry.at(place).kind !== 'absent') return [unknown(`${place} of an attestor are not judged`, entry.at(place))]
  }
  if (entry.at('attestor').kind !== 'absent') return [readAttestorSet(entry.at('attestor'), wanted)]
  if (entry.at('keyless').kind !== 'absent') return [readKeyless(entry.at('keyless'), wanted)]
  if (entry.at('keys').kind !== 'absent') return readKeys(entry.at('keys'), wanted)
  throw wrong(entry, 'expected an attestor with keys, keyless, certificates or attestor')
}

/** The log's answer, unless it is a private instance's. */
function readLog(field: Field): LogUse | undefined {
  if (['pubkey'].some((place) => field.at('rekor', place).kind !== 'absent') || field.at('ctlog', 'pubkey').kind !== 'absent')
    return undefined
  const url = textOf(field.at('rekor', 'url')) ?? publicRekor
  if (url.replace(/\/$/, '') !== publicRekor) return undefined
  return field.at('rekor', 'ignoreTlog').value === true ? 'ignored' : 'required'
}

const publicRekor = 'https://rekor.sigstore.dev'

/** Several keys in one text are as many entries. */
function readKeys(keys: Field, wanted: Wanted): readonly Requirement[] {
  const field = keys.at('publicKeys')
  const text = textOf(field)
  if (!text?.trimStart().startsWith('-----BEGIN')) return [unknown('a key that is not in the policy itself', keys)]
  const log = readLog(keys)
  if (!log) return [unknown('the trusted root of a private Sigstore instance is not in the policy itself', keys)]
  const blocks = text.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? []
  return blocks.map((pem, index) => {
    const name = `key ${index + 1} at ${placeOf(field.location())}`
    return wanted(name, { keys: [readKeyText(field, pem, name, log)] })
  })
}

function readKeyless(keyless: Field, wanted: Wanted): Requirement {
  const log = readLog(keyless)
  if (!log || keyless.at('roots').kind !== 'absent')
    return unknown('the trusted root of a private Sigstore instance is not in the policy itself', keyless)
  if (keyless.at('additionalExtensions').kind !== 'absent')
    return unknown('additional extensions are not judged', keyless.at('additionalExtensions'))
  const name = `identity at ${placeOf(keyless.location())}`
  const signer: KeylessSigner = {
    name,
    issuer: readPattern(keyless.at('issuer'), keyless.at('issuerRegExp'), 'issuer'),
    subject: readPattern(keyless.at('subject'), keyless.at('subjectRegExp'), 'subject'),
    transparencyLog: log,
  }
  return wanted(name, { keys: [], identities: [signer] })
}

/** Texts are patterns with `*` and `?`. */
function readPattern(exact: Field, expression: Field, what: string): TextMatcher {
  const text = textOf(exact)
  const regular = textOf(expression)
  if (regular !== undefined) return { matches: readAnchoredExpression(regular, placeOf(expression.location())) }
  if (text === undefined) throw wrong(exact, `the identity has no ${what}: anyone would be trusted`)
  return /[*?]/.test(text) ? { matches: readWildcard(text) } : { equals: text }
}
