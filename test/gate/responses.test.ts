import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { demandsText, type ResponseDemands, readDemands, respond } from '../../src/gate/responses.ts'
import { responseRuleOf } from '../../src/policy/responses.ts'
import { finding, image, place, report, vulnerability } from '../builders/report.ts'

const none: ResponseDemands = { rules: [], channels: [], hasHandover: false, enforcement: [] }

/** Rules as `condition: action, action`. */
function demands(rules: readonly string[], some: Partial<ResponseDemands> = {}): ResponseDemands {
  return {
    ...none,
    rules: rules.map((rule) => {
      const [, condition = '', actions = ''] = /^(.*): ([\w, ]+)$/u.exec(rule) ?? []
      return responseRuleOf({
        condition,
        actions: actions.split(', ').map((type) => ({ type, ...(type === 'label' ? { params: { label: 'x' } } : {}) })),
      })
    }),
    ...some,
  }
}

const told = ({ responses = [] }: Report) => responses.map(({ action, subject, state }) => [action, subject, state])
const shop = `ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)}`
const clean = { ...finding({ severity: 'low', blocking: false }) }

describe('a rule is held against', () => {
  test('each finding that is new, and its subject is told once', () => {
    const all = report({
      findings: [
        vulnerability('CVE-1', {}, { severity: 'critical' }),
        vulnerability('CVE-2', {}, { severity: 'critical' }),
        vulnerability('CVE-3', {}, { severity: 'critical', state: 'existing', blocking: false }),
        vulnerability('CVE-4', {}, { severity: 'critical', state: 'waived', blocking: false }),
      ],
    })
    const { report: after, effects } = respond(all, demands(['severity == critical: label']))
    expect(told(after)).toEqual([['label', shop, 'waiting']])
    expect(after.responses?.[0]?.findings).toEqual(['CVE-1-openssl', 'CVE-2-openssl'])
    expect(effects.map(({ matches }) => matches.map(({ findings }) => findings.length))).toEqual([[2]])
  })

  test('what was disclosed after the base, where that blocks', () => {
    const all = report({
      findings: [vulnerability('CVE-1', {}, { severity: 'critical', state: 'existing', newlyDisclosed: true, blocking: true })],
    })
    expect(told(respond(all, demands(['severity == critical: label'])).report)).toEqual([['label', shop, 'waiting']])
  })

  test('vulnerabilities alone, where it names what they alone have', () => {
    const all = report({ findings: [finding(), vulnerability('CVE-1', {}, { knownExploited: true, severity: 'low' })] })
    const { report: after } = respond(all, demands(['known_exploited: label', 'known_exploited == false: label']))
    expect(told(after)).toEqual([['label', shop, 'waiting']])
    expect(after.notes).toBeUndefined()
  })

  test('findings of images alone, where it names what images have', () => {
    const all = report({ findings: [finding(), vulnerability('CVE-1')], subjects: [image()] })
    expect(told(respond(all, demands(['image_registry == "ghcr.io" and severity == high: label'])).report)).toEqual([
      ['label', shop, 'waiting'],
    ])
  })

  test('each image', () => {
    const anomaly = { is_anomaly: true, anomaly_score: -0.8, confidence: 1, history: 20, because: [] }
    const all = report({
      subjects: [
        image({ anomaly }),
        image({ reference: 'ghcr.io/acme/other:1', anomaly: { ...anomaly, is_anomaly: false, anomaly_score: -0.4 } }),
      ],
    })
    expect(told(respond(all, demands(['anomaly_score < -0.5: label'])).report)).toEqual([['label', shop, 'waiting']])
  })

  test('the run', () => {
    const all = report({
      findings: [
        finding({ severity: 'critical' }),
        finding({ severity: 'critical', state: 'existing', blocking: false, fingerprint: 'b' }),
      ],
    })
    const { report: after } = respond(all, demands(['critical == 1 and existing_findings == 1: label', 'critical > 1: label']))
    expect(told(after)).toEqual([['label', undefined, 'waiting']])
  })
})

