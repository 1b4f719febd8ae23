/** The page's own script: filters, sorting, arrow keys, links to a finding, paper. It makes no markup from text, asks nothing of a network, and keeps nothing. */
export const script = `(() => {
'use strict'
const list = document.getElementById('findings')
const form = document.getElementById('filters')
const data = document.getElementById('report')
const items = list === null ? [] : [...list.children].map((element) => {
  const { check, count, files, order, rule, severity, state, subject } = element.dataset
  return { element, check, count: Number(count), files: files === '' ? [] : files.split(' ').map(decodeURIComponent), order: Number(order), rule, severity: severity.split(' '), state, subject, text: undefined }
})
const all = items.reduce((sum, item) => sum + item.count, 0)
const compare = (left, right) => (left < right ? -1 : left > right ? 1 : 0)
const keys = { path: (item) => item.files[0] ?? '\\uffff', rule: (item) => item.rule, subject: (item) => item.subject }

function matches(item, wanted) {
  if (!item.severity.some((severity) => wanted.severities.has(severity))) return false
  if (wanted.states !== undefined && !wanted.states.has(item.state)) return false
  if (wanted.check !== '' && item.check !== wanted.check) return false
  if (wanted.subject !== '' && item.subject !== wanted.subject) return false
  if (wanted.path !== '' && !item.files.some((file) => file.toLowerCase().includes(wanted.path))) return false
  if (wanted.text === '') return true
  item.text ??= item.element.textContent.toLowerCase()
  return item.text.includes(wanted.text)
}

function update() {
  const values = new FormData(form)
  const text = (name) => String(values.get(name) ?? '').trim().toLowerCase()
  const wanted = {
    severities: new Set(values.getAll('severity')),
    states: form.elements.namedItem('state') === null ? undefined : new Set(values.getAll('state')),
    check: String(values.get('check') ?? ''),
    subject: String(values.get('subject') ?? ''),
    path: text('path'),
    text: text('text'),
  }
  let shown = 0
  for (const item of items) {
    const isShown = matches(item, wanted)
    item.element.hidden = !isShown
    if (isShown) shown += item.count
  }
  const key = keys[String(values.get('sort'))]
  const sorted = [...items].sort((left, right) => (key === undefined ? 0 : compare(key(left), key(right))) || left.order - right.order)
  if (sorted.some((item, index) => list.children[index] !== item.element)) list.append(...sorted.map((item) => item.element))
  document.getElementById('shown').textContent = shown === all ? all + ' shown' : shown + ' of ' + all + ' shown'
}

function openTarget() {
  const target = document.getElementById(decodeURIComponentSafely(location.hash.slice(1))) ?? document.getElementById(location.hash.slice(1))
  if (target instanceof HTMLDetailsElement) {
    target.open = true
    target.scrollIntoView()
  }
}

function decodeURIComponentSafely(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

if (form !== null && items.length > 0) {
  form.hidden = false
  document.getElementById('bar').hidden = false
  // On a phone the findings come first.
  form.querySelector('details').open = matchMedia('(min-width: 40rem)').matches
  const setAll = (open) => {
    for (const { element } of items) if (!element.hidden) element.querySelector('details').open = open
  }
  document.getElementById('unfold').addEventListener('click', () => setAll(true))
  document.getElementById('fold').addEventListener('click', () => setAll(false))
  form.addEventListener('input', update)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(update))
  update()
}

// Arrow keys go from one summary to the next of the same list.
document.addEventListener('keydown', (event) => {
  const summary = event.target
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || !(summary instanceof HTMLElement) || summary.tagName !== 'SUMMARY' || event.altKey || event.ctrlKey || event.metaKey) return
  const summaries = [...document.querySelectorAll('.list > :not([hidden]) > details > summary')]
  const next = summaries[summaries.indexOf(summary) + step]
  if (!summaries.includes(summary) || next === undefined) return
  event.preventDefault()
  next.focus()
})

const save = document.getElementById('save')
if (save !== null && data !== null) {
  save.hidden = false
  save.addEventListener('click', () => {
    const address = URL.createObjectURL(new Blob([JSON.stringify(JSON.parse(data.textContent), null, 2)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = address
    link.download = 'portcullis-report.json'
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
  })
}

// Paper cannot be unfolded.
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const details of folded) details.open = true
})
addEventListener('afterprint', () => {
  for (const details of folded) details.open = false
})
addEventListener('hashchange', openTarget)
openTarget()
})()
`
