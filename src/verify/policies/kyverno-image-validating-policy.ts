/** Kyverno's ImageValidatingPolicy. https://kyverno.io/docs/policy-types/image-validating-policy/ */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { Trust } from '../verify-image.ts'
import { placeOf, readKey, readMatcher, textOf, wrong } from './fields.ts'
import { type AdmissionPolicy, allOf, type Requirement, unknown } from './requirement.ts'

export function isImageValidatingPolicy(document: Field): boolean {
  return (
    /^(?:Namespaced)?ImageValidatingPolicy$/.test(textOf(document.at('kind')) ?? '') &&
    textOf(document.at('apiVersion'))?.startsWith('policies.kyverno.io/') === true
  )
}

/** Throws UsageError, with the line, for what is wrong. */
export function readImageValidatingPolicy(document: Field): AdmissionPolicy {
  const spec = document.at('spec')
  const references = spec.at('matchImageReferences').items()
  if (references.length === 0) throw wrong(spec, 'the policy names no images')
  const byExpression = references.filter((reference) => reference.at('glob').kind === 'absent')
  const globs = references.flatMap((reference) => textOf(reference.at('glob')) ?? [])
  const validations = spec.at('validations').items()
  if (validations.length === 0) throw wrong(spec, 'the policy has no validations')
  const attestors = new Map(
    spec
      .at('attestors')
      .items()
      .map((attestor) => [textOf(attestor.at('name')) ?? '', attestor]),
  )
  const attestations = new Map(
    spec
      .at('attestations')
      .items()
      .map((attestation) => [textOf(attestation.at('name')) ?? '', attestation]),
  )
  const actions = spec
    .at('validationActions')
    .items()
    .map((action) => action.value)
  return {
    name: `${textOf(document.at('kind'))} ${quote(textOf(document.at('metadata', 'name')) ?? '')}`,
    location: document.location(),
    images: (byExpression.length > 0 ? ['*'] : globs).map((text) => ({ text, stars: 'text' })),
    except: [],
    requirement: allOf([
      ...validations.map((validation) => readValidation(validation, attestors, attestations)),
      ...byExpression.map((reference) => unknown('images matched by an expression are not judged', reference)),
    ]),
    mode: actions.length === 0 || actions.includes('Deny') ? 'enforce' : 'warn',
  }
}

type Named = ReadonlyMap<string, Field>

const shape =
  /^images\.[\w.]+\.map\(image, ?(?:verifyImageSignatures\(image, ?\[(?<signers>[\w., ]+)\]\)|verifyAttestationSignatures\(image, ?attestations\.(?<attestation>\w+), ?\[(?<attesters>[\w., ]+)\]\))\)\.all\((?<variable>\w+), ?\k<variable> ?(?<comparison>>=?) ?(?<number>\d+)\)$/

/** The two calls that the documentation shows; any other expression is a gap, not a pass. */
function readValidation(validation: Field, attestors: Named, attestations: Named): Requirement {
  const field = validation.at('expression')
  const groups = shape.exec((textOf(field) ?? '').replace(/\s+/g, ' ').trim())?.groups
  if (!groups) return unknown('a validation in CEL of another shape is not judged', field)
  const attested = groups.attestation === undefined ? undefined : predicateOf(field, groups.attestation, attestations)
  if (attested && typeof attested !== 'string') return attested
  const of = (groups.signers ?? groups.attesters ?? '').split(',').map((text) => {
    const name = text.trim().replace(/^attestors\./, '')
    const attestor = attestors.get(name)
    if (!attestor) throw wrong(field, `no attestor ${quote(name)} in the policy`)
    const trust = readTrust(attestor, name)
    if ('kind' in trust) return trust
    return attested === undefined
      ? ({ kind: 'signed', name, trust } as const)
      : ({ kind: 'attested', name, predicate: attested, trust } as const)
  })
  const atLeast = Number(groups.number) + (groups.comparison === '>' ? 1 : 0)
  return { kind: 'some', atLeast, of }
}

function predicateOf(field: Field, name: string, attestations: Named): string | Requirement {
  const attestation = attestations.get(name)
  if (!attestation) throw wrong(field, `no attestation ${quote(name)} in the policy`)
  return textOf(attestation.at('intoto', 'type')) ?? unknown('an attestation that is no in-toto statement is not judged', attestation)
}

function readTrust(attestor: Field, name: string): Trust | Requirement {
  const cosign = attestor.at('cosign')
  if (cosign.kind === 'absent') return unknown(`attestor ${quote(name)} is not judged`, attestor)
  const log = cosign.at('ctlog')
  const elsewhere = ['certificate', 'source', 'tuf', 'annotations'].find((place) => cosign.at(place).kind !== 'absent')
  if (elsewhere) return unknown(`${elsewhere} of attestor ${quote(name)} is not judged`, cosign.at(elsewhere))
  const url = textOf(log.at('url'))?.replace(/\/$/, '') ?? 'https://rekor.sigstore.dev'
  const isPrivate =
    url !== 'https://rekor.sigstore.dev' || ['rekorPubKey', 'ctLogPubKey', 'tsaCertChain'].some((place) => log.at(place).kind !== 'absent')
  if (isPrivate || cosign.at('keyless', 'roots').kind !== 'absent')
    return unknown('the trusted root of a private Sigstore instance is not in the policy itself', cosign)
  const transparencyLog = log.at('insecureIgnoreTlog').value === true ? 'ignored' : 'required'
  const key = cosign.at('key')
  if (key.kind !== 'absent') {
    return textOf(key.at('data'))
      ? { keys: [readKey(key.at('data'), name, transparencyLog)] }
      : unknown('a key that is not in the policy itself', key)
  }
  const identities = cosign
    .at('keyless', 'identities')
    .items()
    .map(
      (identity) =>
        ({
          name,
          issuer: readMatcher(identity.at('issuer'), identity.at('issuerRegExp'), 'issuer'),
          subject: readMatcher(identity.at('subject'), identity.at('subjectRegExp'), 'subject'),
          transparencyLog,
        }) as const,
    )
  if (identities.length === 0)
    throw wrong(cosign, `attestor ${quote(name)} (${placeOf(cosign.location())}) has neither a key nor identities`)
  return { keys: [], identities }
}
