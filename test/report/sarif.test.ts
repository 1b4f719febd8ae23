import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { sarif, sarifLimits } from '../../src/report/sarif.ts'
import { encodePath } from '../../src/report/sarif-result.ts'
import { random } from '../builders/nasty.ts'
import { exampleReport, finding, place, renderContext, report, vulnerability } from '../builders/report.ts'

const log = (some: Report, context = renderContext()) => JSON.parse([...sarif(some, context)].join(''))
const run = (some: Parameters<typeof report>[0], context = renderContext()) => log(report(some), context).runs[0]

const schemaPath = fileURLToPath(new URL('../../../shared/conformance/specs/sarif-2.1.0.json', import.meta.url))

describe.skipIf(!existsSync(schemaPath))('against the schema of SARIF 2.1.0 (shared conformance data)', () => {
  // Draft 4, of which the schema uses nothing that draft 7 reads otherwise, but `id`.
  const { id: _, $schema: __, ...schema } = existsSync(schemaPath) ? JSON.parse(readFileSync(schemaPath, 'utf8')) : {}
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  const errors = (value: unknown) => (validate(value) ? [] : validate.errors)

  test('the example is valid', () => {
    const { report: example, context } = exampleReport()
    expect(errors(log(example, context))).toEqual([])
  })

  test('an empty report is valid', () => expect(errors(log(report(), renderContext()))).toEqual([]))

  test('a report of hostile and empty strings is valid', () => {
    for (const text of ['', ':', '../../etc', '//x', 'a b\u0000\u202e', '\ud800', '[x](y)', '{0}', 'http://[', '%zz']) {
      const findings = [
        finding({
          rule: text,
          title: text,
          message: text,
          subject: text,
          fingerprint: text,
          locations: [place(text, 1)],
          references: [text],
        }),
        vulnerability(
          text,
          { name: text, version: text, purl: text, fixed: text },
          { state: 'waived', locations: [], waiver: { reason: text, owner: text, until: text } },
        ),
      ]
      expect(
        errors(log(report({ findings, gaps: [{ subject: text, message: text, locations: [place(text, 2)] }], reasons: [text] }))),
      ).toEqual([])
    }
  })

  test('the schema is really asked: a run without a tool is not valid', () => {
    expect(errors({ version: '2.1.0', runs: [{ results: [] }] })).not.toEqual([])
  })
})

test('a fingerprint is given under the name that GitHub reads', () => {
  const [result] = run({ findings: [finding({ fingerprint: 'abc' })] }).results
  expect(result.partialFingerprints).toEqual({ primaryLocationLineHash: 'abc', 'portcullis/v1': 'abc' })
})

test('paths are relative references with every reserved character encoded', () => {
  expect(['a b/ü#?.yaml', 'c:d/e', '/abs', 'x%41', "it's(1)", '\ud800'].map(encodePath)).toEqual([
    'a%20b/%C3%BC%23%3F.yaml',
    'c%3Ad/e',
    'abs',
    'x%2541',
    'it%27s%281%29',
    '%EF%BF%BD',
  ])
})

test("lines and columns are the finding's", () => {
  const [result] = run({ findings: [finding({ locations: [place('deploy/a.yaml', 3, 5, 9, 4)] })] }).results
  expect(result.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'deploy/a.yaml', uriBaseId: '%SRCROOT%' },
        region: { startLine: 3, startColumn: 5, endLine: 4, endColumn: 9 },
      },
      logicalLocations: [{ fullyQualifiedName: 'Deployment/default/shop' }],
    },
  ])
})

test('a finding of an image that no file names has a place, because GitHub refuses a log without one', () => {
  const [result] = run({ findings: [finding({ locations: [], subject: 'localhost:5000/acme/tools:3@sha256:00ff' })] }).results
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'localhost%3A5000/acme/tools' },
    region: { startLine: 1 },
  })
})

