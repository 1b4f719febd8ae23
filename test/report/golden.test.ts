/** Each format as a file that a person can read; `npm run golden` writes them anew. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { renderComment } from '../../src/report/comment.ts'
import { exampleReport } from '../builders/report.ts'
import { renderers } from '../builders/report-renderers.ts'

const { report, context } = exampleReport()
const render = (format: keyof typeof renderers, some = {}) => [...renderers[format](report, { ...context, ...some })].join('')
const colourful = () => render('text', { colour: true, width: 80 }).replaceAll('\x1b', '␛')

const goldens: Readonly<Record<string, () => string>> = {
  'report.json': () => render('json'),
  'report.md': () => render('markdown'),
  'report.sarif': () => render('sarif'),
  'report.txt': () => render('text'),
  'report-narrow.txt': () => render('text', { width: 50 }),
  'report-colour.txt': colourful,
  'comment.md': () => renderComment(report.findings.slice(0, 6), context),
  'comment-suggestion.md': () => renderComment(report.findings.slice(6, 7), context),
}

for (const [name, content] of Object.entries(goldens)) {
  test(`the example is told as in golden/${name}`, async () => {
    const path = fileURLToPath(new URL(`golden/${name}`, import.meta.url))
    if (process.env.GOLDEN === 'write') await writeFile(path, content())
    expect(content()).toBe(await readFile(path, 'utf8'))
  })
}
