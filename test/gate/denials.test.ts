import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/findings.ts'
import { applyBlockWhen, applyDenials, type ImageFacts } from '../../src/gate/denials.ts'
import { type CheckName, checkNames } from '../../src/gate/request.ts'
import { parseCondition } from '../../src/policy/condition.ts'
import { policyVocabulary } from '../../src/policy/vocabulary.ts'

const facts: ImageFacts = {
  reference: { registry: 'quay.io', repository: 'acme/shop', tag: '1', text: 'quay.io/acme/shop:1' },
  digest: `sha256:${'a'.repeat(64)}`,
  signature: 'unsigned',
  signatureMessage: 'no signature for this digest',
  vulnerabilities: [],
}

function vulnerability(rule: string, score?: number, name = 'openssl'): Problem {
  return {
    rule,
    check: 'vulnerability',
    severity: score === undefined ? 'unknown' : score >= 7 ? 'high' : 'medium',
    ...(score === undefined ? {} : { score }),
    title: rule,
    message: rule,
    package: { name, version: '1', purl: `pkg:apk/alpine/${name}@1` },
  }
}

function hold(text: string, some: Partial<ImageFacts> = {}, checks: ReadonlySet<CheckName> = new Set(checkNames)) {
  const denial = { name: 'rule', condition: parseCondition(text, policyVocabulary), location: { file: 'policy', startLine: 1, endLine: 1 } }
  const { problems, gaps } = applyDenials([denial], { ...facts, ...some }, checks)
  return { messages: problems.map(({ message }) => message), gaps }
}

describe('over the image', () => {
  test('one that meets the condition is denied, with what decided', () => {
    expect(hold('image_registry not in ["registry.company.com"]')).toEqual({
      messages: ['image_registry not in ["registry.company.com"] is denied: image_registry is "quay.io"'],
      gaps: [],
    })
  })

  test('an unsigned one says what the signature check found', () => {
    expect(hold('image_signature != verified').messages).toEqual([
      'image_signature != verified is denied: image_signature is "unsigned" (no signature for this digest)',
    ])
  })

  test('one that could not be checked is denied: it is not verified', () => {
    expect(hold('image_signature != verified', { signature: 'unchecked' }).messages).toHaveLength(1)
  })

  test('a digest that is not known leaves the condition undecided', () => {
    const { digest: _, ...unresolved } = facts
    const denial = {
      name: 'rule',
      condition: parseCondition('image_digest == "sha256:a"', policyVocabulary),
      location: { file: 'policy', startLine: 1, endLine: 1 },
    }
    expect(applyDenials([denial], unresolved, new Set(checkNames)).gaps).toEqual([
      'policy rule cannot be decided (image_digest == "sha256:a"): a value is not known',
    ])
  })
})

describe('over vulnerabilities', () => {
  test('those that meet it are named once each, the worst first, with the highest score', () => {
    const vulnerabilities = [
      vulnerability('CVE-1', 7.5),
      vulnerability('CVE-2', 9.1),
      vulnerability('CVE-1', 7.5, 'libssl'),
      vulnerability('CVE-3', 5),
    ]
    expect(hold('vulnerability_score > 7.0', { vulnerabilities })).toEqual({
      messages: ['vulnerability_score > 7.0 is denied: CVE-2 (9.1), CVE-1 (7.5) meet it'],
      gaps: [],
    })
  })

  test('one without a score is a gap, not a pass', () => {
    expect(hold('vulnerability_score > 7.0', { vulnerabilities: [vulnerability('CVE-1')] })).toEqual({
      messages: [],
      gaps: ['policy rule cannot be decided (vulnerability_score > 7.0): CVE-1 lacks a value that it needs'],
    })
  })

  test('an image that was not scanned leaves it undecided', () => {
    const { vulnerabilities: _, ...unscanned } = facts
    const denial = {
      name: 'rule',
      condition: parseCondition('severity >= high', policyVocabulary),
      location: { file: 'policy', startLine: 1, endLine: 1 },
    }
    expect(applyDenials([denial], unscanned, new Set(checkNames)).gaps).toEqual([
      'policy rule cannot be decided (severity >= high): the image was not scanned',
    ])
  })

  test('an image without any is not denied', () => {
    expect(hold('vulnerability_score > 7.0')).toEqual({ messages: [], gaps: [] })
  })
})

describe('over findings', () => {
  const malware: Problem = { rule: 'malware/found', check: 'malware', severity: 'critical', title: '', message: '' }
  const scores = new Map([
    ['malware/found', 95],
    ['CVE-1', 60],
  ])
  const riskOf = ({ rule }: Problem) => ({ risk_score: scores.get(rule) ?? 0, confidence: 0.5, parts: [], recommended_actions: [] })
  const known = { vulnerabilities: [vulnerability('CVE-1', 7.5)], others: [malware], riskOf }

  test.each([
    ['all that was found in the image is asked', 'risk_score >= 90', 'malware/found (risk 95) meets it'],
    ['of several the highest risk stands first', 'risk_score >= 50', 'malware/found (risk 95), CVE-1 (risk 60) meet it'],
    ['beside a name of vulnerabilities they alone are asked', 'risk_score >= 50 and vulnerability_score > 1', 'CVE-1 (risk 60) meets it'],
    ['confidence can be asked for', 'risk_score >= 90 and risk_confidence >= 0.5', 'malware/found (risk 95) meets it'],
  ])('%s', (_, text, because) => {
    expect(hold(text, known)).toEqual({ messages: [`${text} is denied: ${because}`], gaps: [] })
  })

  test('a risk that is not known is a gap', () => {
    expect(hold('risk_score >= 90', { others: [malware] }).gaps).toEqual([
      'policy rule cannot be decided (risk_score >= 90): malware/found lacks a value that it needs',
    ])
  })
})

test('a condition that needs a check which was not asked for is left out', () => {
  expect([
    hold('vulnerability_score > 7.0', { vulnerabilities: [vulnerability('CVE-1', 9)] }, new Set(['signatures'])),
    hold('image_signature != verified', {}, new Set(['images'])),
  ]).toEqual([
    { messages: [], gaps: [] },
    { messages: [], gaps: [] },
  ])
})

describe('blockWhen', () => {
  const rule = (text: string) => ({
    name: 'blockWhen',
    condition: parseCondition(text, policyVocabulary),
    location: { file: 'policy', startLine: 1, endLine: 1 },
  })
  const fixable = (score: number) => ({
    ...vulnerability('CVE-1', score),
    package: { name: 'openssl', version: '1', purl: 'pkg:apk/alpine/openssl@1', fixed: '2' },
  })

  test('says which vulnerabilities block', () => {
    const { problems, gaps } = applyBlockWhen(
      rule('severity >= high and fix_available'),
      [fixable(8), fixable(5), vulnerability('CVE-2', 9)],
      facts,
    )
    expect({ modes: problems.map(({ mode }) => mode), gaps }).toEqual({ modes: ['block', 'warn', 'warn'], gaps: [] })
  })

  test('one that cannot be decided is a gap', () => {
    const { problems, gaps } = applyBlockWhen(rule('known_exploited or epss > 0.5'), [fixable(8)], facts)
    expect({ modes: problems.map(({ mode }) => mode), gaps }).toEqual({
      modes: ['warn'],
      gaps: ['blockWhen cannot be decided (known_exploited or epss > 0.5): CVE-1 (8) lacks a value that it needs'],
    })
  })
})
