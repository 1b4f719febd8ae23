import { expect, test } from 'vitest'
import { parseCondition } from '../../../src/policy/condition.ts'
import { type AttestationDemand, attestationProblems } from '../../../src/verify/attestations/demands.ts'
import { predicateKinds } from '../../../src/verify/attestations/kinds.ts'
import type { AttestationCheck } from '../../../src/verify/signature.ts'
import { shop } from '../../builders/memory-repository.ts'

const vocabulary = new Map(predicateKinds.flatMap(({ fields }) => [...fields].map(([name, { type }]) => [name, { kind: type }] as const)))
const when = (text: string) => parseCondition(text, vocabulary)
const slsa = 'https://slsa.dev/provenance/v1'
const good: AttestationCheck = {
  status: 'verified',
  message: 'signed by the builder',
  signer: 'builder',
  predicateType: slsa,
  predicate: {
    runDetails: { builder: { id: 'https://builder.example' } },
    buildDefinition: { externalParameters: { source: 'https://github.com/acme/shop' } },
  },
}
const stranger: AttestationCheck = { status: 'untrusted', code: 'unknown-identity', message: 'signed by a stranger', predicateType: slsa }
const forged: AttestationCheck = { status: 'invalid', code: 'statement-subject', message: 'about another image', predicateType: slsa }
const demand: AttestationDemand = { kind: 'provenance', condition: when('provenance.builder == "https://builder.example"') }

const rules = (attestations: readonly AttestationCheck[], ...demands: readonly AttestationDemand[]) =>
  attestationProblems(attestations, demands, shop).map(({ rule }) => rule)

test.each<[string, readonly AttestationCheck[], AttestationDemand, readonly string[]]>([
  ['met', [good], demand, []],
  ['met by its predicate type', [good], { kind: slsa }, []],
  ['met by one of several', [forged, stranger, good], demand, []],
  ['not met by nothing', [], demand, ['attestation/missing']],
  ['not met by another kind', [good], { kind: 'spdx' }, ['attestation/missing']],
  ['not met by a stranger', [stranger], demand, ['attestation/untrusted']],
  ['not met by a forged one', [stranger, forged], demand, ['attestation/invalid']],
  ['met by the signer who may say it', [good], { ...demand, signers: ['builder'] }, []],
  ['not met by another signer', [good], { ...demand, signers: ['release'] }, ['attestation/untrusted']],
  [
    'not met where the condition does not hold',
    [good],
    { ...demand, condition: when('provenance.source ends_with "/api"') },
    ['attestation/condition'],
  ],
  [
    'not met where the attestation does not say',
    [good],
    { ...demand, condition: when('provenance.ref != "x"') },
    ['attestation/condition'],
  ],
])('a demand is %s', (_, attestations, wanted, expected) => {
  expect(rules(attestations, wanted)).toEqual(expected)
})

test('each demand has its own problem, and says what was found', () => {
  const condition = when('provenance.builder == "https://other.example" and provenance.ref == "main"')
  const problems = attestationProblems([good], [{ kind: 'provenance', condition }, { kind: 'vex' }], shop)
  expect(problems.map(({ check, message }) => [check, message])).toEqual([
    [
      'attestation',
      '"ghcr.io/acme/shop:1.4": attestation "provenance": "provenance.builder == \\"https://other.example\\" and provenance.ref == \\"main\\"" does not hold: provenance.builder is "https://builder.example", provenance.ref is not said',
    ],
    ['attestation', '"ghcr.io/acme/shop:1.4": attestation "vex": there is none'],
  ])
})
