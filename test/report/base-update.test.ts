import { describe, expect, test } from 'vitest'
import { baseUpdateLine } from '../../src/report/base-update.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { text } from '../../src/report/text.ts'
import { image, renderContext, report, vulnerability } from '../builders/report.ts'

const update = (fixes: readonly string[], adds: readonly string[] = [], reference = 'alpine:3.20.6') => ({
  current: 'alpine:3.20.3',
  proposed: { reference, digest: `sha256:${'3c'.repeat(32)}` },
  fixes,
  adds,
})
const findings = [
  vulnerability('CVE-1'),
  vulnerability('CVE-1', { name: 'libssl' }),
  vulnerability('CVE-2', {}, { severity: 'medium' }),
  vulnerability('CVE-3'),
  vulnerability('CVE-2', {}, { severity: 'critical', subject: `other@sha256:${'2b'.repeat(32)}` }),
]

describe('a newer base', () => {
  test.each([
    [update(['CVE-1', 'CVE-2']), 'a newer base alpine:3.20.6 would clear 1 high, 1 medium'],
    [update(['CVE-3'], ['CVE-9']), 'a newer base alpine:3.20.6 would clear 1 high, and bring 1 that is not there now'],
    [update([]), 'a newer base alpine:3.20.6 would clear no vulnerability'],
  ])('%j', (baseUpdate, line) => {
    expect(baseUpdateLine(image({ baseUpdate }), findings)).toBe(line)
  })

  test('is one line of its image in text and markdown, with what it is called escaped', () => {
    const baseUpdate = update(['CVE-3'], [], 'x:1|\u001b[2J<b>')
    const whole = report({ findings, subjects: [image({ baseUpdate })] })
    const [terminal, markdown] = [[...text(whole, renderContext())].join(''), renderMarkdown(whole, renderContext(), 10_000)]
    expect([terminal, markdown].map((output) => output.match(/a newer base.*would clear 1 high/gu)?.length)).toEqual([1, 1])
    expect(terminal).not.toContain('\u001b[2J')
    expect(markdown).not.toMatch(/<b>|1\|/u)
  })

  test('is not spoken of where it was not asked for', () => {
    expect([...text(report({ findings, subjects: [image()] }), renderContext())].join('')).not.toContain('newer base')
  })
})
