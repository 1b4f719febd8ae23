/** Kyverno's `verifyImages` rules of ClusterPolicy and Policy. https://kyverno.io/docs/policy-types/cluster-policy/verify-images/ */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { predicateTypeOf } from './cosign-predicate-types.ts'
import { textOf, wrong } from './fields.ts'
import { readAttestorSets } from './kyverno-attestors.ts'
import { type AdmissionPolicy, allOf, type ImagePattern, type Requirement, unknown } from './requirement.ts'

export function isKyvernoPolicy(document: Field): boolean {
  return (
    /^(?:Cluster)?Policy$/.test(textOf(document.at('kind')) ?? '') && textOf(document.at('apiVersion'))?.startsWith('kyverno.io/') === true
  )
}

/** One policy for each `verifyImages` entry; none where the policy has other rules alone. Throws UsageError, with the line. */
export function readKyvernoVerifyImages(document: Field): readonly AdmissionPolicy[] {
  const name = textOf(document.at('metadata', 'name')) ?? ''
  const common = textOf(document.at('spec', 'validationFailureAction'))
  return document
    .at('spec', 'rules')
    .items()
    .flatMap((rule) =>
      rule
        .at('verifyImages')
        .items()
        .map((entry) => ({
          name: `${textOf(document.at('kind'))} ${quote(name)}, rule ${quote(textOf(rule.at('name')) ?? '')}`,
          location: entry.location(),
          images: readPatterns(entry),
          except: patternsAt(entry.at('skipImageReferences')),
          requirement: readEntry(entry),
          // Kyverno's own default is to audit.
          mode: /^enforce$/i.test(textOf(entry.at('failureAction')) ?? common ?? 'Audit') ? ('enforce' as const) : ('warn' as const),
        })),
    )
}

function readPatterns(entry: Field): readonly ImagePattern[] {
  const single = textOf(entry.at('image'))
  const patterns = [...patternsAt(entry.at('imageReferences')), ...(single ? [{ text: single, stars: 'text' as const }] : [])]
  if (patterns.length === 0) throw wrong(entry, 'the entry names no images')
  return patterns
}

function patternsAt(field: Field): readonly ImagePattern[] {
  return field.items().map((item) => ({ text: textOf(item) ?? '', stars: 'text' }))
}

function readEntry(entry: Field): Requirement {
  const type = textOf(entry.at('type')) ?? 'Cosign'
  if (type === 'Notary') return unknown('signatures of type Notary are not judged from Kyverno policies', entry.at('type'))
  if (type !== 'Cosign' && type !== 'SigstoreBundle')
    throw wrong(entry.at('type'), `expected Cosign, SigstoreBundle or Notary, found ${quote(type)}`)
  const elsewhere = ['repository', 'key', 'issuer', 'roots'].filter((place) => entry.at(place).kind !== 'absent')
  const [first] = elsewhere
  if (first) return unknown(`${first} of a verifyImages entry is not judged`, entry.at(first))
  const signatures =
    entry.at('attestors').items().length > 0
      ? [readAttestorSets(entry.at('attestors'), (name, trust) => ({ kind: 'signed', name, trust }))]
      : []
  const attestations = entry.at('attestations').items().map(readAttestation)
  if (signatures.length + attestations.length === 0) throw wrong(entry, 'the entry has neither attestors nor attestations')
  return allOf([...signatures, ...attestations])
}

function readAttestation(attestation: Field): Requirement {
  const written = textOf(attestation.at('type')) ?? textOf(attestation.at('predicateType'))
  if (!written) throw wrong(attestation, 'the attestation has no type')
  const predicate = predicateTypeOf(written)
  const attestors = attestation.at('attestors')
  if (attestors.items().length === 0) return unknown('an attestation without attestors is not judged', attestation)
  const attested = readAttestorSets(attestors, (name, trust) => ({ kind: 'attested', name: `${written} by ${name}`, predicate, trust }))
  const conditions = attestation.at('conditions')
  return conditions.kind === 'absent' ? attested : allOf([attested, unknown('conditions of an attestation are not judged', conditions)])
}
