/** Findings of the page: one item a finding or a package, folded but for what blocks. */

import { type Finding, type Location, severities } from '../findings.ts'
import { contentParts } from './content-place.ts'
import { type Group, versionStep } from './group.ts'
import { fixOf, helpOf } from './help.ts'
import { codeLines } from './html-code.ts'
import { anchor, type Markup, markup, prose } from './html-markup.ts'
import type { Item } from './items.ts'
import { placeText } from './places.ts'
import type { RenderContext } from './renderer.ts'
import { confidenceText, riskWords } from './risk.ts'
import { checkWords, ratingWords, severityCounts, shortDigest, shortSubject } from './words.ts'

/** More than these would make a page that no browser likes; the rest is in the page's data. */
export const mostItems = 3_000
const mostOpen = 10
const mostCode = 3
const mostReferences = 8

/** No `li`: hiding thousands of list items makes a browser number the rest anew each time, which takes minutes. `data-…` attributes are what the page's script filters and sorts by. */
export function itemMarkup({ group, locations }: Item, index: number, context: RenderContext): Markup {
  const [first] = group.findings
  const present = severities.filter((severity) => group.findings.some((finding) => finding.severity === severity))
  const files = [...new Set(locations.map((location) => location.file))]
  return markup`
<div class="finding" role="listitem" data-severity="${present.join(' ')}" data-check="${first.check}" data-state="${first.state}" data-subject="${first.subject}" data-files="${files.map((file) => encodeURIComponent(file.toWellFormed())).join(' ')}" data-rule="${first.rule}" data-order="${String(index)}" data-count="${String(group.findings.length)}">
<details id="${`finding-${encodeURIComponent(first.fingerprint.toWellFormed())}`}"${first.blocking && index < mostOpen ? markup` open` : undefined}>
<summary><span class="severity ${first.severity}">${first.severity}</span> <span class="what">${titleOf(group)}</span> <span class="where">${whereOf(locations, first)}</span></summary>
<div class="body">
${group.package === undefined ? ruleBody(group, context) : packageBody(group, context)}
${placesMarkup(locations, context)}
</div>
</details>
</div>`
}

function titleOf(group: Group): Markup {
  const [first] = group.findings
  const risk = riskWords(group.findings)
  const flags = [
    first.blocking ? markup` <span class="flag blocks">blocks</span>` : undefined,
    group.findings.some((finding) => finding.knownExploited === true) ? markup` <span class="flag">known exploited</span>` : undefined,
    first.state === 'new' ? undefined : markup` <span class="flag">${stateOf(first)}</span>`,
    risk === '' ? undefined : markup` <span class="flag">${risk}</span>`,
  ]
  if (group.package === undefined) return markup`<code>${first.rule}</code> ${first.message || first.title}${flags}`
  const counts = group.findings.length === 1 ? first.rule : severityCounts(group.findings)
  return markup`<code>${versionStep(group.package)}</code> ${counts}${flags}`
}

function stateOf({ state, waiver }: Finding): string {
  if (state === 'existing') return 'on the base'
  return waiver === undefined ? 'waived' : `waived until ${waiver.until}`
}

function whereOf(locations: readonly Location[], { subject }: Finding): Markup {
  const [location, ...also] = locations
  if (location === undefined) return markup`${shortSubject(subject)}`
  return markup`${placeText(location)}${also.length === 0 ? undefined : ` +${also.length}`}`
}