describe('block', () => {
  test('makes the findings that meet its rule block, and the verdict', () => {
    const { report: after } = respond(report({ findings: [clean] }), demands(['severity == low: block']))
    expect([after.verdict, after.summary.blocking, after.findings[0]?.blocking, after.reasons]).toEqual([
      'block',
      1,
      true,
      ['1 low finding'],
    ])
    expect(told(after)).toEqual([['block', 'Deployment/default/shop', 'taken']])
  })

  test('of an image or of the run blocks without a finding', () => {
    const { report: after } = respond(report({ subjects: [image()] }), demands(['image_registry == "ghcr.io": block', 'images > 0: block']))
    expect([after.verdict, after.summary.blocking, after.reasons]).toEqual([
      'block',
      0,
      ['ghcr.io/acme/shop:1.4: blocked by the response rule image_registry == "ghcr.io"', 'blocked by the response rule images > 0'],
    ])
  })

  test('does nothing where failOn is never', () => {
    const { report: after } = respond(
      report({ findings: [clean], policy: { files: [], failOn: 'never' } }),
      demands(['severity == low: block']),
    )
    expect([after.verdict, told(after)]).toEqual(['pass', [['block', 'Deployment/default/shop', 'nobody']]])
  })

  test('does nothing on a path whose mode is to warn', () => {
    const enforcement = [{ paths: ['legacy/**'], mode: 'warn' as const }]
    const legacy = { ...clean, subject: 'Pod/old', fingerprint: 'old', locations: [place('legacy/pod.yaml', 1)] }
    const { report: after } = respond(report({ findings: [clean, legacy] }), demands(['severity == low: block'], { enforcement }))
    expect(after.findings.map(({ blocking }) => blocking)).toEqual([true, false])
    expect(told(after)).toEqual([
      ['block', 'Deployment/default/shop', 'taken'],
      ['block', 'Pod/old', 'nobody'],
    ])
  })

  test('counts for the rules that speak of the verdict, wherever they stand', () => {
    const rules = [
      'verdict == block: label',
      'blocking_findings == 1: label',
      'blocking: label',
      'verdict == pass: label',
      'severity == low: block',
    ]
    expect(told(respond(report({ findings: [clean] }), demands(rules)).report)).toEqual([
      ['label', undefined, 'waiting'],
      ['label', undefined, 'waiting'],
      ['label', 'Deployment/default/shop', 'waiting'],
      ['block', 'Deployment/default/shop', 'taken'],
    ])
  })

  test('of what is incomplete makes it block', () => {
    const gaps = [{ subject: 'a', message: 'b', locations: [] }]
    expect(respond(report({ gaps }), demands(['verdict == incomplete: block'])).report.verdict).toBe('block')
  })
})

describe('what has no value here', () => {
  test('leaves a rule undecided, and a note says so', () => {
    const { report: after } = respond(
      report({ subjects: [image(), image({ reference: 'b:1' })] }),
      demands(['anomaly_score < -0.5: block']),
    )
    expect([after.verdict, after.responses, after.notes]).toEqual([
      'pass',
      undefined,
      [
        `response rule "anomaly_score < -0.5" was not decided for ${shop}, b:1@sha256:${'1a'.repeat(32)}: anomaly_score has no value (it needs --anomaly, or \`anomaly\` of the Action, and enough earlier images)`,
      ],
    ])
  })

  test('does not matter where the rest decides', () => {
    const { report: after } = respond(
      report({ subjects: [image()] }),
      demands(['is_anomaly and images > 5: block', 'is_anomaly or images == 1: label']),
    )
    expect([told(after), after.notes]).toEqual([[['label', shop, 'waiting']], undefined])
  })

  test('because only a cluster knows it, hands the whole rule over', () => {
    const { report: after } = respond(report(), demands(['failed_auths > 5: ip_block, block'], { hasHandover: true }))
    expect([after.verdict, told(after), after.notes]).toEqual([
      'pass',
      [
        ['ip_block', undefined, 'waiting'],
        ['block', undefined, 'waiting'],
      ],
      undefined,
    ])
  })

  test('and nobody to hand it over to, is said', () => {
    const { report: after } = respond(report(), demands(['failed_auths > 5: ip_block', 'risk_scor > 5: block']))
    expect(after.notes).toEqual([
      'response rule "failed_auths > 5": ip_block: only a running cluster knows failed_auths, and the policy names nobody who takes it',
      'response rule "risk_scor > 5": block: only a running cluster knows risk_scor (not risk_score?), and the policy names nobody who takes it',
    ])
    expect(told(after)).toEqual([
      ['ip_block', undefined, 'nobody'],
      ['block', undefined, 'nobody'],
    ])
  })

  test('is not guessed where the gate can refute the rule alone', () => {
    expect(respond(report(), demands(['failed_auths > 5 and gaps > 0: ip_block'])).report.responses).toBeUndefined()
  })
})

