import { expect, test } from 'vitest'
import { readPatch, readPullFile } from '../../../src/publish/github/diff.ts'
import { diffLines } from '../../builders/github/diff.ts'
import { numbered } from './replay.ts'

const lines = (patch: string) => [...(readPatch(patch)?.lines ?? [])]

test('added and context lines have the numbers of the right side, removed lines have none', () => {
  const patch = '@@ -3,4 +3,4 @@ spec:\n context\n-removed\n+added\n context\n \n@@ -20 +20,2 @@\n one\n+two'
  expect(lines(patch)).toEqual([
    [3, 'context'],
    [4, 'added'],
    [5, 'context'],
    [6, ''],
    [20, 'one'],
    [21, 'two'],
  ])
  expect([...(readPatch(patch)?.hunks.values() ?? [])]).toEqual([0, 0, 0, 0, 1, 1])
})

test('a missing final line end is not a line, and a carriage return is not text', () => {
  expect(lines('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\r\n\\ No newline at end of file')).toEqual([[1, 'b']])
})

test('text that looks like a header inside of a hunk is text', () => {
  expect(lines('@@ -0,0 +1,2 @@\n+@@ -1 +1 @@\n++++ b/other')).toEqual([
    [1, '@@ -1 +1 @@'],
    [2, '+++ b/other'],
  ])
})

test.each([
  ['no header', ' context'],
  ['a hunk that ends early', '@@ -1,3 +1,3 @@\n one\n two'],
  ['a hunk that goes on', '@@ -1 +1 @@\n one\n two'],
  ['more added lines than it says', '@@ -1,2 +1,1 @@\n one\n+two'],
  ['an unknown kind of line', '@@ -1 +1 @@\n*one'],
  ['hunks that go back', '@@ -9 +9 @@\n nine\n@@ -1 +1 @@\n one'],
  ['numbers without an end', '@@ -1 +99999999999999999999 @@\n one'],
])('a patch with %s is not used at all', (_case, patch) => {
  expect(readPatch(patch)).toBeUndefined()
})

test('the diffs of the stand-in are read as it made them', () => {
  const { text, right } = diffLines(numbered(60), numbered(60, { 5: 'five', 30: 'thirty\nand more', 60: 'sixty' }))
  expect(new Set(readPatch(text)?.lines.keys())).toEqual(right)
})

test('a file without a name, or with a status that GitHub does not have, is refused', () => {
  expect(readPullFile({ filename: 'a', status: 'renamed', previous_filename: 'b' })).toEqual({
    path: 'a',
    previousPath: 'b',
    status: 'renamed',
  })
  expect(() => readPullFile({ filename: '', status: 'added' })).toThrow('without a name or a status')
  expect(() => readPullFile({ filename: 'a', status: 'exploded' })).toThrow('without a name or a status')
  expect(() => readPullFile(null)).toThrow('without a name or a status')
})
