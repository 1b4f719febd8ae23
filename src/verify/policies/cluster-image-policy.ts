/** Sigstore policy-controller's ClusterImagePolicy. https://docs.sigstore.dev/policy-controller/overview/, fields: https://github.com/sigstore/policy-controller/blob/main/docs/api-types/index.md */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { KeylessSigner } from '../keyless.ts'
import type { Trust } from '../verify-image.ts'
import { predicateTypeOf } from './cosign-predicate-types.ts'
import { placeOf, readKey, readMatcher, textOf, wrong } from './fields.ts'
import { type AdmissionPolicy, allOf, anyOf, type Requirement, unknown } from './requirement.ts'

export function isClusterImagePolicy(document: Field): boolean {
  return (
    textOf(document.at('kind')) === 'ClusterImagePolicy' && textOf(document.at('apiVersion'))?.startsWith('policy.sigstore.dev/') === true
  )
}

/** One of the authorities must be satisfied; every policy that matches an image must. Throws UsageError, with the line, for what is wrong. */
export function readClusterImagePolicy(document: Field): AdmissionPolicy {
  const name = textOf(document.at('metadata', 'name')) ?? ''
  const spec = document.at('spec')
  const images = spec
    .at('images')
    .items()
    .map((image) => ({ text: readGlob(image.at('glob')), stars: 'path' as const }))
  if (images.length === 0) throw wrong(spec.at('images'), 'the policy names no images')
  const authorities = spec.at('authorities').items()
  if (authorities.length === 0) throw wrong(spec.at('authorities'), 'the policy has no authorities')
  const requirement = anyOf(
    authorities.map((authority, index) => readAuthority(authority, textOf(authority.at('name')) ?? `authority-${index}`)),
  )
  const conditions = [
    ...beyond(spec.at('policy'), 'a policy over all authorities'),
    ...beyond(spec.at('match'), 'a match by kind or label'),
  ]
  return {
    name: `ClusterImagePolicy ${quote(name)}`,
    location: document.location(),
    images,
    except: [],
    requirement: conditions.length > 0 ? allOf([requirement, ...conditions]) : requirement,
    mode: textOf(spec.at('mode')) === 'warn' ? 'warn' : 'enforce',
  }
}

function readGlob(field: Field): string {
  const glob = textOf(field)
  if (!glob || !/^[a-zA-Z0-9\-_:/*.]+$/.test(glob)) throw wrong(field, `expected a glob, found ${quote(glob ?? '')}`)
  return glob
}

function beyond(field: Field, what: string): readonly Requirement[] {
  return field.kind === 'absent' ? [] : [unknown(`${what} is not judged`, field)]
}

function readAuthority(authority: Field, name: string): Requirement {
  const fixed = authority.at('static')
  if (fixed.kind !== 'absent') return readStatic(fixed, name)
  const trust = readTrust(authority, name)
  const limits = [
    ...beyond(authority.at('source'), 'a signature source elsewhere'),
    ...beyond(authority.at('rfc3161timestamp'), 'a timestamp authority of its own'),
  ]
  if (!('keys' in trust)) return allOf([trust, ...limits])
  const attestations = authority.at('attestations').items()
  // With attestations, these are looked for in place of a signature.
  const wanted =
    attestations.length > 0 ? attestations.map((item) => readAttestation(item, name, trust)) : [{ kind: 'signed', name, trust } as const]
  return allOf([...wanted, ...limits])
}

function readStatic(field: Field, name: string): Requirement {
  const action = textOf(field.at('action'))
  if (action !== 'pass' && action !== 'fail')
    throw wrong(field.at('action'), `expected the action pass or fail, found ${quote(action ?? '')}`)
  return {
    kind: 'fixed',
    holds: action === 'pass',
    message: textOf(field.at('message')) ?? `authority ${quote(name)} always says ${action}`,
  }
}

function readTrust(authority: Field, name: string): Trust | (Requirement & { kind: 'unknown' }) {
  const [key, keyless, log] = [authority.at('key'), authority.at('keyless'), authority.at('ctlog')]
  if ((key.kind === 'absent') === (keyless.kind === 'absent'))
    throw wrong(authority, `authority ${quote(name)}: expected one of key, keyless, static`)
  const elsewhere = (field: Field, what: string) => unknown(`${what} is not in the policy itself`, field)
  for (const field of [log.at('url'), log.at('trustRootRef'), keyless.at('url'), keyless.at('trustRootRef'), keyless.at('ca-cert')]) {
    if (!isPublicInstance(field)) return elsewhere(field, 'the trusted root of a private Sigstore instance')
  }
  // An empty ctlog turns the log off, in keys and certificates alike.
  const isOff = log.kind !== 'absent' && log.at('url').kind === 'absent' && log.at('trustRootRef').kind === 'absent'
  const transparencyLog = isOff ? 'ignored' : 'required'
  if (keyless.kind !== 'absent') return { keys: [], identities: readIdentities(keyless, name, transparencyLog) }
  for (const place of ['secretRef', 'kms']) {
    if (key.at(place).kind !== 'absent') return elsewhere(key.at(place), `the key of authority ${quote(name)}`)
  }
  return { keys: [readKey(key.at('data'), name, transparencyLog)] }
}

const publicAddresses = ['https://fulcio.sigstore.dev', 'https://rekor.sigstore.dev']

function isPublicInstance(field: Field): boolean {
  return field.kind === 'absent' || publicAddresses.includes(textOf(field)?.replace(/\/$/, '') ?? '')
}

function readIdentities(keyless: Field, name: string, transparencyLog: 'required' | 'ignored'): readonly KeylessSigner[] {
  const identities = keyless.at('identities').items()
  if (identities.length === 0)
    throw wrong(keyless, `authority ${quote(name)}: no identities, anyone would be trusted (${placeOf(keyless.location())})`)
  return identities.map((identity) => ({
    name,
    issuer: readMatcher(identity.at('issuer'), identity.at('issuerRegExp'), 'issuer'),
    subject: readMatcher(identity.at('subject'), identity.at('subjectRegExp'), 'subject'),
    transparencyLog,
  }))
}

function readAttestation(item: Field, authority: string, trust: Trust): Requirement {
  const written = textOf(item.at('predicateType'))
  if (!written) throw wrong(item, 'the attestation has no predicateType')
  const attested: Requirement = {
    kind: 'attested',
    name: `${authority}/${textOf(item.at('name')) ?? written}`,
    predicate: predicateTypeOf(written),
    trust,
  }
  const policy = item.at('policy')
  return policy.kind === 'absent'
    ? attested
    : allOf([attested, ...beyond(policy, `a condition in ${textOf(policy.at('type')) ?? 'another language'}`)])
}
