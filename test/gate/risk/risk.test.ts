import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../src/findings.ts'
import type { Exposure, PodExposure } from '../../../src/gate/risk/exposure.ts'
import { most, type Privilege, partNames, privilegeWeights, type Rights, rightsWeights } from '../../../src/gate/risk/points.ts'
import { riskOf, worstOf } from '../../../src/gate/risk/risk.ts'
import { importances } from '../../../src/policy/policy.ts'
import { defaultPolicy } from '../../../src/policy/read.ts'
import { random } from '../../builders/random.ts'
import { riskTables } from './tables.ts'

const policy = defaultPolicy()

const vulnerability: Problem = {
  rule: 'CVE-2024-1',
  check: 'vulnerability',
  severity: 'critical',
  score: 9.8,
  knownExploited: true,
  epss: 0.9,
  title: 'title',
  message: 'message',
  package: { name: 'openssl', version: '1', purl: 'pkg:apk/alpine/openssl@1', fixed: '2' },
}

const sealed: PodExposure = {
  entrances: [],
  isolated: ['ingress', 'egress'],
  privileges: [],
  rights: { level: 'none', account: 'shop/web', what: 'has no token mounted', isKnown: true },
  secrets: [],
}

const open: PodExposure = {
  entrances: ['Ingress/shop/web'],
  isolated: [],
  privileges: [{ privilege: 'privileged', what: 'privileged' }],
  rights: { level: 'everything', account: 'shop/web', what: 'may do everything by ClusterRole/cluster-admin', isKnown: true },
  secrets: ['database', 'session'],
}

function at(pod: PodExposure | undefined, some: Partial<Exposure> = {}): Exposure {
  return {
    ...{ subject: 'Deployment/shop/web', namespace: 'shop', importance: 'low', isImportanceKnown: true },
    ...(pod && { pod }),
    ...some,
  }
}

test('the worst that can be is 100, and what makes it is said', () => {
  expect(riskOf({ ...vulnerability, score: 10 }, at(open, { importance: 'critical' }), policy)).toEqual({
    risk_score: 100,
    confidence: 0.99,
    parts: [
      { name: 'severity', points: 40, because: 'CVSS 10.0' },
      { name: 'exploitation', points: 15, because: 'known to be exploited' },
      { name: 'fix', points: 5, because: 'fixed in 2' },
      { name: 'reachability', points: 14, because: 'Deployment/shop/web is reached from outside by Ingress/shop/web' },
      { name: 'privileges', points: 8, because: 'privileged' },
      { name: 'rights', points: 6, because: 'service account shop/web may do everything by ClusterRole/cluster-admin' },
      { name: 'network policies', points: 2, because: 'no NetworkPolicy of the tree isolates it' },
      { name: 'secrets', points: 3, because: 'has the Secret database and 1 more' },
      { name: 'namespace', points: 7, because: 'namespace shop, of which the policy says critical' },
    ],
    recommended_actions: [
      'Upgrade openssl to 2.',
      'Rebuild the image.',
      'Close Ingress/shop/web until it is fixed.',
      'Drop the privileges of Deployment/shop/web.',
      'Take from service account shop/web the rights that it does not use.',
      'Add a NetworkPolicy that isolates Deployment/shop/web.',
    ],
  })
})

test('the most points of all parts are 100', () => {
  expect(partNames.reduce((sum, name) => sum + most[name], 0)).toBe(100)
})

test('a place that is not known adds nothing and takes confidence', () => {
  const { risk_score, confidence, parts } = riskOf(vulnerability, undefined, policy)
  expect({ risk_score, confidence, last: parts.at(-1) }).toEqual({
    risk_score: 59,
    confidence: 0.6,
    last: { name: 'reachability', points: 0, because: 'where it runs is not known' },
  })
})

test('of what a policy refuses more is known than of what nothing of the tree lets in', () => {
  const refused = riskOf(vulnerability, at(sealed), policy)
  const quiet = riskOf(vulnerability, at({ ...sealed, isolated: [] }), policy)
  expect([refused.confidence, quiet.confidence]).toEqual([1, 0.92])
})

