/** The report as one page that needs nothing else: no request, no storage, and without its script still everything to read. */
import { createHash } from 'node:crypto'
import type { Gap, Report } from '../findings.ts'
import { filterForm } from './html-filters.ts'
import { itemMarkup, mostItems } from './html-findings.ts'
import { findingsByImage, imageMarkup } from './html-images.ts'
import { anchor, type Markup, markup } from './html-markup.ts'
import { script } from './html-script.ts'
import { style } from './html-style.ts'
import { itemsOf } from './items.ts'
import { json } from './json.ts'
import { placeText } from './places.ts'
import type { RenderContext, Renderer } from './renderer.ts'
import { responseLines, responseWords } from './responses.ts'
import { withoutSecrets } from './secret-lines.ts'
import { coverageLines, policyLine } from './totals.ts'
import { count, shortDigests, shortSubject, verdictMarks, verdictWords } from './words.ts'

const mostImages = 1_000
const mostResponses = 200
const mostGaps = 1_000
const mostSkipped = 500
const mostPlaces = 5

export const html: Renderer = function* (report, given) {
  const context: RenderContext = { ...given, lines: withoutSecrets(report, given) }
  const items = itemsOf(report.findings, context)
  yield head(report)
  yield verdict(report).html
  yield '<main>'
  if (report.gaps.length > 0) yield gaps(report.gaps, context).html
  yield markup`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${report.findings.length}</small></h2>`
    .html
  if (items.length === 0) yield '<p>None.</p>'
  else {
    yield filterForm(report.findings).html
    yield '<div class="list" id="findings" role="list">'
    for (const [index, item] of items.slice(0, mostItems).entries()) yield itemMarkup(item, index, context).html
    yield '\n</div>'
    if (items.length > mostItems) yield markup`<p>${items.length - mostItems} more, the least important, are in the page’s data.</p>`.html
  }
  yield '</section>'
  if (report.subjects.length > 0) {
    yield markup`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${report.subjects.length}</small></h2><div class="list" role="list">`
      .html
    const findings = findingsByImage(report.findings)
    for (const image of report.subjects.slice(0, mostImages)) yield imageMarkup(image, findings, context).html
    yield '\n</div>'
    if (report.subjects.length > mostImages) yield markup`<p>${report.subjects.length - mostImages} more are in the page’s data.</p>`.html
    yield '</section>'
  }
  if (report.responses !== undefined) yield responses(report).html
  yield '</main>'
  yield foot(report, given).html
  yield `<script type="application/json" id="report">${embedded(report, given)}</script>\n<script>${script}</script>\n</body>\n</html>\n`
}

/** In a script element `<` could end it or begin a comment: in JSON it is only ever in strings, where an escape is the same. */
function embedded(report: Report, context: RenderContext): string {
  return [...json(report, context)].join('').replaceAll('<', '\\u003c')
}

/** Content Security Policy Level 3: nothing but these two texts, byte for byte. */
function head({ verdict: word }: Report): string {
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${verdictWords[word]} · Portcullis report</title>
<style>${style}</style>
</head>
<body>
`
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function verdict({ reasons, summary, verdict: word }: Report): Markup {
  const severity = (['critical', 'high', 'medium', 'low'] as const).map(
    (each) => markup`<li class="${each}"><b>${summary[each]}</b> ${each}</li>`,
  )
  const rest = [
    ...(summary.unknown > 0 ? [markup`<li><b>${summary.unknown}</b> unknown</li>`] : []),
    markup`<li><b>${summary.blocking}</b> blocking</li>`,
    ...(summary.existing > 0 ? [markup`<li><b>${summary.existing}</b> on the base</li>`] : []),
    ...(summary.waived > 0 ? [markup`<li><b>${summary.waived}</b> waived</li>`] : []),
    ...(summary.gaps > 0 ? [markup`<li><b>${summary.gaps}</b> not verified</li>`] : []),
  ]
  return markup`<header class="top"><div class="verdict ${word}"><h1>${verdictMarks[word]} ${verdictWords[word]} <small>Portcullis</small></h1><ul>${reasons.map((reason) => markup`<li>${shortDigests(reason)}</li>`)}</ul></div>
<ul class="counts">${severity}${rest}</ul></header>\n`
}

function gaps(all: readonly Gap[], context: RenderContext): Markup {
  const rows = all.slice(0, mostGaps).map(({ locations, message, subject }) => {
    const places = locations
      .slice(0, mostPlaces)
      .map((location) => markup`<div>${anchor(context.link?.(location), placeText(location))}</div>`)
    const more = locations.length - places.length
    return markup`<div class="gap" role="listitem"><code>${shortSubject(subject)}</code> <span>${shortDigests(message)}</span><div class="where">${places}${more > 0 ? markup`<div>+${more}</div>` : undefined}</div></div>`
  })
  return markup`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${all.length}</small></h2>
<div class="list" role="list">${rows}</div>
${all.length > mostGaps ? markup`<p>${all.length - mostGaps} more are in the page’s data.</p>` : undefined}</section>`
}

function responses(report: Report): Markup {
  const lines = responseLines(report)
  const rows = lines
    .slice(0, mostResponses)
    .map(
      ({ action, state, condition, detail, subjects }) =>
        markup`<div class="gap" role="listitem"><code>${action}</code> <span>${responseWords[state]}: ${condition}</span><div class="where">${subjects.slice(0, mostPlaces).map((subject) => markup`<div>${subject}</div>`)}<div>${detail}</div></div></div>`,
    )
  const more = lines.length - rows.length
  return markup`\n<section aria-labelledby="responses-title"><h2 id="responses-title">Responses <small>${lines.length}</small></h2>
<div class="list" role="list">${rows}</div>
${more > 0 ? markup`<p>${more} more are in the page’s data.</p>` : undefined}</section>`
}

function foot(report: Report, { version }: RenderContext): Markup {
  const skipped = report.coverage.skippedFiles ?? []
  const list = skipped.slice(0, mostSkipped).map(({ file, reason }) => markup`<li><code>${file}</code>: ${reason}</li>`)
  const more = skipped.length - list.length
  return markup`<footer>${[...coverageLines(report), policyLine(report)].filter((line) => line !== '').map((line) => markup`<div>${line}</div>`)}
${list.length === 0 ? undefined : markup`<details><summary>${count(skipped.length, 'skipped file')}</summary><ul>${list}${more > 0 ? markup`<li>${more} more</li>` : undefined}</ul></details>`}
<p>Portcullis ${version} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`
}
