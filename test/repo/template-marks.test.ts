import { expect, test } from 'vitest'
import { markTemplate, readMarks } from '../../src/repo/render/template-marks.ts'

const marked = (text: string) => markTemplate(text, 3).split('\n')

test('keys and list items bear a mark with their file and line', () => {
  expect(marked('a: 1\n  - b: {{ .Values.b }}\n  - c\n"q": x\n')).toEqual([
    'a: 1 #@portcullis:3:1',
    '  - b: {{ .Values.b }} #@portcullis:3:2',
    '  - c #@portcullis:3:3',
    '"q": x #@portcullis:3:4',
    '',
  ])
})

test.each([
  ['actions alone', '{{- if .Values.a }}'],
  ['an action over several lines', 'a: {{ include\n  "b" . }}'],
  ['an action that trims what follows it', 'a: {{ .Values.a -}}'],
  ['a comment', '# a: 1'],
  ['a quoted scalar that goes on', 'a: "b'],
  ['text', 'just text'],
  ['a flow map', '- {a: b}'],
])('%s bear none', (_, text) => {
  expect(marked(text)).toEqual(text.split('\n'))
})

test('the lines of a block scalar are content, its key bears a mark', () => {
  expect(marked('a: |\n  b: 1\n\n  c: 2\nd: >-\n  e: 3\nf: 1\n').map((line) => line.includes('#@'))).toEqual([
    true,
    false,
    false,
    false,
    true,
    false,
    true,
    false,
  ])
})

test('marks are read back from lines that are the same, and across lines that differ', () => {
  const clean = ['a: 1', 'hash: 0123', 'extra: x', 'b:', '  - c']
  const other = ['a: 1 #@portcullis:0:7', 'hash: 4567 #@portcullis:0:8', 'another: y #@portcullis:0:9', 'b: #@portcullis:1:2', '  - c']
  expect(readMarks(clean, other)).toEqual([
    { fileNumber: 0, line: 7 },
    { fileNumber: 0, line: 8 },
    undefined,
    { fileNumber: 1, line: 2 },
    undefined,
  ])
})
