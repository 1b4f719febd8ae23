import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/findings.ts'
import { type Decision, decide, fingerprintsOf } from '../../src/gate/decide.ts'
import type { PlacedProblem } from '../../src/gate/place.ts'
import type { Waiver } from '../../src/policy/policy.ts'
import { defaultPolicy } from '../../src/policy/read.ts'

const place = { file: 'deploy/shop.yaml', startLine: 3, endLine: 3 }

function placed(problem: Partial<Problem> = {}, some: Partial<PlacedProblem> = {}): PlacedProblem {
  const whole: Problem = {
    rule: 'pod/privileged',
    check: 'manifest',
    severity: 'high',
    title: 'title',
    message: 'message',
    locations: [place],
    ...problem,
  }
  return { problem: whole, subject: 'Pod/default/shop', identity: 'Pod/default/shop', locations: [place], ...some }
}

function decision(some: Partial<Decision> = {}, policy: Partial<Decision['policy']> = {}): Decision {
  return { policy: { ...defaultPolicy(), ...policy }, failOn: 'high', existing: new Set(), today: '2026-11-24', ...some }
}

const waiver: Waiver = { rule: 'pod/privileged', reason: 'node agent', owner: 'platform', until: '2026-11-24', location: place }
const outcome = (problem: PlacedProblem, how: Decision) =>
  decide([problem], how).map(({ state, blocking, severity }) => [state, blocking, severity])

describe('what blocks', () => {
  test.each([
    ['a new finding that reaches the threshold', placed(), decision(), ['new', true, 'high']],
    ['not one below it', placed({ severity: 'medium' }), decision(), ['new', false, 'medium']],
    ['an unrated one counts as medium', placed({ severity: 'unknown' }), decision({ failOn: 'medium' }), ['new', true, 'unknown']],
    ['an unrated one does not reach high', placed({ severity: 'unknown' }), decision(), ['new', false, 'unknown']],
    ['nothing, where the threshold is never', placed({ severity: 'critical' }), decision({ failOn: 'never' }), ['new', false, 'critical']],
    ['what a policy denies, at any threshold', placed({ check: 'policy' }), decision({ failOn: 'critical' }), ['new', true, 'high']],
    ['but for never', placed({ check: 'policy' }), decision({ failOn: 'never' }), ['new', false, 'high']],
    [
      'a demand that the policy rates itself only where it reaches',
      placed({ check: 'signature', rule: 'signature/missing' }),
      decision({}, { rules: new Map([['signature/missing', 'low']]) }),
      ['new', false, 'low'],
    ],
    ['not what the base has', placed(), decision({ existing: new Set(fingerprintsOf([placed()])) }), ['existing', false, 'high']],
    ['not what is waived, on its last day too', placed(), decision({}, { waivers: [waiver] }), ['waived', false, 'high']],
    ['what was waived until yesterday', placed(), decision({ today: '2026-11-25' }, { waivers: [waiver] }), ['new', true, 'high']],
    ['what another waiver names', placed(), decision({}, { waivers: [{ ...waiver, subject: 'Deployment/*' }] }), ['new', true, 'high']],
    [
      'not what a waiver names by its subject',
      placed(),
      decision({}, { waivers: [{ ...waiver, subject: 'Pod/default/*' }] }),
      ['waived', false, 'high'],
    ],
    [
      'not what is on a path that only warns',
      placed(),
      decision({}, { enforcement: [{ paths: ['deploy/*'], mode: 'warn' }] }),
      ['new', false, 'high'],
    ],
    [
      'by the first path that matches',
      placed(),
      decision(
        {},
        {
          enforcement: [
            { paths: ['**'], mode: 'enforce' },
            { paths: ['deploy/*'], mode: 'warn' },
          ],
        },
      ),
      ['new', true, 'high'],
    ],
    [
      'a rule at the severity that the policy gives it',
      placed(),
      decision({}, { rules: new Map([['pod/privileged', 'low']]) }),
      ['new', false, 'low'],
    ],
  ])('%s', (_, problem, how, expected) => {
    expect(outcome(problem, how)).toEqual([expected])
  })

  test('a rule that is off is left out', () => {
    expect(decide([placed()], decision({}, { rules: new Map([['pod/privileged', 'off']]) }))).toEqual([])
  })

  test('a rule is also known by its other names, its own before them', () => {
    const standard = placed({ rule: 'pod-security/privileged', aliases: ['pod/privileged'] })
    expect(decide([standard], decision({}, { rules: new Map([['pod/privileged', 'off']]) }))).toEqual([])
    const rules = new Map([
      ['pod/privileged', 'off'],
      ['pod-security/privileged', 'low'],
    ] as const)
    expect(outcome(standard, decision({}, { rules }))).toEqual([['new', false, 'low']])
  })

  test('what the object’s own annotation excuses is waived, with its reason', () => {
    const [found] = decide([placed({ excuse: { reason: 'sets the clock', until: '2026-12-31' } })], decision())
    expect(found).toMatchObject({ state: 'waived', blocking: false, waiver: { reason: 'sets the clock', until: '2026-12-31' } })
    expect(found).not.toHaveProperty('excuse')
  })

  test('a finding on an enforced line and on one that warns blocks', () => {
    const other = { ...place, file: 'dev/shop.yaml' }
    const how = decision({}, { enforcement: [{ paths: ['dev/**'], mode: 'warn' }] })
    expect(outcome(placed({}, { locations: [other, place] }), how)).toEqual([['new', true, 'high']])
  })
})