test('a waived finding is suppressed with its reason, and no other is', () => {
  const { results } = run({
    findings: [
      finding({ rule: 'a/open', fingerprint: '1' }),
      finding({
        rule: 'b/waived',
        fingerprint: '2',
        state: 'waived',
        waiver: { reason: 'not reachable', owner: 'platform', until: '2027-01-31' },
      }),
    ],
  })
  expect(results.map((result: { suppressions?: unknown }) => result.suppressions)).toEqual([
    undefined,
    [{ kind: 'external', status: 'accepted', justification: 'not reachable (platform, until 2027-01-31)' }],
  ])
})

test('a gap is a notification, and the execution was not successful', () => {
  const [invocation] = run({ gaps: [{ subject: 'ghcr.io/acme/api:2', message: 'registry answered 503', locations: [] }] }).invocations
  expect(invocation).toEqual({
    executionSuccessful: false,
    toolExecutionNotifications: [
      { descriptor: { id: 'gap' }, level: 'error', message: { text: 'ghcr.io/acme/api:2: registry answered 503' } },
    ],
  })
  expect(run({}).invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }])
})

test.each([
  ['critical', undefined, 'error', '9.5'],
  ['critical', 9.8, 'error', '9.8'],
  ['high', 9.8, 'error', '8.9'],
  ['medium', 5.3, 'warning', '5.3'],
  ['low', 7.5, 'note', '3.9'],
  ['low', 0, 'note', '0.1'],
  ['unknown', undefined, 'warning', undefined],
] as const)('%s with score %s is level %s with security-severity %s', (severity, score, level, expected) => {
  const { results, tool } = run({ findings: [finding({ severity, ...(score === undefined ? {} : { score }) })] })
  expect([results[0].level, tool.driver.rules[0].properties['security-severity']]).toEqual([level, expected])
})

test('a rule is described once, with the text of the rule, and its results point at it', () => {
  const { report: example, context } = exampleReport()
  const { results, tool } = log(example, context).runs[0]
  const rule = tool.driver.rules.find(({ id }: { id: string }) => id === 'pod/privileged')
  expect(rule.help.text).toContain('Remove `privileged: true`')
  expect(new Set(tool.driver.rules.map(({ id }: { id: string }) => id)).size).toBe(tool.driver.rules.length)
  for (const result of results) expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
})

test('a suggestion is a fix of whole lines where the file is known', () => {
  const suggestion = { startLine: 1, endLine: 2, replacement: 'x: 1' }
  const findings = [finding({ suggestion, locations: [place('a.yaml', 1)] })]
  expect(run({ findings }, renderContext({ 'a.yaml': 'x: 2\ny: 33' })).results[0].fixes[0].artifactChanges[0].replacements[0]).toEqual({
    deletedRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 6 },
    insertedContent: { text: 'x: 1' },
  })
  expect(run({ findings }).results[0].fixes).toBeUndefined()
})

test("results over GitHub's limit are left out from the least important, and counted", () => {
  const findings = Array.from({ length: sarifLimits.resultsPerRun + 5 }, (_, index) =>
    finding({ fingerprint: String(index), severity: index < 5 ? 'low' : 'high', blocking: index >= 5 }),
  )
  const { invocations, results } = run({ findings })
  expect(results).toHaveLength(sarifLimits.resultsPerRun)
  expect(results.some((result: { level: string }) => result.level === 'note')).toBe(false)
  expect(invocations[0].toolExecutionNotifications[0].message.text).toBe('5 findings of 25,005 left out')
})

test('a log that would be over 10 MB compressed is made smaller, and says so', () => {
  // Text that does not compress well.
  const next = random(1)
  const noise = () => Array.from({ length: 10_000 }, () => String.fromCodePoint(0x4e00 + (next() % 20_000))).join('')
  const findings = Array.from({ length: 600 }, (_, index) => finding({ fingerprint: String(index), message: noise() }))
  const [text = ''] = [...sarif(report({ findings }), renderContext())]
  expect(gzipSync(text).length).toBeLessThanOrEqual(sarifLimits.gzipBytes)
  const { properties, results } = JSON.parse(text).runs[0]
  expect(results.length).toBeGreaterThan(300)
  expect(results.length + properties.leftOut).toBe(600)
})