describe('the rating', () => {
  const severityPart = (some: Partial<Problem>, severity?: Problem['severity']) => {
    const { score: _, ...unscored } = vulnerability
    const [part] = riskOf({ ...unscored, ...some }, undefined, policy, severity).parts
    return `${part?.points} ${part?.because}`
  }

  test.each([
    ['is four times the CVSS score', { score: 7.5 }, undefined, '30 CVSS 7.5'],
    ['is the middle of its band where there is no score', { severity: 'high' }, undefined, '32 rated high'],
    ['is the policy’s where the policy has another', { score: 9.8 }, 'low', '8 rated low'],
    [
      'counts as the policy says where nobody rated it',
      { severity: 'unknown', knownExploited: false },
      undefined,
      '22 rated by nobody, the policy counts it as medium',
    ],
    ['counts for more where it is exploited', { severity: 'unknown' }, undefined, '32 rated by nobody, the policy counts it as high'],
  ] as const)('%s', (_, some, severity, expected) => {
    expect(severityPart(some, severity)).toBe(expected)
  })

  test('of nobody is nothing that is known', () => {
    const { score: _, ...unscored } = vulnerability
    expect(riskOf({ ...unscored, severity: 'unknown' }, at(sealed), policy).confidence).toBe(0.6)
  })
})

describe('exploitation', () => {
  const exploitation = (some: Partial<Problem>) => {
    const { epss: _, knownExploited: __, ...rest } = vulnerability
    const { parts, confidence } = riskOf({ ...rest, ...some }, at(sealed), policy)
    return [parts.find(({ name }) => name === 'exploitation')?.points ?? 0, confidence]
  }

  test.each([
    ['nothing is known', {}, [0, 0.85]],
    ['known not to be exploited', { knownExploited: false }, [0, 0.93]],
    ['hardly likely', { epss: 0.0099, knownExploited: false }, [0, 1]],
    ['one in a hundred', { epss: 0.01, knownExploited: false }, [3, 1]],
    ['one in ten', { epss: 0.1, knownExploited: false }, [8, 1]],
    ['as likely as not', { epss: 0.5, knownExploited: false }, [12, 1]],
    ['exploited, whatever is thought likely', { epss: 0.001, knownExploited: true }, [15, 1]],
    ['exploited, and no more is known', { knownExploited: true }, [15, 1]],
  ])('%s', (_, some, expected) => {
    expect(exploitation(some)).toEqual(expected)
  })

  test.each([
    ['malware', 15],
    ['secret', 12],
    ['signature', 6],
    ['attestation', 4],
    ['image-config', undefined],
    ['manifest', undefined],
  ] as const)('of %s goes by its kind', (check, points) => {
    const { parts } = riskOf({ rule: 'r', check, severity: 'high', title: '', message: '' }, undefined, policy)
    expect(parts.find(({ name }) => name === 'exploitation')?.points).toBe(points)
  })
})

describe('what is recommended', () => {
  const actions = (some: Partial<Problem>, pod?: PodExposure) =>
    riskOf({ rule: 'r/x', check: 'secret', severity: 'high', title: '', message: '', ...some }, pod && at(pod), policy).recommended_actions

  test('without a fix the package goes', () => {
    const { package: affected, ...rest } = vulnerability
    const unfixed = { name: affected?.name ?? '', version: '1', purl: 'pkg:apk/alpine/openssl@1' }
    expect(actions({ ...rest, package: unfixed })).toEqual(['Remove openssl if it is not needed: no version is known to fix it.'])
  })

  test('the version that fixes all findings of the package comes before the one that fixes this', () => {
    expect(actions({ ...vulnerability, package: { name: 'a', version: '1', purl: 'p', fixed: '2', fixedAll: '3' } })[0]).toBe(
      'Upgrade a to 3.',
    )
  })

  test('malware has the Secrets of its pod', () => {
    expect(actions({ check: 'malware' }, open)).toEqual([
      'Do not run the image.',
      'Rebuild it from sources that are trusted.',
      'Find out how the file came in.',
      'Close Ingress/shop/web until it is fixed.',
      'Rotate the Secrets that Deployment/shop/web has.',
      'Drop the privileges of Deployment/shop/web.',
    ])
  })

  test('a manifest is mended where it is wrong', () => {
    expect([
      actions({ check: 'manifest', rule: 'pod/probes' }, open),
      actions({ check: 'manifest', suggestion: { startLine: 1, endLine: 1, replacement: '' } }, open),
    ]).toEqual([['Mend it as `portcullis rules pod/probes` says.'], ['Apply the suggested change.']])
  })

  test('a secret of a layer that was deleted still ships', () => {
    expect(actions({ content: { path: 'a', removed: true } }).at(-1)).toBe(
      'Rebuild the image without the layer: what a later layer deletes still ships.',
    )
  })
})

