import { expect, test } from 'vitest'
import type { ImagePlace } from '../../src/findings.ts'
import { renderComment } from '../../src/report/comment.ts'
import { contentClause, contentParts } from '../../src/report/content-place.ts'
import { finding, renderContext, report } from '../builders/report.ts'
import { renderers } from '../builders/report-renderers.ts'

const layer = `sha256:${'ab'.repeat(32)}`
const whole: ImagePlace = { path: 'srv/.env', line: 3, layer, instruction: 'COPY . /srv # buildkit', removed: true }
const of = (content: ImagePlace) => [finding({ check: 'image-config', rule: 'image/setuid-file', message: 'it is bad', content })]
const rendered = (format: keyof typeof renderers, content: ImagePlace) =>
  [...renderers[format](report({ findings: of(content) }), renderContext({}, { width: 150 }))].join('')

test.each<[string, ImagePlace, string]>([
  [
    'a file of a layer',
    whole,
    'in <srv/.env:3>, layer <sha256:abababababab>, made by <COPY . /srv # buildkit>, removed by a later layer, and shipped all the same',
  ],
  ['a file alone', { path: 'srv/a' }, 'in <srv/a>'],
  [
    'an instruction of the history',
    { field: 'history', layer, instruction: 'RUN a' },
    'in <history>, layer <sha256:abababababab>, made by <RUN a>',
  ],
  ['a field, which the message names', { field: 'User' }, ''],
])('%s is told in a clause', (_, content, clause) => {
  expect(contentClause(content, (text) => `<${text}>`)).toBe(clause)
})

test('the parts come in the order in which a reader looks', () => {
  expect(contentParts({ ...whole, field: 'Env' }).map(({ label }) => label)).toEqual(['File', 'Field', 'Layer', 'Made by', 'Removed'])
})

test('the terminal and the comment have the clause', () => {
  expect(rendered('text', whole)).toContain('in srv/.env:3, layer sha256:abababababab, made by COPY . /srv # buildkit, removed by a later')
  expect(renderComment(of(whole), renderContext())).toContain(
    'In `srv/.env:3`, layer `sha256:abababababab`, made by `COPY . /srv # buildkit`, removed by a later layer, and shipped all the same.',
  )
  expect(renderComment(of({ field: 'User' }), renderContext())).not.toContain('User')
})

test('the page has a row for each part', () => {
  const page = rendered('html', { ...whole, path: 'srv/<b>' })
  expect(page).toContain('<dt>File</dt><dd><code>srv/&#60;b&#62;:3</code></dd>')
  expect(page).toContain('<dt>Made by</dt><dd><code>COPY . /srv # buildkit</code></dd>')
})

test('SARIF and JSON have it as data', () => {
  expect(JSON.parse(rendered('sarif', whole)).runs[0].results[0].properties.content).toEqual(whole)
  expect(JSON.parse(rendered('json', whole)).findings[0].content).toEqual(whole)
})
