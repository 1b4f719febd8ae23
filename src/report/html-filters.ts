/** The form that filters and sorts the findings. Hidden until the page's script runs: without it everything is shown. */
import { type Finding, severities } from '../findings.ts'
import { type Markup, markup } from './html-markup.ts'
import { compareText } from './order.ts'
import { checksInOrder, checkWords, shortSubject } from './words.ts'

const states = { new: 'new', existing: 'on the base', waived: 'waived' } as const

const checksOfImages: ReadonlySet<string> = new Set(['vulnerability', 'malware', 'secret', 'image-config', 'signature', 'attestation'])

export function filterForm(findings: readonly Finding[]): Markup {
  const presentSeverities = severities.filter((severity) => findings.some((finding) => finding.severity === severity))
  const presentChecks = checksInOrder.filter((check) => findings.some((finding) => finding.check === check))
  const presentStates = (['new', 'existing', 'waived'] as const).filter((state) => findings.some((finding) => finding.state === state))
  const images = [
    ...new Set(
      findings.filter((finding) => checksOfImages.has(finding.check) && finding.subject.includes('@')).map((finding) => finding.subject),
    ),
  ].sort(compareText)
  const fields = [
    markup`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,
    markup`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,
    select('Check', 'check', [markup`<option value="">all</option>`, ...presentChecks.map((check) => option(check, checkWords[check]))]),
    ...(images.length === 0
      ? []
      : [
          select('Image', 'subject', [markup`<option value="">all</option>`, ...images.map((image) => option(image, shortSubject(image)))]),
        ]),
    select('Sort by', 'sort', [option('order', 'importance'), ...['path', 'rule', 'subject'].map((key) => option(key, key))]),
  ]
  const boxes = [
    fieldset(
      'Severity',
      presentSeverities.map((severity) =>
        box('severity', severity, markup`<span class="severity ${severity}">${severity}</span>`, findings),
      ),
    ),
    ...(presentStates.length < 2
      ? []
      : [
          fieldset(
            'State',
            presentStates.map((state) => box('state', state, markup`${states[state]}`, findings)),
          ),
        ]),
  ]
  return markup`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${fields}</div>
<div class="row">${boxes}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`
}

const option = (value: string, label: string): Markup => markup`<option value="${value}">${label}</option>`

const select = (label: string, name: string, options: readonly Markup[]): Markup =>
  markup`<label>${label} <select name="${name}">${options}</select></label>`

const fieldset = (legend: string, content: readonly Markup[]): Markup => markup`<fieldset><legend>${legend}</legend>${content}</fieldset>`

function box(name: 'severity' | 'state', value: string, label: Markup, findings: readonly Finding[]): Markup {
  const number = findings.filter((finding) => finding[name] === value).length
  return markup`<label class="box"><input type="checkbox" name="${name}" value="${value}" checked> ${label} <small>${number}</small></label>`
}
