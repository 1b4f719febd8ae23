import { describe, expect, test } from 'vitest'
import { commentPlace, readMarker, renderComment } from '../../src/report/comment.ts'
import { commentLimit } from '../../src/report/markdown.ts'
import { writeMarker } from '../../src/report/marker.ts'
import { nastyStrings } from '../builders/nasty.ts'
import { finding, place, privilegedText, renderContext, vulnerability } from '../builders/report.ts'

const context = renderContext({}, { rules: new Map([[privilegedText.id, privilegedText]]) })

describe('the marker', () => {
  test.each(nastyStrings(300))('with the fingerprint %j is read as it was written', (text) => {
    const marker = writeMarker([text, 'second'])
    expect(marker).toMatch(/^<!-- portcullis:[\w.!~*'()%,]* -->$/)
    expect(readMarker(`some text\n\n${marker}\n`)).toEqual([text.toWellFormed(), 'second'].filter((each) => each !== ''))
  })

  test('is the last line, whatever ends the lines', () => expect(readMarker('text\r\n\r\n<!-- portcullis:a,b -->\r\n')).toEqual(['a', 'b']))

  test.each([
    'no marker',
    '<!-- portcullis:a -->\nquoted above',
    '> <!-- portcullis:a -->',
    'text <!-- portcullis:a -->',
    '<!-- portcullis:a --> text',
    '<!-- portcullis:a--> -->',
    '<!-- portcullis:%zz -->',
    '<!-- portcullis:%FF -->',
    '<!-- portcullis:a,,b -->',
    '',
  ])('is not in %j', (body) => expect(readMarker(body)).toBeUndefined())
})

test('findings of one line are one comment, and its marker names all of them', () => {
  const body = renderComment([finding({ fingerprint: 'a' }), finding({ rule: 'pod/root', fingerprint: 'b' })], context)
  expect(body).toContain('`pod/privileged`')
  expect(body).toContain('`pod/root`')
  expect(readMarker(body)).toEqual(['a', 'b'])
})

test('the text of the rule says why and how', () => {
  const body = renderComment([finding()], context)
  expect(body).toContain(`**Why:** ${privilegedText.why}`)
  expect(body).toContain('**Fix:** Remove `privileged: true` and add')
})

test('a package of an image is one part with a row for each advisory', () => {
  const body = renderComment(
    [
      vulnerability('CVE-1', { fixed: '2' }, { severity: 'critical', score: 9.8 }),
      vulnerability('CVE-2', { fixed: '2' }),
      vulnerability('ZED-3', {}),
    ],
    context,
  )
  expect(body.match(/^\*\*/gm)).toHaveLength(1)
  expect(body).toContain('**1 critical, 2 high** · `openssl 1.1.1d-r0 → 2` · blocks the merge')
  expect(body.match(/^\| .*-\d`.*$/gm)).toEqual([
    '| [`CVE-1`](https://osv.dev/vulnerability/CVE-1) | critical | 9.8 | `2` | openssl is vulnerable |',
    '| [`CVE-2`](https://osv.dev/vulnerability/CVE-2) | high |  | `2` | openssl is vulnerable |',
    '| `ZED-3` | high |  | no fix | openssl is vulnerable |',
  ])
  expect(body).toContain('for 1 of 3 no fix is known')
})

describe('a suggestion', () => {
  const suggestion = { startLine: 12, endLine: 13, replacement: 'a: ```\nb: ````x' }

  test('has a fence that its content cannot close', () => {
    expect(renderComment([finding({ suggestion })], context)).toContain('\n`````suggestion\na: ```\nb: ````x\n`````\n')
  })

  test('sets the lines of the comment', () => {
    expect(commentPlace([finding({ suggestion, locations: [place('a.yaml', 12, 3, 9)] })])).toEqual({
      file: 'a.yaml',
      startLine: 12,
      endLine: 13,
    })
  })

  test('of the worst finding is the one that is offered', () => {
    const low = finding({ severity: 'low', blocking: false, suggestion: { startLine: 1, endLine: 1, replacement: 'low' } })
    const body = renderComment([low, finding({ suggestion })], context)
    expect(body.match(/suggestion\n/g)).toHaveLength(1)
    expect(body).toContain('b: ````x')
  })
})

test('without a suggestion the comment stands at the first location, without one it has no place', () => {
  expect(commentPlace([finding({ locations: [] }), finding({ locations: [place('a.yaml', 7, 2, 5), place('b.yaml', 1)] })])).toEqual({
    file: 'a.yaml',
    startLine: 7,
    endLine: 7,
  })
  expect(commentPlace([finding({ locations: [] })])).toBeUndefined()
})

test('the limit of a comment holds, and the marker stays whole', () => {
  const findings = Array.from({ length: 500 }, (_, index) =>
    finding({ rule: `a/${index}`, fingerprint: `f${index}`, message: 'x'.repeat(600) }),
  )
  const body = renderComment(findings, context)
  expect(body.length).toBeLessThanOrEqual(commentLimit)
  expect(body).toMatch(/_\d+ more findings left out for length\._/)
  expect(readMarker(body)).toHaveLength(500)
})
