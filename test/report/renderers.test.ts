import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { withoutTexts } from '../../src/report/renderers.ts'
import { exampleReport } from '../builders/report.ts'
import { renderers } from '../builders/report-renderers.ts'

test('the list has every renderer of its folder', async () => {
  const folder = fileURLToPath(new URL('../../src/report/', import.meta.url))
  const found: string[] = []
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts'))) {
    const source = await readFile(folder + file, 'utf8')
    found.push(...[...source.matchAll(/^export const (\w+): Renderer\b/gm)].map((match) => match[1] ?? ''))
  }
  expect(Object.keys(renderers)).toEqual(found.sort())
})

test.each(Object.entries(renderers))('%s gives the same bytes for an equal report', (_, render) => {
  const [one, other] = [exampleReport(), exampleReport()]
  expect([...render(one.report, one.context)].join('')).toBe([...render(other.report, other.context)].join(''))
})

test.each(['markdown', 'sarif', 'text'] as const)('%s does not depend on the order of the findings', (format) => {
  const { report, context } = exampleReport()
  const reversed = { ...report, findings: report.findings.toReversed() }
  expect([...renderers[format](reversed, context)].join('')).toBe([...renderers[format](report, context)].join(''))
})

test('the formats that need no texts of rules are those that say the same without them', () => {
  const { report, context } = exampleReport()
  const same = Object.entries(renderers)
    .filter(([, render]) => [...render(report, context)].join('') === [...render(report, { ...context, rules: new Map() })].join(''))
    .map(([format]) => format)
  expect(same).toEqual([...withoutTexts])
})