function ruleBody(group: Group, context: RenderContext): Markup {
  const [first] = group.findings
  const { general, references, why } = helpOf(first, context)
  const links = references.slice(0, mostReferences).map((address) => markup`<li>${anchor(address, address)}</li>`)
  return markup`<dl>
<dt>Subject</dt><dd><code>${first.subject}</code></dd>
<dt>Check</dt><dd>${checkWords[first.check]}</dd>
${contentParts(first.content ?? {}).map(({ label, text }) => markup`<dt>${label}</dt><dd>${label === 'Removed' ? text : markup`<code>${text}</code>`}</dd>\n`)}<dt>Why</dt><dd>${general ? why : prose(why)}</dd>
<dt>Fix</dt><dd>${general ? fixOf(group, context) : prose(fixOf(group, context))}</dd>
${riskRows(group.findings)}${waiverRows(first)}${links.length === 0 ? undefined : markup`<dt>More</dt><dd><ul class="links">${links}</ul></dd>`}
</dl>
${first.suggestion === undefined ? undefined : markup`<p class="label">Suggested for ${linesText(first.suggestion)}</p><pre class="suggestion">${first.suggestion.replacement}</pre>`}`
}

function packageBody(group: Group, context: RenderContext): Markup {
  const [first] = group.findings
  const affected = first.package
  return markup`<dl>
<dt>Image</dt><dd><code>${first.subject}</code></dd>
${affected?.layer === undefined ? undefined : markup`<dt>Layer</dt><dd><code>${shortDigest(affected.layer)}</code>${affected.instruction === undefined ? undefined : markup` by <code>${affected.instruction}</code>`}</dd>`}
${affected?.path === undefined ? undefined : markup`<dt>File</dt><dd><code>${affected.path}</code></dd>`}
<dt>Fix</dt><dd>${fixOf(group, context)}</dd>
${riskRows(group.findings)}${waiverRows(first)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${affected?.name ?? 'the package'}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th>Rating</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${group.findings.map(advisoryRow)}</tbody></table></div>`
}

function advisoryRow(finding: Finding): Markup {
  const { aliases, package: affected, references, rule, severity, title } = finding
  const others = (aliases ?? []).filter((alias) => alias !== rule).slice(0, 4)
  const host = references?.find((address) => URL.canParse(address) && address.startsWith('https:'))
  return markup`<tr><td>${rule}${others.length === 0 ? undefined : markup` <small>${others.join(', ')}</small>`}</td><td><span class="severity ${severity}">${severity}</span></td><td>${ratingWords(finding, true)}</td><td>${affected?.fixed ?? 'no fix'}</td><td>${title}${host === undefined ? undefined : markup` <small>${anchor(host, new URL(host).host)}</small>`}</td></tr>`
}

/** The highest of the findings, with all that makes it. */
export function riskRows(all: readonly Pick<Finding, 'risk'>[]): Markup | undefined {
  const worst = all.flatMap(({ risk }) => risk ?? []).toSorted((left, right) => right.risk_score - left.risk_score)[0]
  if (worst === undefined) return undefined
  const parts = worst.parts.map(({ name, points, because }) => markup`<li>${name} ${points}: ${because}</li>`)
  const actions = worst.recommended_actions.map((action) => markup`<li>${action}</li>`)
  return markup`<dt>Risk</dt><dd>${worst.risk_score} of 100, ${confidenceText(worst)}<ul>${parts}</ul></dd>
${actions.length === 0 ? undefined : markup`<dt>What to do</dt><dd><ul>${actions}</ul></dd>\n`}`
}

function waiverRows({ waiver }: Finding): Markup | undefined {
  if (waiver === undefined) return undefined
  return markup`<dt>Waived</dt><dd>until ${waiver.until} by ${waiver.owner}: ${waiver.reason}</dd>`
}

function placesMarkup(locations: readonly Location[], context: RenderContext): Markup {
  const shown = locations.slice(0, mostCode).map((location) => {
    return markup`<p class="label">${anchor(context.link?.(location), placeText(location))}</p>${codeLines(context.lines(location.file), location)}`
  })
  const rest = locations.slice(mostCode).map((location) => markup`<li>${anchor(context.link?.(location), placeText(location))}</li>`)
  return markup`${shown}${rest.length === 0 ? undefined : markup`<details class="more"><summary>${rest.length} more places</summary><ul>${rest}</ul></details>`}`
}

function linesText({ endLine, startLine }: { readonly startLine: number; readonly endLine: number }): string {
  return endLine > startLine ? `lines ${startLine} to ${endLine}` : `line ${startLine}`
}