describe('of several places', () => {
  test('the worst counts', () => {
    expect(worstOf([at(sealed), at(open, { subject: 'Deployment/shop/public' }), at(undefined)])?.subject).toBe('Deployment/shop/public')
  })

  test('of equal ones the first by name, in whatever order they come', () => {
    const [a, b] = [at(sealed, { subject: 'Deployment/a/web' }), at(sealed, { subject: 'Deployment/b/web' })]
    expect([worstOf([b, a])?.subject, worstOf([a, b])?.subject]).toEqual(['Deployment/a/web', 'Deployment/a/web'])
  })

  test('of none there is none', () => {
    expect(worstOf([])).toBeUndefined()
  })
})

/** Each makes it worse, or leaves it as it is. */
const worse: readonly ((problem: Problem, exposure: Exposure, next: () => number) => [Problem, Exposure])[] = [
  (problem, exposure) => [{ ...problem, score: Math.min(10, (problem.score ?? 0) + 1.3) }, exposure],
  (problem, exposure) => [{ ...problem, knownExploited: true }, exposure],
  (problem, exposure, next) => [{ ...problem, epss: Math.max(problem.epss ?? 0, next()) }, exposure],
  (problem, exposure) => [{ ...problem, package: { name: 'a', version: '1', purl: 'p', ...problem.package, fixed: '2' } }, exposure],
  (problem, exposure) => {
    const order = ['low', 'medium', 'high', 'critical'] as const
    const { score: _, ...rest } = problem
    return problem.score === undefined
      ? [{ ...rest, severity: order[order.indexOf(problem.severity as 'low') + 1] ?? 'critical' }, exposure]
      : [problem, exposure]
  },
  (problem, exposure) => [problem, { ...exposure, importance: importances[importances.indexOf(exposure.importance) + 1] ?? 'critical' }],
  (problem, exposure) => [problem, withPod(exposure, ({ entrances }) => ({ entrances: [...entrances, 'Ingress/a/b'] }))],
  (problem, exposure) => [problem, withPod(exposure, ({ secrets }) => ({ secrets: [...secrets, 's'] }))],
  (problem, exposure) => [problem, withPod(exposure, ({ isolated }) => ({ isolated: isolated?.slice(1) ?? [] }))],
  (problem, exposure, next) => {
    const names = Object.keys(privilegeWeights) as Privilege[]
    const privilege = names[Math.floor(next() * names.length)] ?? 'root'
    return [problem, withPod(exposure, ({ privileges }) => ({ privileges: [...privileges, { privilege, what: privilege }] }))]
  },
  (problem, exposure) => {
    const levels = (Object.keys(rightsWeights) as Rights[]).toReversed()
    return [
      problem,
      withPod(exposure, ({ rights }) => ({ rights: { ...rights, level: levels[levels.indexOf(rights.level) + 1] ?? 'everything' } })),
    ]
  },
  (problem, exposure) => [problem, { ...exposure, pod: exposure.pod ?? sealed }],
]

function withPod(exposure: Exposure, change: (pod: PodExposure) => Partial<PodExposure>): Exposure {
  return exposure.pod ? { ...exposure, pod: { ...exposure.pod, ...change(exposure.pod) } } : exposure
}

test('more exposure and more severity never lower the score, and the parts always add up to it', () => {
  const next = random(20_261_124)
  for (let round = 0; round < 150; round++) {
    let problem: Problem = { rule: 'r', check: 'vulnerability', severity: 'low', title: '', message: '', ...(next() < 0.5 && { score: 1 }) }
    let exposure = at(next() < 0.8 ? sealed : undefined)
    let before = 0
    for (let step = 0; step < 30; step++) {
      const change = worse[Math.floor(next() * worse.length)]
      // A score takes the place of the severity: that is a change of the kind of rating, and no worsening.
      if (change === undefined || (change === worse[0] && problem.score === undefined)) continue
      ;[problem, exposure] = change(problem, exposure, next)
      const { risk_score, confidence, parts } = riskOf(problem, exposure, policy)
      expect(risk_score).toBeGreaterThanOrEqual(before)
      expect(risk_score).toBeLessThanOrEqual(100)
      expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(risk_score)
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThanOrEqual(1)
      for (const { name, points } of parts) expect(points).toBeLessThanOrEqual(most[name as keyof typeof most])
      before = risk_score
    }
  }
})

test('docs/risk.md has every point of the table, and no other', async () => {
  const path = fileURLToPath(new URL('../../../docs/risk.md', import.meta.url))
  const text = await readFile(path, 'utf8')
  const [start, end] = ['<!-- points -->\n', '<!-- end of points -->']
  const written = `${text.slice(0, text.indexOf(start))}${start}${riskTables()}${text.slice(text.indexOf(end))}`
  if (process.env.GOLDEN === 'write') await writeFile(path, written)
  expect(text).toBe(written)
})
