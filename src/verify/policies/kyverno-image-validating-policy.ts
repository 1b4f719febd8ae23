/** Kyverno's ImageValidatingPolicy. https://kyverno.io/docs/policy-types/image-validating-policy/ */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { Trust } from '../verify-image.ts'
import { placeOf, readKey, readMatcher, textOf, wrong } from './fields.ts'
import { readValidation, type ValidationNames } from './kyverno-validation.ts'
import { type AdmissionPolicy, allOf, anyOf, type Requirement, unknown } from './requirement.ts'

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
  const names = namesOf(spec)
  const conditions = spec.at('matchConditions')
  const exceptions =
    conditions.items().length === 0 ? [] : [unknown('whether its match conditions exempt the image is not judged', conditions)]
  const actions = spec
    .at('validationActions')
    .items()
    .map((action) => action.value)
  return {
    name: `${textOf(document.at('kind'))} ${quote(textOf(document.at('metadata', 'name')) ?? '')}`,
    location: document.location(),
    images: (byExpression.length > 0 ? ['*'] : globs).map((text) => ({ text, stars: 'text' })),
    except: [],
    requirement: anyOf([
      allOf([
        ...validations.map((validation) => readValidation(validation.at('expression'), names)),
        ...byExpression.map((reference) => unknown('images matched by an expression are not judged', reference)),
      ]),
      ...exceptions,
    ]),
    mode: actions.length === 0 || actions.includes('Deny') ? 'enforce' : 'warn',
  }
}

type Named = ReadonlyMap<string, Field>

function namesOf(spec: Field): ValidationNames {
  const [attestors, attestations, variables] = ['attestors', 'attestations', 'variables'].map((list) => byName(spec.at(list))) as [
    Named,
    Named,
    Named,
  ]
  const trustOf = (name: string, field: Field) => {
    const attestor = attestors.get(name)
    if (!attestor) throw wrong(field, `no attestor ${quote(name)} in the policy`)
    return readTrust(attestor, name)
  }
  return {
    variables: new Map([...variables].map(([name, variable]) => [name, variable.at('expression')])),
    signed(name, field) {
      const trust = trustOf(name, field)
      return 'kind' in trust ? trust : { kind: 'signed', name, trust }
    },
    attested(attestation, name, field) {
      const predicate = predicateOf(field, attestation, attestations)
      const trust = trustOf(name, field)
      if ('kind' in trust) return trust
      return typeof predicate === 'string' ? { kind: 'attested', name, predicate, trust } : predicate
    },
  }
}

function byName(list: Field): Named {
  return new Map(list.items().map((item) => [textOf(item.at('name')) ?? '', item]))
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
