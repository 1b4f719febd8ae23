import { expect, test } from 'vitest'
import { json } from '../../src/report/json.ts'
import { exampleReport, finding, place, renderContext, report, vulnerability } from '../builders/report.ts'

const render = (some: Parameters<typeof report>[0]) => [...json(report(some), renderContext())].join('')

test('the keys of a finding stand in the order of the contract, whatever order they came in', () => {
  const shuffled = Object.fromEntries(
    Object.entries(
      vulnerability(
        'CVE-2020-1967',
        { fixed: '2' },
        { score: 7.5, aliases: ['GHSA-1'], references: ['https://example.com'], suggestion: { startLine: 1, endLine: 1, replacement: '' } },
      ),
    ).reverse(),
  ) as unknown as ReturnType<typeof finding>
  const keys = Object.keys(JSON.parse(render({ findings: [shuffled] })).findings[0])
  expect(keys).toEqual([
    ...['rule', 'check', 'severity', 'score', 'title', 'message', 'subject', 'package', 'aliases', 'references'],
    ...['locations', 'suggestion', 'state', 'blocking', 'fingerprint'],
  ])
})

test('the keys of the report stand in the order of the contract', () => {
  expect(Object.keys(JSON.parse(render({})))).toEqual([
    'schema',
    'verdict',
    'reasons',
    'summary',
    'subjects',
    'findings',
    'gaps',
    'coverage',
    'policy',
  ])
})

test('a key without a value is left out, a key that the contract does not know comes last, what rooms hand each other does not come', () => {
  const odd = {
    ...finding({ locations: [place('a.yaml', 1)] }),
    score: undefined,
    aliases: [],
    anchor: 'x',
    zebra: 1,
  } as unknown as ReturnType<typeof finding>
  const [read] = JSON.parse(render({ findings: [odd] })).findings
  expect(Object.keys(read)).toEqual([
    'rule',
    'check',
    'severity',
    'title',
    'message',
    'subject',
    'locations',
    'state',
    'blocking',
    'fingerprint',
    'zebra',
  ])
  expect(read.locations).toEqual([{ file: 'a.yaml', startLine: 1, endLine: 1 }])
})

test('every value of the example comes back from the text', () => {
  const { report: example, context } = exampleReport()
  expect(JSON.parse([...json(example, context)].join(''))).toEqual(JSON.parse(JSON.stringify(example)))
})

test('control, bidi and command characters are escapes in the text and themselves in the value', () => {
  const message = '\u001b]8;;x\u0007 \u009b31m \u202e ##[add-mask]x \u2028 __proto__ \ud83d'
  const text = render({ findings: [finding({ message })] })
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]|##\[/)
  expect(JSON.parse(text).findings[0].message).toBe(message)
})
