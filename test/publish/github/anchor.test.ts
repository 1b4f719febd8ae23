import { expect, test } from 'vitest'
import type { Finding } from '../../../src/findings.ts'
import { anchorFindings } from '../../../src/publish/github/anchor.ts'
import { readPatch } from '../../../src/publish/github/diff.ts'
import { diffLines } from '../../builders/github/diff.ts'
import { findingOn, numbered } from './replay.ts'

function anchored(before: string, after: string, findings: readonly Finding[], judged = after) {
  const patch = readPatch(diffLines(before, after).text)
  const { comments, fileComments, elsewhere } = anchorFindings(
    findings,
    [{ path: 'a.yaml', status: 'modified', ...(patch && { patch }) }],
    () => judged.split('\n'),
  )
  return {
    comments: comments.map(({ anchor: { startLine, line }, findings: told, suggested }) => ({
      lines: startLine === line ? [line] : [startLine, line],
      told: told.map(({ fingerprint }) => fingerprint),
      ...(suggested && { suggested: suggested.fingerprint }),
    })),
    onFile: fileComments.flatMap((each) => each.findings.map(({ fingerprint }) => fingerprint)),
    elsewhere: elsewhere.map(({ fingerprint }) => fingerprint),
  }
}

const on = (line: number, more: Partial<Finding> = {}) => findingOn('a.yaml', line, { fingerprint: `at ${line}`, ...more })

test('a finding is told on its line where the diff shows it, and findings of one line are one comment, the worst first', () => {
  const found = anchored(numbered(40), numbered(40, { 20: 'new' }), [
    on(20, { severity: 'low', fingerprint: 'low', blocking: false }),
    on(20, { severity: 'critical', fingerprint: 'critical' }),
  ])
  expect(found).toEqual({ comments: [{ lines: [20], told: ['critical', 'low'] }], onFile: [], elsewhere: [] })
})

test('a finding of many lines is told on the first of them that the diff shows', () => {
  const wide = on(10, { locations: [{ file: 'a.yaml', startLine: 10, endLine: 40 }] })
  expect(anchored(numbered(40), numbered(40, { 20: 'new' }), [wide]).comments).toEqual([{ lines: [17], told: ['at 10'] }])
})

test('a line that the diff does not show is told on the nearest line of its document, and never on one of another document', () => {
  const text = (name: string) => `${numbered(20)}---\n${numbered(20, { 10: name })}`
  const found = anchored(text('line 10'), text('changed'), [on(38), on(3)])
  expect(found).toEqual({ comments: [{ lines: [34], told: ['at 38'] }], onFile: ['at 3'], elsewhere: [] })
})

test('a finding of a build stage is told in its stage', () => {
  const stages = (run: string) => `FROM a\nRUN one\n${numbered(9)}FROM b\n${numbered(5)}RUN ${run}\n${numbered(9)}`
  expect(anchored(stages('two'), stages('three'), [on(25), on(2)])).toEqual({
    comments: [{ lines: [21], told: ['at 25'] }],
    onFile: ['at 2'],
    elsewhere: [],
  })
})

test('a checkout that is merged with a newer base has its lines told where the diff has them', () => {
  const merged = `an older first line\n${numbered(40, { 20: 'new' })}`
  expect(anchored(numbered(40), numbered(40, { 20: 'new' }), [on(21)], merged).comments).toEqual([{ lines: [20], told: ['at 21'] }])
})

test('a hunk that is not in the judged file as a whole is not used', () => {
  const other = numbered(40, { 20: 'new', 22: 'changed on the base as well' })
  expect(anchored(numbered(40), numbered(40, { 20: 'new' }), [on(20)], other)).toEqual({ comments: [], onFile: ['at 20'], elsewhere: [] })
})

test('a suggestion takes the very lines that it replaces, where one hunk shows them all', () => {
  const suggestion = { startLine: 19, endLine: 21, replacement: 'x' }
  const found = anchored(numbered(60), numbered(60, { 20: 'new', 50: 'new' }), [
    on(20, { suggestion }),
    on(50, { fingerprint: 'wide', suggestion: { startLine: 20, endLine: 50, replacement: 'x' } }),
  ])
  expect(found.comments).toEqual([
    { lines: [19, 21], told: ['at 20'], suggested: 'at 20' },
    { lines: [50], told: ['wide'] },
  ])
})

test('what GitHub shows no lines of is told on the file, and what has no place or is not changed is told elsewhere', () => {
  const files = [
    { path: 'a.yaml', status: 'modified' },
    { path: 'gone.yaml', status: 'removed' },
  ] as const
  const findings = [on(1), on(2, { locations: [] }), findingOn('gone.yaml', 3), findingOn('b.yaml', 4)]
  const { comments, fileComments, elsewhere } = anchorFindings(findings, files, () => ['text'])
  expect([comments.length, fileComments.map(({ path }) => path), elsewhere.length]).toEqual([0, ['a.yaml'], 3])
})