describe('a fingerprint', () => {
  const vulnerable = (version: string, purl: string) =>
    placed({ rule: 'CVE-1', check: 'vulnerability', package: { name: 'openssl', version, purl } }, { identity: 'ghcr.io/acme/shop' })
  const of = (problem: PlacedProblem) => fingerprintsOf([problem])[0]

  test('stays when lines move', () => {
    expect(of(placed({}, { locations: [{ ...place, startLine: 90, endLine: 90 }] }))).toBe(of(placed()))
  })

  test('stays when an update does not fix the vulnerability', () => {
    expect(of(vulnerable('1.1', 'pkg:apk/alpine/openssl@1.1?arch=x86_64'))).toBe(
      of(vulnerable('1.0', 'pkg:apk/alpine/openssl@1.0?arch=x86_64')),
    )
  })

  test.each([
    ['another rule', placed({ rule: 'pod/other' })],
    ['another subject', placed({}, { identity: 'Pod/default/other' })],
    ['another place of the subject', placed({ message: 'another container' })],
  ])('differs for %s', (_, other) => {
    expect(of(other)).not.toBe(of(placed()))
  })

  test('tells two alike apart by their count, so that the second is new', () => {
    const [first, second] = fingerprintsOf([placed(), placed()])
    expect({ first: first === of(placed()), second: second === first }).toEqual({ first: true, second: false })
  })
})

test('findings come worst first, then by place, whatever order they came in', () => {
  const at = (file: string, startLine: number) => ({ locations: [{ file, startLine, endLine: startLine }] })
  const problems = [
    placed({ severity: 'low', message: 'c' }, at('a', 1)),
    placed({ severity: 'critical', message: 'd' }, at('b', 2)),
    placed({ severity: 'critical', message: 'a' }, at('b', 1)),
    placed({ severity: 'critical', message: 'b' }, { locations: [] }),
  ]
  const order = (list: PlacedProblem[]) => decide(list, decision()).map(({ message }) => message)
  expect([order(problems), order(problems.toReversed())]).toEqual([
    ['a', 'd', 'b', 'c'],
    ['a', 'd', 'b', 'c'],
  ])
})

test('findings stand by their risk, and those of one risk by their severity', () => {
  const scores = new Map([
    ['a', 20],
    ['b', 80],
    ['c', 80],
  ])
  const riskOf: NonNullable<Decision['riskOf']> = ({ problem }) => ({
    ...{ risk_score: scores.get(problem.rule) ?? 0, confidence: 1, parts: [], recommended_actions: [] },
  })
  const problems = [placed({ rule: 'a', severity: 'critical' }), placed({ rule: 'b', severity: 'low' }), placed({ rule: 'c' })]
  expect(decide(problems, decision({ riskOf })).map(({ rule }) => rule)).toEqual(['c', 'b', 'a'])
})

test('the risk is asked for with the severity that the policy gives', () => {
  const asked: string[] = []
  const riskOf: NonNullable<Decision['riskOf']> = (_, severity) => {
    asked.push(severity)
    return { risk_score: 0, confidence: 1, parts: [], recommended_actions: [] }
  }
  decide([placed()], decision({ riskOf }, { rules: new Map([['pod/privileged', 'low']]) }))
  expect(asked).toEqual(['low'])
})
