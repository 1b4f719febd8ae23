import { expect, test } from 'vitest'
import { githubAnnotations } from '../../src/report/github-annotations.ts'
import { nastyStrings } from '../builders/nasty.ts'
import { exampleReport, finding, place, renderContext, report, vulnerability } from '../builders/report.ts'

const lines = (some: Parameters<typeof report>[0], context = renderContext()) => [...githubAnnotations(report(some), context)]

test('what blocks is an error at its place, what does not a warning, what was there is quiet', () => {
  const findings = [
    finding({ severity: 'critical', locations: [place('deploy/shop.yaml', 12, 25, 29)] }),
    finding({ rule: 'image/tag', severity: 'medium', blocking: false, message: 'no digest', locations: [place('a.yaml', 3, 1, 2, 5)] }),
    finding({ rule: 'old/one', state: 'existing' }),
    finding({ rule: 'old/waived', state: 'waived' }),
  ]
  expect(lines({ findings })).toEqual([
    '::error file=deploy/shop.yaml,line=12,endLine=12,col=25,endColumn=29,title=critical%3A pod/privileged::container "shop" runs privileged%0ATake away what the program does not need.\n',
    '::warning file=a.yaml,line=3,endLine=5,title=medium%3A image/tag::no digest%0ATake away what the program does not need.\n',
  ])
})

test('the advisories of a package are one annotation', () => {
  const at = { locations: [place('a.yaml', 1), place('b.yaml', 2)] }
  const [line, ...more] = lines({ findings: [vulnerability('CVE-1', { fixed: '2' }, at), vulnerability('CVE-2', { fixed: '2' }, at)] })
  expect(more).toEqual([])
  expect(line).toBe(
    '::error file=a.yaml,line=1,endLine=1,title=high%3A openssl::openssl 1.1.1d-r0 → 2: 2 high%0ACVE-1, CVE-2%0AUpdate openssl to 2.%0Aalso b.yaml:2\n',
  )
})

test('files are named from the root of the repository', () => {
  expect(lines({ findings: [finding()] }, renderContext({}, { rootPath: 'services/' }))[0]).toMatch(
    /^::error file=services\/deploy\/shop\.yaml,/,
  )
})

test('of each kind the ten most important are given, two gaps among them, and the rest is counted', () => {
  const many = (severity: 'high' | 'low', blocking: boolean) =>
    Array.from({ length: 20 }, (_, index) =>
      finding({
        rule: `${severity}/${index}`,
        severity,
        blocking,
        fingerprint: `${severity}${index}`,
        locations: [place('a.yaml', index + 1)],
      }),
    )
  const gaps = Array.from({ length: 5 }, (_, index) => ({ subject: `image ${index}`, message: 'registry answered 503', locations: [] }))
  const all = lines({ findings: [...many('low', false), ...many('high', true), finding({ rule: 'z/worst', severity: 'critical' })], gaps })
  expect(all.filter((line) => line.startsWith('::error'))).toHaveLength(10)
  expect(all.filter((line) => line.startsWith('::warning'))).toHaveLength(10)
  expect(all[0]).toContain('z/worst')
  expect(all.filter((line) => line.includes('not verified'))).toHaveLength(2)
  expect(all.at(-1)).toBe('::notice title=Portcullis::26 more findings in the job summary, GitHub shows 10 of a kind\n')
})

test('a gap alone is an error', () => {
  expect(lines({ gaps: [{ subject: 'ghcr.io/acme/api:2', message: 'registry answered 503', locations: [place('a.yaml', 4)] }] })).toEqual([
    '::error file=a.yaml,line=4,endLine=4,title=not verified::ghcr.io/acme/api:2: registry answered 503\n',
  ])
})

test.each(nastyStrings(200))('%j stays in its property or its message', (text) => {
  const all = lines({ findings: [finding({ rule: text, message: text, subject: text, locations: [place(text, 1)] })] })
  expect(all).toHaveLength(1)
  expect(all[0]).toMatch(/^::error file=[^,:\n]*,line=1,endLine=1,title=[^,:\n]*::[^\n\r]*\n$/)
  expect(all[0]).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
})

test('the example is told', () => {
  const { context, report: example } = exampleReport()
  expect([...githubAnnotations(example, context)].map((line) => line.slice(0, line.indexOf(' ')))).toEqual([
    ...Array.from({ length: 7 }, () => '::error'),
    ...Array.from({ length: 2 }, () => '::warning'),
  ])
})