describe('actions', () => {
  test('of a running cluster are for the hand-over', () => {
    expect(told(respond(report(), demands(['gaps == 0: pod_quarantine'])).report)).toEqual([['pod_quarantine', undefined, 'nobody']])
    expect(told(respond(report(), demands(['gaps == 0: pod_quarantine'], { hasHandover: true })).report)).toEqual([
      ['pod_quarantine', undefined, 'waiting'],
    ])
  })

  test('alert has an entry for each channel, and says which is not there', () => {
    const rule = responseRuleOf({ condition: 'gaps == 0', actions: [{ type: 'alert', params: { channels: ['slack', 'pager'] } }] })
    const { report: after } = respond(report(), { ...none, rules: [rule], channels: ['slack', 'email'] })
    expect(after.responses?.map(({ channel, state }) => [channel, state])).toEqual([
      ['slack', 'waiting'],
      ['pager', 'nobody'],
    ])
    expect(after.notes).toEqual(['response rule "gaps == 0": alert by pager: the policy\'s alerts have no channel pager'])
  })

  test('warn is a note', () => {
    const { report: after } = respond(report({ findings: [clean] }), demands(['severity == low: warn']))
    expect([after.verdict, after.notes]).toEqual([
      'pass',
      ['response rule "severity == low": warn: warns of a finding (Deployment/default/shop)'],
    ])
  })
})

test('held against its own result, a report stays the same', () => {
  const rules = demands(['severity == low: block, warn', 'failed_auths > 5: ip_block', 'verdict == block: label', 'is_anomaly: block'])
  const once = respond(report({ findings: [clean], subjects: [image()], notes: ['another'] }), rules).report
  expect(respond(once, rules).report).toEqual(once)
})

test('as text, what a shard hands on, rules are the same rules', () => {
  const rules = demands(['severity == low: block', 'failed_auths > 5: ip_block'], { channels: ['slack'], hasHandover: true })
  expect(readDemands(JSON.parse(JSON.stringify(demandsText(rules))))).toEqual(rules)
})

test('of very many subjects as many are listed as a reader can use, and all block', () => {
  const findings = Array.from({ length: 500 }, (_, index) => ({ ...clean, subject: `Pod/${index}`, fingerprint: `f${index}` }))
  const { report: after } = respond(report({ findings }), demands(['severity == low: block']))
  expect([after.summary.blocking, after.responses?.length]).toEqual([500, 200])
  expect(after.responses?.at(-1)?.detail).toBe('blocks 500 findings; 300 more subjects are not listed')
})

test('of a hundred thousand findings without a value, a rule is held against each and says so once', () => {
  const findings = Array.from({ length: 100_000 }, (_, index) =>
    vulnerability(`CVE-${index}`, {}, { subject: `a${index % 5}`, fingerprint: `f${index}` }),
  )
  const started = performance.now()
  const { report: after } = respond(report({ findings }), demands(['known_exploited: block']))
  expect(after.notes).toEqual(['response rule "known_exploited" was not decided for a0, a1, a2 and 2 more: known_exploited has no value'])
  expect(performance.now() - started).toBeLessThan(5000)
})
