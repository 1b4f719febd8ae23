/** The report as a page. */

import { escapeHtml } from './escape.ts'
import type { Renderer } from './renderer.ts'
import { text } from './text.ts'

export const html: Renderer = function* (report, context) {
  yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Portcullis report</title>\n<pre>\n'
  for (const line of text(report, { ...context, colour: false })) yield escapeHtml(line)
  yield '</pre>\n</html>\n'
}
