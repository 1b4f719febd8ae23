import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as V}from"./chunk-4ATKIHNG.js";import{B as We,a as Fe,b as E,c as Le,d as w,e as _,f as $,g as C,h as k,i as v,j as W,k as D,l as T,m as z,n as je,o as Ie,q as N,r as F,s as L,t as Pe,u as Ee,v as x,w as _e,x as U,y as q,z as G}from"./chunk-HJ5FJV4K.js";import{a as g,b as ke,c as Re,d as Me,g as Se,h as ee,l as Ce}from"./chunk-SKET7S3O.js";import{a as _t}from"./chunk-JCHH233Y.js";import{a as A}from"./chunk-GT42PBSI.js";import{d as Et}from"./chunk-55CDFFVJ.js";import{createHash as nn}from"node:crypto";function l(e,...t){return{html:e.map((n,i)=>n+Oe(t[i])).join("")}}function Oe(e){return e===void 0?"":typeof e=="string"?Se(e):typeof e=="number"?e.toLocaleString("en-US"):"html"in e?e.html:e.map(Oe).join("")}function te(e){return l`${e.split(/(`[^`]+`)/).map((t,n)=>n%2===1?l`<code>${t.slice(1,-1)}</code>`:t)}`}function R(e,t){if(e===void 0||!URL.canParse(e))return l`${t}`;let n=new URL(e);return n.protocol!=="https:"||n.username!==""||n.password!==""?l`${t}`:l`<a href="${n.href}" rel="noreferrer noopener">${t}</a>`}var Wt={new:"new",existing:"on the base",waived:"waived"},Ot=new Set(["vulnerability","malware","secret","image-config","signature","attestation"]);function De(e){let t=A.filter(s=>e.some(d=>d.severity===s)),n=je.filter(s=>e.some(d=>d.check===s)),i=["new","existing","waived"].filter(s=>e.some(d=>d.state===s)),r=[...new Set(e.filter(s=>Ot.has(s.check)&&s.subject.includes("@")).map(s=>s.subject))].sort(E),o=[l`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,l`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,ne("Check","check",[l`<option value="">all</option>`,...n.map(s=>J(s,z[s]))]),...r.length===0?[]:[ne("Image","subject",[l`<option value="">all</option>`,...r.map(s=>J(s,v(s)))])],ne("Sort by","sort",[J("order","importance"),...["path","rule","subject"].map(s=>J(s,s))])],a=[Be("Severity",t.map(s=>Ae("severity",s,l`<span class="severity ${s}">${s}</span>`,e))),...i.length<2?[]:[Be("State",i.map(s=>Ae("state",s,l`${Wt[s]}`,e)))]];return l`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${o}</div>
<div class="row">${a}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`}var J=(e,t)=>l`<option value="${e}">${t}</option>`,ne=(e,t,n)=>l`<label>${e} <select name="${t}">${n}</select></label>`,Be=(e,t)=>l`<fieldset><legend>${e}</legend>${t}</fieldset>`;function Ae(e,t,n,i){let r=i.filter(o=>o[e]===t).length;return l`<label class="box"><input type="checkbox" name="${e}" value="${t}" checked> ${n} <small>${r}</small></label>`}var Te=3,Bt=12,ie=400;function ze(e,t){if(e[t.startLine-1]===void 0)return;let n=Math.min(t.endLine,t.startLine+Bt-1),i=Math.max(1,t.startLine-Te),r=e.at(-1)===""?e.length-1:e.length,o=Math.max(n,Math.min(r,n+Te)),a=[];for(let s=i;s<=o;s++){let d=s>=t.startLine&&s<=t.endLine,c=e[s-1]??"";a.push(l`<tr${d?At:void 0}><th>${String(s)}</th><td>${d?Dt(c,s,t):re(c)}\n</td></tr>`)}return l`<div class="code" tabindex="0" role="region" aria-label="${`${t.file}, lines ${i} to ${o}`}"><table>${a}</table></div>`}var At=l` class="hit"`;function Dt(e,t,{endColumn:n,endLine:i,startColumn:r,startLine:o}){let a=e.length-e.trimStart().length,s=t===o&&r!==void 0?r-1:a,d=t===i&&n!==void 0?n-1:e.trimEnd().length,c=Math.min(Math.max(0,s),e.length),u=Math.min(Math.max(c,d),e.length),f=e.slice(0,c),p=f.length>ie?`…${f.slice(-80)}`:f;return l`${p}<mark>${re(e.slice(c,u))}</mark>${re(e.slice(u))}`}function re(e){return e.length>ie?`${e.slice(0,ie)}…`:e}var H=3e3,Tt=10,Ne=3,zt=8;function Ue({group:e,locations:t},n,i){let[r]=e.findings,o=A.filter(s=>e.findings.some(d=>d.severity===s)),a=[...new Set(t.map(s=>s.file))];return l`
<div class="finding" role="listitem" data-severity="${o.join(" ")}" data-check="${r.check}" data-state="${r.state}" data-subject="${r.subject}" data-files="${a.map(s=>encodeURIComponent(s.toWellFormed())).join(" ")}" data-rule="${r.rule}" data-order="${String(n)}" data-count="${String(e.findings.length)}">
<details id="${`finding-${encodeURIComponent(r.fingerprint.toWellFormed())}`}"${r.blocking&&n<Tt?l` open`:void 0}>
<summary><span class="severity ${r.severity}">${r.severity}</span> <span class="what">${Nt(e)}</span> <span class="where">${qt(t,r)}</span></summary>
<div class="body">
${e.package===void 0?Gt(e,i):Vt(e,i)}
${Ht(t,i)}
</div>
</details>
</div>`}function Nt(e){let[t]=e.findings,n=[t.blocking?l` <span class="flag blocks">blocks</span>`:void 0,e.findings.some(r=>r.knownExploited===!0)?l` <span class="flag">known exploited</span>`:void 0,t.state==="new"?void 0:l` <span class="flag">${Ut(t)}</span>`];if(e.package===void 0)return l`<code>${t.rule}</code> ${t.message||t.title}${n}`;let i=e.findings.length===1?t.rule:$(e.findings);return l`<code>${N(e.package)}</code> ${i}${n}`}function Ut({state:e,waiver:t}){return e==="existing"?"on the base":t===void 0?"waived":`waived until ${t.until}`}function qt(e,{subject:t}){let[n,...i]=e;return n===void 0?l`${v(t)}`:l`${x(n)}${i.length===0?void 0:` +${i.length}`}`}function Gt(e,t){let[n]=e.findings,{general:i,references:r,why:o}=F(n,t),a=r.slice(0,zt).map(s=>l`<li>${R(s,s)}</li>`);return l`<dl>
<dt>Subject</dt><dd><code>${n.subject}</code></dd>
<dt>Check</dt><dd>${z[n.check]}</dd>
<dt>Why</dt><dd>${i?o:te(o)}</dd>
<dt>Fix</dt><dd>${i?L(e,t):te(L(e,t))}</dd>
${qe(n)}${a.length===0?void 0:l`<dt>More</dt><dd><ul class="links">${a}</ul></dd>`}
</dl>
${n.suggestion===void 0?void 0:l`<p class="label">Suggested for ${Kt(n.suggestion)}</p><pre class="suggestion">${n.suggestion.replacement}</pre>`}`}function Vt(e,t){let[n]=e.findings,i=n.package;return l`<dl>
<dt>Image</dt><dd><code>${n.subject}</code></dd>
${i?.layer===void 0?void 0:l`<dt>Layer</dt><dd><code>${C(i.layer)}</code>${i.instruction===void 0?void 0:l` by <code>${i.instruction}</code>`}</dd>`}
${i?.path===void 0?void 0:l`<dt>File</dt><dd><code>${i.path}</code></dd>`}
<dt>Fix</dt><dd>${L(e,t)}</dd>
${qe(n)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${i?.name??"the package"}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th>Rating</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${e.findings.map(Jt)}</tbody></table></div>`}function Jt(e){let{aliases:t,package:n,references:i,rule:r,severity:o,title:a}=e,s=(t??[]).filter(c=>c!==r).slice(0,4),d=i?.find(c=>URL.canParse(c)&&c.startsWith("https:"));return l`<tr><td>${r}${s.length===0?void 0:l` <small>${s.join(", ")}</small>`}</td><td><span class="severity ${o}">${o}</span></td><td>${T(e,!0)}</td><td>${n?.fixed??"no fix"}</td><td>${a}${d===void 0?void 0:l` <small>${R(d,new URL(d).host)}</small>`}</td></tr>`}function qe({waiver:e}){if(e!==void 0)return l`<dt>Waived</dt><dd>until ${e.until} by ${e.owner}: ${e.reason}</dd>`}function Ht(e,t){let n=e.slice(0,Ne).map(r=>l`<p class="label">${R(t.link?.(r),x(r))}</p>${ze(t.lines(r.file),r)}`),i=e.slice(Ne).map(r=>l`<li>${R(t.link?.(r),x(r))}</li>`);return l`${n}${i.length===0?void 0:l`<details class="more"><summary>${i.length} more places</summary><ul>${i}</ul></details>`}`}function Kt({endLine:e,startLine:t}){return e>t?`lines ${t} to ${e}`:`line ${t}`}var Zt=20,Qt=2e3;function Ge(e,t,n){let i=t.get(e.digest??e.reference)??[],r=U(e,i),o=e.locations.slice(0,Zt).map(s=>l`<li>${R(n.link?.(s),x(s))}</li>`),a=e.locations.length-o.length;return l`
<div class="image" role="listitem"><details>
<summary><span class="signature ${e.signature}">${e.signature}</span> <span class="what"><code>${e.reference}</code></span> <span class="where">${$(i)||"no findings"}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${e.digest??"not resolved"}</code></dd>
${e.signatureMessage===void 0?void 0:l`<dt>Signature</dt><dd>${e.signatureMessage}</dd>`}
${r===void 0?void 0:l`<dt>Base image</dt><dd>${r}</dd>`}
${e.platform===void 0?void 0:l`<dt>Platform</dt><dd>${e.platform}</dd>`}
<dt>Packages</dt><dd>${e.packages??"not read"}</dd>
${o.length===0?void 0:l`<dt>Used at</dt><dd><ul class="links">${o}${a>0?l`<li>${a} more</li>`:void 0}</ul></dd>`}
</dl>
${Xt(e,i)}
</div></details></div>`}function Ve(e){return Map.groupBy(e,({subject:t})=>t.slice(t.lastIndexOf("@")+1))}function Xt(e,t){let n=e.inventory===void 0?en(t):e.inventory.map(Yt);if(n.length===0)return l``;let i=Map.groupBy(t.filter(o=>o.package!==void 0),({package:o})=>JSON.stringify([o?.name,o?.version])),r=Qt;return l`${[...Map.groupBy(n,o=>o.layer)].map(([o,a])=>{let s=a.toSorted((u,f)=>E(u.name,f.name)||E(u.version,f.version)).slice(0,r);r-=s.length;let d=o===""?"layer not known":C(o),c=e.inventory===void 0?`${w(a.length,"package")} with findings`:w(a.length,"package");return l`<details class="layer"${n.length<=30?l` open`:void 0}><summary><code>${d}</code> ${c}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${d}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${s.map(u=>l`<tr><td>${u.name}</td><td>${u.version}</td><td>${u.type}</td><td>${$(i.get(JSON.stringify([u.name,u.version]))??[])}</td><td>${u.path}</td></tr>`)}</tbody></table></div>${s.length<a.length?l`<p>${a.length-s.length} more in the page’s data.</p>`:void 0}</details>`})}`}function Yt({layer:e,name:t,path:n,type:i,version:r}){return{name:t,version:r,layer:e,path:n,type:i}}function en(e){let t=new Map;for(let{package:n}of e){if(n===void 0)continue;let{layer:i="",name:r,path:o="",purl:a,version:s}=n;t.set(JSON.stringify([r,s,i,o]),{name:r,version:s,layer:i,path:o,type:/^pkg:([a-z0-9.+-]+)\//i.exec(a)?.[1]??""})}return[...t.values()]}var oe=`(() => {
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
`;var se=`
:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f6f7f9; --line: #d9dde3; --text: #1c2128; --quiet: #59636e; --link: #0b57d0;
  --critical: #a40e26; --high: #c2410c; --medium: #8a5a00; --low: #1f5fa8; --unknown: #6b4fa0; --good: #1a7f37; --mark: #ffe9a8;
  --on-colour: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --raised: #171c23; --line: #2d343d; --text: #e3e8ee; --quiet: #9aa5b1; --link: #8ab4ff;
    --critical: #ff8a94; --high: #ffa66b; --medium: #ecc15c; --low: #82b7ff; --unknown: #c4adff; --good: #63d683; --mark: #5c4a12;
    --on-colour: #0f1318;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header.top, footer { max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
code, pre, .code, .where { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .92em; }
a { color: var(--link); }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
h2 small { color: var(--quiet); font-weight: normal; }
small { color: var(--quiet); font-size: .87em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }

header.top { padding-top: 1.5rem; }
.verdict { border: 1px solid var(--line); border-left: 6px solid var(--verdict); border-radius: 6px; background: var(--raised); padding: 1rem 1.2rem; }
.verdict.pass { --verdict: var(--good); }
.verdict.block { --verdict: var(--critical); }
.verdict.incomplete { --verdict: var(--medium); }
.verdict h1 { color: var(--verdict); }
.verdict h1 small { font-size: 1rem; font-weight: normal; margin-left: .4rem; }
.verdict ul { margin: .6rem 0 0; padding-left: 1.2rem; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: 1rem 0 0; padding: 0; list-style: none; color: var(--quiet); }
.counts b { color: var(--text); font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.counts .critical b { color: var(--critical); } .counts .high b { color: var(--high); } .counts .medium b { color: var(--medium); } .counts .low b { color: var(--low); }

#filters > details > summary { cursor: pointer; color: var(--quiet); font-size: .87em; }
#filters > details[open] > summary { margin-bottom: .5rem; }
#filters { border: 1px solid var(--line); border-radius: 6px; background: var(--raised); padding: .7rem .9rem; margin-bottom: .8rem; }
.row { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: end; }
.row + .row { margin-top: .6rem; align-items: center; }
.bar { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; margin-bottom: .5rem; }
#filters label { color: var(--quiet); font-size: .87em; }
#filters .row.fields label { display: grid; flex: 1 1 9rem; }
#filters input[type="search"], #filters select { font: inherit; font-size: 15px; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 4px; padding: 0 .4rem; height: 2.1rem; width: 100%; min-width: 0; }
#filters fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem .9rem; }
#filters legend { float: left; padding: 0; margin-right: .7rem; color: var(--quiet); font-size: .87em; line-height: 1.8rem; }
#filters .box { display: inline-flex; align-items: center; gap: .3rem; min-height: 1.8rem; color: var(--text); }
#filters .box input { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--link); }
#shown { color: var(--quiet); font-variant-numeric: tabular-nums; }
button { font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 4px; padding: .25rem .8rem; cursor: pointer; }

.list { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.list > * { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
.gap { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.6fr) minmax(0, .8fr); gap: 0 1rem; padding: .4rem; align-items: baseline; }
.list > * > details > summary { display: grid; grid-template-columns: 5.6rem minmax(0, 1fr) minmax(0, auto); gap: 0 .8rem; align-items: baseline; padding: .55rem .4rem; cursor: pointer; list-style: none; }
.list > * > details > summary::-webkit-details-marker { display: none; }
.list > * > details > summary:hover { background: var(--raised); }
.list > * > details[open] > summary { background: var(--raised); }
.where { color: var(--quiet); text-align: right; max-width: 24rem; font-size: .83em; }
.body { padding: .2rem .4rem 1.1rem 6.8rem; }
.severity, .signature { font-size: .82em; font-weight: 600; white-space: nowrap; }
.severity::before { content: ""; display: inline-block; width: .62em; height: .62em; border-radius: 2px; background: currentColor; margin-right: .4em; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); } .unknown { color: var(--unknown); }
.severity.critical::before { border-radius: 0; transform: rotate(45deg); }
.severity.low::before, .severity.unknown::before { border-radius: 50%; }
.signature.verified { color: var(--good); } .signature.unsigned, .signature.untrusted, .signature.invalid { color: var(--critical); } .signature.unchecked { color: var(--medium); }
.flag { display: inline-block; border: 1px solid var(--line); border-radius: 3px; color: var(--quiet); font-size: .78em; padding: 0 .4em; }
.flag.blocks { color: var(--on-colour); background: var(--critical); border-color: var(--critical); }
.finding[data-state="existing"] .what, .finding[data-state="waived"] .what { color: var(--quiet); }

dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .3rem 0 .6rem; }
dt { color: var(--quiet); } dd { margin: 0; }
ul.links { list-style: none; margin: 0; padding: 0; }
.label { color: var(--quiet); font-size: .87em; margin: .7rem 0 .2rem; }
.code, pre.suggestion { border: 1px solid var(--line); border-radius: 5px; background: var(--raised); overflow-x: auto; margin: 0; tab-size: 4; overflow-wrap: normal; }
.code table { border-collapse: collapse; min-width: 100%; }
.code th { position: sticky; left: 0; background: var(--raised); color: var(--quiet); font-weight: normal; text-align: right; padding: 0 .7rem; border-right: 1px solid var(--line); user-select: none; }
.code td { white-space: pre; padding: 0 .8rem; width: 100%; }
.code .hit th { color: var(--text); font-weight: 600; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
pre.suggestion { padding: .3rem .8rem; border-left: 3px solid var(--good); }
.scroll { overflow-x: auto; overflow-wrap: normal; }
.scroll table { border-collapse: collapse; min-width: 100%; font-size: .92em; }
.scroll th, .scroll td { text-align: left; vertical-align: top; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--line); }
.scroll th { color: var(--quiet); font-weight: normal; }
.scroll td { min-width: 4rem; max-width: 28rem; overflow-wrap: anywhere; }
.scroll td:first-child { white-space: nowrap; }
.layer, .more { margin-top: .5rem; }
.layer > summary, .more > summary { cursor: pointer; color: var(--quiet); }
footer { color: var(--quiet); font-size: .87em; margin-top: 2.5rem; padding-bottom: 2rem; }
[hidden] { display: none !important; }

@media (max-width: 40rem) {
  body { font-size: 16px; }
  .gap { grid-template-columns: minmax(0, 1fr); }
  .list > * > details > summary { grid-template-columns: minmax(0, 1fr); gap: .1rem; padding: .7rem .2rem; }
  .where { text-align: left; max-width: none; }
  .body { padding: 0 .2rem 1.1rem; }
  #filters .row.fields label { flex-basis: 44%; }
  #filters input[type="search"], #filters select { font-size: 16px; }
  .advisories thead { position: absolute; clip-path: inset(50%); }
  .advisories, .advisories tbody { display: block; }
  .advisories tr { display: flex; flex-wrap: wrap; gap: 0 .9rem; align-items: baseline; border-bottom: 1px solid var(--line); padding: .35rem 0; }
  .advisories td { border: 0; padding: 0; min-width: 0; }
  .advisories td:last-child { flex-basis: 100%; max-width: none; }
  .code { padding-bottom: .5rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .4rem; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --raised: #fff; --line: #bbb; --text: #000; --quiet: #444; --link: #000; --critical: #8e0b20; --high: #8a2e08; --medium: #6b4600; --low: #174a85; --unknown: #4d3880; --good: #145f2a; --mark: #ddd; --on-colour: #fff; }
  body { font-size: 9.5pt; }
  main, header.top, footer { max-width: none; padding: 0; }
  #filters, .bar, #save { display: none !important; }
  details::details-content { content-visibility: visible !important; block-size: auto !important; }
  .list > * { content-visibility: visible; break-inside: avoid-page; }
  .body { padding-left: 1rem; }
  .code, .scroll { overflow: visible; } .code td { white-space: pre-wrap; overflow-wrap: anywhere; }
  .severity::before, mark, .flag.blocks { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;function K(e,t){let n=Map.groupBy(e.findings.filter(r=>r.check==="secret").flatMap(r=>r.locations),r=>r.file),i=new Map;return r=>{let o=n.get(r);if(o===void 0)return t.lines(r);let a=i.get(r);if(a!==void 0)return a;let s=tn(t.lines(r),o);return i.set(r,s),s}}function tn(e,t){let n=[...e];for(let{startLine:i,endLine:r,startColumn:o,endColumn:a}of t)for(let s=Math.max(1,i);s<=Math.min(r,n.length);s++){let d=n[s-1]??"",c=i===r&&o!==void 0&&a!==void 0&&a>o,u=c?o-1:d.length-d.trimStart().length,f=c?Math.min(a-1,d.length):d.length;f>u&&(n[s-1]=d.slice(0,u)+"•".repeat(f-u)+d.slice(f))}return n}var ae=1e3,le=1e3,rn=500,on=5,He=function*(e,t){let n={...t,lines:K(e,t)},i=_e(e.findings,n);if(yield an(e),yield ln(e).html,yield"<main>",e.gaps.length>0&&(yield dn(e.gaps,n).html),yield l`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${e.findings.length}</small></h2>`.html,i.length===0)yield"<p>None.</p>";else{yield De(e.findings).html,yield'<div class="list" id="findings" role="list">';for(let[r,o]of i.slice(0,H).entries())yield Ue(o,r,n).html;yield`
</div>`,i.length>H&&(yield l`<p>${i.length-H} more, the least important, are in the page’s data.</p>`.html)}if(yield"</section>",e.subjects.length>0){yield l`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${e.subjects.length}</small></h2><div class="list" role="list">`.html;let r=Ve(e.findings);for(let o of e.subjects.slice(0,ae))yield Ge(o,r,n).html;yield`
</div>`,e.subjects.length>ae&&(yield l`<p>${e.subjects.length-ae} more are in the page’s data.</p>`.html),yield"</section>"}yield"</main>",yield cn(e,t).html,yield`<script type="application/json" id="report">${sn(e,t)}</script>
<script>${oe}</script>
</body>
</html>
`};function sn(e,t){return[...V(e,t)].join("").replaceAll("<","\\u003c")}function an({verdict:e}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; script-src ${Je(oe)}; style-src ${Je(se)}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${W[e]} · Portcullis report</title>
<style>${se}</style>
</head>
<body>
`}var Je=e=>`'sha256-${nn("sha256").update(e).digest("base64")}'`;function ln({reasons:e,summary:t,verdict:n}){let i=["critical","high","medium","low"].map(o=>l`<li class="${o}"><b>${t[o]}</b> ${o}</li>`),r=[...t.unknown>0?[l`<li><b>${t.unknown}</b> unknown</li>`]:[],l`<li><b>${t.blocking}</b> blocking</li>`,...t.existing>0?[l`<li><b>${t.existing}</b> on the base</li>`]:[],...t.waived>0?[l`<li><b>${t.waived}</b> waived</li>`]:[],...t.gaps>0?[l`<li><b>${t.gaps}</b> not verified</li>`]:[]];return l`<header class="top"><div class="verdict ${n}"><h1>${D[n]} ${W[n]} <small>Portcullis</small></h1><ul>${e.map(o=>l`<li>${k(o)}</li>`)}</ul></div>
<ul class="counts">${i}${r}</ul></header>\n`}function dn(e,t){let n=e.slice(0,le).map(({locations:i,message:r,subject:o})=>{let a=i.slice(0,on).map(d=>l`<div>${R(t.link?.(d),x(d))}</div>`),s=i.length-a.length;return l`<div class="gap" role="listitem"><code>${v(o)}</code> <span>${k(r)}</span><div class="where">${a}${s>0?l`<div>+${s}</div>`:void 0}</div></div>`});return l`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${e.length}</small></h2>
<div class="list" role="list">${n}</div>
${e.length>le?l`<p>${e.length-le} more are in the page’s data.</p>`:void 0}</section>`}function cn(e,{version:t}){let n=e.coverage.skippedFiles??[],i=n.slice(0,rn).map(({file:o,reason:a})=>l`<li><code>${o}</code>: ${a}</li>`),r=n.length-i.length;return l`<footer>${[...q(e),G(e)].filter(o=>o!=="").map(o=>l`<div>${o}</div>`)}
${i.length===0?void 0:l`<details><summary>${w(n.length,"skipped file")}</summary><ul>${i}${r>0?l`<li>${r} more</li>`:void 0}</ul></details>`}
<p>Portcullis ${t} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`}var Ke=Et(_t(),1);import{createHash as un}from"node:crypto";function Ze(e,{author:t,timestamp:n}){let i=new Map(e.subjects.map(s=>[s.reference,s])),r=e.findings.flatMap(s=>{let d=i.get(s.subject)??e.subjects.find(({reference:c,digest:u})=>s.subject===`${c}@${u}`);return s.check!=="vulnerability"||d===void 0?[]:[mn(s,d)]}),o={author:t,role:"scanner",timestamp:n.toISOString(),version:1,tooling:"portcullis",statements:r};return{"@context":"https://openvex.dev/ns/v0.2.0","@id":`https://portcullis.dev/vex/${un("sha256").update(JSON.stringify(o)).digest("hex")}`,...o}}function mn(e,t){let{rule:n,aliases:i=[],package:r,vex:o}=e;return{vulnerability:{name:n,...i.length===0?{}:{aliases:i}},products:[{...hn(t),...r===void 0?{}:{subcomponents:[{"@id":r.purl,identifiers:{purl:r.purl}}]}}],...o===void 0?{status:"affected",status_notes:e.message,action_statement:gn(e)}:fn(o)}}function fn({status:e,justification:t,detail:n}){let i=t!==void 0&&pn.has(t),r=[n,i?void 0:t].filter(o=>o!==void 0).join(": ");return{status:e,...i?{justification:t}:{},...r===""?{}:{[e==="not_affected"?"impact_statement":"status_notes"]:r}}}var pn=new Set(["component_not_present","inline_mitigations_already_exist","vulnerable_code_cannot_be_controlled_by_adversary","vulnerable_code_not_in_execute_path","vulnerable_code_not_present"]);function gn({package:e,waiver:t}){let n=e?.fixed===void 0?"no fixed version is known":`update ${e.name} to ${e.fixed}`;return t===void 0?n:`accepted by ${t.owner} until ${t.until}: ${t.reason}; ${n}`}function hn({reference:e,digest:t}){let n=e.replace(/@.*$/,"").replace(/:[^/:]*$/,""),i=n.slice(n.lastIndexOf("/")+1).toLowerCase();if(t===void 0||i==="")return{"@id":e};let r=new Ke.PackageURL("oci",void 0,i,t,{repository_url:n},void 0).toString();return{"@id":r,identifiers:{purl:r},hashes:{"sha-256":t.replace(/^sha256:/,"")}}}var Qe=function*(e,{today:t="1970-01-01"}){yield`${JSON.stringify(Ze(e,{author:"Portcullis",timestamp:new Date(`${t}T00:00:00Z`)}),void 0,2)}
`};import{gzipSync as Sn}from"node:zlib";var Z="%SRCROOT%",yn={critical:"error",high:"error",medium:"warning",low:"note",unknown:"warning"};function Xe(e,t,n){let{fingerprint:i,locations:r,message:o,severity:a,state:s,subject:d,title:c}=e,u=r.slice(0,10);return{ruleId:e.rule.toWellFormed()||"unnamed",...t===void 0?{}:{ruleIndex:t.index},level:yn[a],message:{text:j(o)||j(c)||e.rule||"no message"},locations:u.length===0?[bn(d)]:u.map(f=>de(f,d,n)),partialFingerprints:{primaryLocationLineHash:i.toWellFormed(),"portcullis/v1":i.toWellFormed()},...s==="waived"?{suppressions:[xn(e)]}:{},...vn(e,n),properties:{check:e.check,severity:a,...e.score===void 0?{}:{score:e.score},...e.knownExploited===void 0?{}:{knownExploited:e.knownExploited},...e.epss===void 0?{}:{epss:e.epss},state:s,blocking:e.blocking,subject:d.toWellFormed(),...e.package===void 0?{}:{purl:e.package.purl.toWellFormed()},...e.package?.fixed===void 0?{}:{fixed:e.package.fixed.toWellFormed()},...r.length>u.length?{locationsLeftOut:r.length-u.length}:{}}}}function de({file:e,...t},n,{rootPath:i=""}){let r={startLine:t.startLine,...t.startColumn===void 0?{}:{startColumn:t.startColumn},endLine:t.endLine,...t.endColumn===void 0?{}:{endColumn:t.endColumn}};return{physicalLocation:{artifactLocation:{uri:ce(i+e),uriBaseId:Z},region:r},logicalLocations:[{fullyQualifiedName:n.toWellFormed()}]}}function bn(e){let t=e.replace(/@sha256:[0-9a-f]*$/,"").replace(/:[^:/]*$/,"");return{physicalLocation:{artifactLocation:{uri:ce(t||"subject")},region:{startLine:1}},logicalLocations:[{fullyQualifiedName:e.toWellFormed()}]}}function ce(e){return e.toWellFormed().split("/").map(t=>encodeURIComponent(t).replace(/[!'()*]/g,n=>`%${n.charCodeAt(0).toString(16).toUpperCase()}`)).join("/").replace(/^\/+/,"")}function xn({waiver:e}){return e===void 0?{kind:"external",status:"accepted"}:{kind:"external",status:"accepted",justification:j(`${e.reason} (${e.owner}, until ${e.until})`)}}function vn({locations:[e],suggestion:t},n){if(e===void 0||t===void 0)return{};let i=n.lines(e.file)[t.endLine-1];if(i===void 0)return{};let o={deletedRegion:{startLine:t.startLine,startColumn:1,endLine:t.endLine,endColumn:i.length+1},insertedContent:{text:t.replacement.toWellFormed()}},a={artifactLocation:{uri:ce((n.rootPath??"")+e.file),uriBaseId:Z},replacements:[o]};return{fixes:[{description:{text:"Suggested change"},artifactChanges:[a]}]}}var j=e=>e.toWellFormed().replaceAll("](","] (");var wn=255,Ye=1024,$n=10;function tt(e,t){let n=Map.groupBy(e,i=>i.rule);return new Map([...n].map(([i,r],o)=>[i,{index:o,descriptor:kn(i,r,t)}]))}function kn(e,t,n){let[i]=t;if(i===void 0)return{};let{fix:r,references:o,why:a}=F(i,n),s=n.rules?.get(e)?.title??(i.title||e),d=o.map(Ce).filter(u=>u!==void 0).slice(0,$n),c=t.map(Rn).reduce((u,f)=>Math.max(u,f),0);return{id:e.toWellFormed()||"unnamed",name:(e.toWellFormed()||"unnamed").slice(0,wn).toWellFormed(),shortDescription:{text:et(s)||"unnamed"},fullDescription:{text:et(a)},help:{text:[a,r,...d].join(`

`),markdown:[`**Why** ${ee(a)}`,`**What to do** ${ee(r)}`,...d.length===0?[]:[d.map(u=>`- <${u}>`).join(`
`)]].join(`

`)},...d[0]===void 0?{}:{helpUri:d[0]},properties:{tags:["security",i.check],precision:"high",...c>0?{"security-severity":c.toFixed(1)}:{}}}}function Rn({score:e,severity:t}){let[n,i,r]=Mn[t];return Math.min(Math.max(e??i,n),r)}var Mn={critical:[9,9.5,10],high:[7,8,8.9],medium:[4,5.5,6.9],low:[.1,2,3.9],unknown:[0,0,0]};function et(e){let t=e.toWellFormed();return t.length<=Ye?t:`${t.slice(0,Ye-1).toWellFormed()}…`}var Q={resultsPerRun:25e3,gzipBytes:10*1024*1024},it=function*(e,t){let n=Math.min(e.findings.length,Q.resultsPerRun),i=nt(e,t,n);for(;n>0&&i.length*3>Q.gzipBytes;){let r=Sn(i,{level:1}).length;if(r<=Q.gzipBytes)break;n=Math.floor(n*Math.min(.9,Q.gzipBytes/r*.95)),i=nt(e,t,n)}yield i};function nt(e,t,n){let i=e.findings.toSorted(Fe).slice(0,n),r=e.findings.length-i.length,o=tt(i,t),a={$schema:"https://json.schemastore.org/sarif-2.1.0.json",version:"2.1.0",runs:[{tool:{driver:{name:"Portcullis",version:t.version,semanticVersion:t.version,rules:[...o.values()].map(({descriptor:s})=>s)}},automationDetails:{id:"portcullis/"},columnKind:"utf16CodeUnits",originalUriBaseIds:{[Z]:{description:{text:"The root of the repository."}}},invocations:[{executionSuccessful:e.gaps.length===0,toolExecutionNotifications:[...e.gaps.map(s=>Cn(s,t)),...r>0?[Fn(r,e.findings.length)]:[]]}],results:i.map(s=>Xe(s,o.get(s.rule),t)),properties:{verdict:e.verdict,reasons:e.reasons.map(j),leftOut:r}}]};return`${Me(JSON.stringify(a,null,1))}
`}function Cn({locations:e,message:t,subject:n},i){return{descriptor:{id:"gap"},level:"error",message:{text:j(`${n}: ${t}`)},...e.length===0?{}:{locations:e.map(r=>de(r,n,i))}}}function Fn(e,t){return{descriptor:{id:"left-out"},level:"warning",message:{text:`${w(e,"finding")} of ${t.toLocaleString("en-US")} left out`}}}var ue=String.raw`(?:\u001B\u005C|\u009C)`,rt=String.raw`\u0018\u001A\u001B\u0080-\u009F`,Ln=String.raw`(?:\u001B\]|\u009D)[^\u0007${rt}]*(?:\u0007|${ue})`,jn=String.raw`(?:\u001B[PX^_k]|[\u0090\u0098\u009E\u009F])[^${rt}]*${ue}`,In=String.raw`\u001B\](?:P[\dA-Fa-f]{7}|R)(?:\u0007|${ue})?`,Pn=String.raw`(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]`,En=String.raw`\u001B(?:[\u0020-\u002F]+[\u0030-\u007E]|[\dA-PR-TZcf-oq-uy=><~|}])`,_n=`${In}|${Ln}|${jn}|${Pn}|${En}`;function me({onlyFirst:e=!1}={}){return new RegExp(_n,e?void 0:"g")}var Wn=me();function fe(e){if(typeof e!="string")throw new TypeError(`Expected a \`string\`, got \`${typeof e}\``);return!e.includes("\x1B")&&!e.includes("")?e:e.replace(Wn,"")}var ot=[161,161,164,164,167,168,170,170,173,174,176,180,182,186,188,191,198,198,208,208,215,216,222,225,230,230,232,234,236,237,240,240,242,243,247,250,252,252,254,254,257,257,273,273,275,275,283,283,294,295,299,299,305,307,312,312,319,322,324,324,328,331,333,333,338,339,358,359,363,363,462,462,464,464,466,466,468,468,470,470,472,472,474,474,476,476,593,593,609,609,708,708,711,711,713,715,717,717,720,720,728,731,733,733,735,735,768,879,913,929,931,937,945,961,963,969,1025,1025,1040,1103,1105,1105,8208,8208,8211,8214,8216,8217,8220,8221,8224,8226,8228,8231,8240,8240,8242,8243,8245,8245,8251,8251,8254,8254,8308,8308,8319,8319,8321,8324,8364,8364,8451,8451,8453,8453,8457,8457,8467,8467,8470,8470,8481,8482,8486,8486,8491,8491,8531,8532,8539,8542,8544,8555,8560,8569,8585,8585,8592,8601,8632,8633,8658,8658,8660,8660,8679,8679,8704,8704,8706,8707,8711,8712,8715,8715,8719,8719,8721,8721,8725,8725,8730,8730,8733,8736,8739,8739,8741,8741,8743,8748,8750,8750,8756,8759,8764,8765,8776,8776,8780,8780,8786,8786,8800,8801,8804,8807,8810,8811,8814,8815,8834,8835,8838,8839,8853,8853,8857,8857,8869,8869,8895,8895,8978,8978,9312,9449,9451,9547,9552,9587,9600,9615,9618,9621,9632,9633,9635,9641,9650,9651,9654,9655,9660,9661,9664,9665,9670,9672,9675,9675,9678,9681,9698,9701,9711,9711,9733,9734,9737,9737,9742,9743,9756,9756,9758,9758,9792,9792,9794,9794,9824,9825,9827,9829,9831,9834,9836,9837,9839,9839,9886,9887,9919,9919,9926,9933,9935,9939,9941,9953,9955,9955,9960,9961,9963,9969,9972,9972,9974,9977,9979,9980,9982,9983,10045,10045,10102,10111,11094,11097,12872,12879,57344,63743,65024,65039,65533,65533,127232,127242,127248,127277,127280,127337,127344,127373,127375,127376,127387,127404,917760,917999,983040,1048573,1048576,1114109],st=12288,at=65510,lt=[12288,12288,65281,65376,65504,65510];var dt=4352,ct=262141,pe=[4352,4447,8986,8987,9001,9002,9193,9196,9200,9200,9203,9203,9725,9726,9748,9749,9776,9783,9800,9811,9855,9855,9866,9871,9875,9875,9889,9889,9898,9899,9917,9918,9924,9925,9934,9934,9940,9940,9962,9962,9970,9971,9973,9973,9978,9978,9981,9981,9989,9989,9994,9995,10024,10024,10060,10060,10062,10062,10067,10069,10071,10071,10133,10135,10160,10160,10175,10175,11035,11036,11088,11088,11093,11093,11904,11929,11931,12019,12032,12245,12272,12287,12289,12350,12353,12438,12441,12543,12549,12591,12593,12686,12688,12773,12783,12830,12832,12871,12880,42124,42128,42182,43360,43388,44032,55203,63744,64255,65040,65049,65072,65106,65108,65126,65128,65131,94176,94180,94192,94198,94208,101594,101631,101664,101760,101874,101888,102801,102816,102866,110576,110579,110581,110587,110589,110590,110592,110888,110898,110898,110928,110930,110933,110933,110948,110952,110960,111355,119552,119638,119648,119670,126980,126980,127183,127183,127374,127374,127377,127386,127406,127406,127488,127490,127504,127547,127552,127560,127568,127569,127584,127589,127744,127776,127789,127797,127799,127868,127870,127891,127904,127946,127951,127955,127968,127984,127988,127988,127992,128062,128064,128064,128066,128252,128255,128317,128331,128334,128336,128359,128378,128378,128405,128406,128420,128420,128507,128591,128640,128709,128716,128716,128720,128722,128725,128729,128732,128735,128747,128748,128756,128764,128986,128986,128992,129003,129008,129008,129292,129338,129340,129349,129351,129535,129648,129660,129664,129734,129736,129736,129740,129757,129759,129771,129775,129786,131072,196605,196608,262141];var X=(e,t)=>{let n=0,i=Math.floor(e.length/2)-1;for(;n<=i;){let r=Math.floor((n+i)/2),o=r*2;if(t<e[o])i=r-1;else if(t>e[o+1])n=r+1;else return!0}return!1};var ut=19968,[An,Dn]=Tn(pe);function Tn(e){let t=e[0],n=e[1];for(let i=0;i<e.length;i+=2){let r=e[i],o=e[i+1];if(ut>=r&&ut<=o)return[r,o];o-r>n-t&&(t=r,n=o)}return[t,n]}var mt=e=>e<161||e>1114109?!1:X(ot,e),ft=e=>e<st||e>at?!1:X(lt,e);var pt=e=>e>=An&&e<=Dn?!0:e<dt||e>ct?!1:X(pe,e);function zn(e){if(!Number.isSafeInteger(e))throw new TypeError(`Expected a code point, got \`${typeof e}\`.`)}function O(e,{ambiguousAsWide:t=!1}={}){return zn(e),ft(e)||pt(e)||t&&mt(e)?2:1}var Nn=new Intl.Segmenter,bt=new RegExp("[^\\u{20}-\\u{7E}]","v"),xt=String.raw`\u{600}-\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}`,Un=new RegExp(`^[${xt}]+`,"v"),he=new RegExp(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Enclosing_Mark}\p{Nonspacing_Mark}[\p{Format}--[${xt}]]]`,"v"),gt=new RegExp("^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})","v"),qn=new RegExp("^[\\p{Emoji_Presentation}--[\\u{10000}-\\u{10FFFF}]]\\u{FE0E}","v");function ge(e,t){if(t>=e.length)return 0;let n=new RegExp("(?<![\\p{Emoji_Modifier_Base}\\u{200D}])\\p{Emoji_Modifier}","gv");n.lastIndex=t;let i=0;for(;n.test(e);)i++;return i}var ht=new RegExp("\\u{200D}\\p{Extended_Pictographic}","v");function yt(e){let t=e.search(he);return t===-1?void 0:e.slice(t)}function Gn(e){return e>=4352&&e<=4607||e>=43360&&e<=43388||e>=44032&&e<=55203||e>=55216&&e<=55238||e>=55243&&e<=55291}function Vn(e,t){let n=0;for(let i of e){if(i==="‍")break;he.test(i)&&(n+=O(i.codePointAt(0),t))}return n}function vt(e,t){let n=e.codePointAt(0),i=n===69821||n===69837||n>=1536&&n<=2303?Un.exec(e):void 0;if(i){let s=e.slice(i[0].length),d=vt(s,t),c=yt(s);return d>=2&&(O(c.codePointAt(0),t)===2||gt.test(c)||ht.test(c))?d:[...i[0]].length+d}let r=yt(e);if(r===void 0)return 0;if(Gn(n))return O(n,t)+ge(e,1)*2;if(qn.test(r))return 1;let o=gt.exec(r);if(o)return 2+ge(r,o[0].length)*2;let a=ht.exec(r);return a?2+ge(r,a.index+a[0].length)*2:Vn(r,t)}function Jn(e,t){let n=0,i=e.search(bt);i>1&&(n=i-1,e=e.slice(n));let r=e.length;for(;r>0;){let a=e.codePointAt(r-1);if(a<32||a>126)break;r--}if(r+1<e.length&&(n+=e.length-r-1,e=e.slice(0,r+1)),!new RegExp("[^\\u{20}-\\u{7E}\\u{4E00}-\\u{9FFF}\\u{AC00}-\\u{D7A3}]","v").test(e))return n+e.length+e.replaceAll(new RegExp("[\\u{20}-\\u{7E}]","gv"),"").length;e=e.toWellFormed(),e=e.replaceAll(new RegExp("(?<=[\\u{16D63}-\\u{16D6A}])[\\u{16D63}-\\u{16D6A}]+","gv"),"");let o={ambiguousAsWide:!t};for(let{segment:a}of Nn.segment(e)){if(a.length===1){he.test(a)&&(n+=O(a.codePointAt(0),o));continue}n+=vt(a,o)}return n}function ye(e,t={}){if(typeof e!="string"||e.length===0)return 0;let{ambiguousIsNarrow:n=!0,countAnsiEscapeCodes:i=!1}=t,r=e;return!i&&(r.includes("\x1B")||r.includes(""))&&(r=fe(r)),bt.test(r)?Jn(r,n):r.length}var wt=4,$t=/^[\x20-\x7e]*$/;function m(e){return $t.test(e)?e.length:ye(e)}function kt(e,t){let n=Math.max(8,t),i=[],r="",o=0;for(let a of e.split(" "))for(let[s,d]of Hn(a,n).entries()){let c=m(d);r!==""&&(s>0||o+1+c>n)?(i.push(r),r=d,o=c):(o+=c+(r===""?0:1),r=r===""?d:`${r} ${d}`)}return[...i,r]}function Hn(e,t){if(m(e)<=t)return[e];let n=[],i="",r=0;for(let o of be(e)){let a=m(o);r+a>t&&i!==""&&(n.push(i),i="",r=0),i+=o,r+=a}return[...n,i]}function M(e,t){if(m(e)<=t)return e;let n="",i=0;for(let r of be(e)){if(i+=m(r),i>t-1)break;n+=r}return`${n}…`}function Rt(e,t){if(m(e)<=t)return e;let n="",i=0;for(let r of be(e).reverse()){if(i+=m(r),i>t-1)break;n=r+n}return`…${n}`}function B(e,t){let n="",i=t;for(let[r,o]of e.split("	").entries()){if(r>0){let s=wt-i%wt;n+=" ".repeat(s),i+=s}let a=ke(o);n+=a,i+=m(a)}return n}function be(e){return $t.test(e)?[...e]:[...new Intl.Segmenter("en",{granularity:"grapheme"}).segment(e)].map(({segment:t})=>t)}var Mt={bold:"1",dim:"2",plain:"",critical:"1;31",high:"31",medium:"33",low:"34",unknown:"35",pass:"1;32",block:"1;31",incomplete:"1;33"};function St(e){return(t,n)=>e&&n!==""&&Mt[t]!==""?`\x1B[${Mt[t]}m${n}\x1B[0m`:n}var Kn=2e3,Zn=44,Qn=36;function*Ct({inventory:e=[]},{paint:t,width:n}){let i=e.slice(0,Kn),r=xe(i.map(({type:s})=>s.length),12),o=xe(i.map(({name:s})=>s.length),Zn),a=xe(i.map(({version:s})=>s.length),Qn);for(let s of i){let[d,c,u]=[s.type,s.name,s.version].map(g);yield`${`  ${ve(d??"",r)}  ${ve(c??"",o)}  ${ve(u??"",a)}`}  ${t("dim",M(g(Xn(s)),Math.max(4,n-r-o-a-10)))}`.trimEnd()}e.length>i.length&&(yield`  and ${e.length-i.length} more`)}function Xn({path:e,type:t}){return t==="apk"||t==="deb"||t==="rpm"?"":e}function xe(e,t){return Math.min(t,e.reduce((n,i)=>Math.max(n,i),0))}function ve(e,t){let n=M(e,t);return n+" ".repeat(Math.max(0,t-m(n)))}var b=600;function*h(e,t,n,i,r=o=>o){if(n!=="")for(let[o,a]of kt(n,i-m(t)).entries())yield`${o===0?e:t}${r(a)}`}var Y=2e3,Ft=3;function Lt(e,t,n,i,r){let o=t.startLine,a=e[o-1];if(a===void 0)return[];let s=Math.max(16,i-n-4),d=Math.min(t.endLine,e.length),c=[],u=(f,p)=>`${r("dim",`${f.padStart(n)} │`)} ${p}`.trimEnd();if(d<=o){let{text:f,start:p,end:y}=Yn(a,t,s);return c.push(u(String(o),f)),y>p&&c.push(u("",`${" ".repeat(p)}${r("bold","^".repeat(y-p))}`)),c}for(let f=o;f<=Math.min(d,o+Ft-1);f++)c.push(u(String(f),M(B((e[f-1]??"").slice(0,Y),0),s)));return d>=o+Ft&&c.push(u("…",r("dim",`to line ${d}`))),c}function Yn(e,{startColumn:t,endColumn:n},i){let r=e.length-e.trimStart().length,o=we((t??r+1)-1,0,e.length),a=we((n??e.trimEnd().length+1)-1,o,e.length),s=B(e.slice(Math.max(0,o-Y),o),0),d=m(s),c=B(e.slice(o,Math.min(a,o+Y)),d),u=d+Math.max(1,m(c)),f=B(e.slice(a,a+Y),d+m(c));if(d+m(c)+m(f)<=i)return{text:s+c+f,start:d,end:u};let p=Rt(s,we(i-m(c)-8,8,Math.max(8,d))),y=M(c,i-m(p)),P=M(f,Math.max(1,i-m(p)-m(y)));return{text:m(p)+m(y)<i?p+y+P:p+y,start:m(p),end:m(p)+Math.max(1,m(y))}}var we=(e,t,n)=>Math.min(Math.max(e,t),n);var ei=12,S=" ".repeat(14);function*jt({location:e,also:t,subject:n,findings:i},r,o){let{paint:a,width:s}=o;(r===void 0||Le(r,e)!==0)&&(yield*ti(e,i,o)),yield*h("  ","  ",g(v(n)).slice(0,b),s,d=>a("dim",d)),t.length>0&&(yield*h("  ","  ",`also ${_(t.map(d=>g(x(d))),5)}`,s,d=>a("dim",d))),yield*$e(i,o)}function*ti(e,t,{lines:n,paint:i,width:r}){let o=Math.max(4,String(e.endLine).length+2),s=t.some(d=>d.state==="new")?Lt(n(e.file),e,o,r,i):[];s.length>0?yield*s:yield i("dim",`  line ${e.startLine}`)}function*$e(e,t){for(let n of Ie(e,t.context))yield*ni(n,t)}function*ni(e,t){let{context:n,paint:i,told:r,width:o}=t,[a]=e.findings,s=a.state==="new",d=s?a.severity:"dim",c=a.blocking?"✖":s?"•":"·",u=g(e.package===void 0?a.rule:N(e.package)).slice(0,b),f=g(k(ii(e))).slice(0,b);if(yield*h(`  ${i(d,`${c} ${a.severity.padEnd(8)}`)}  `,S,f===""?u:`${u}: ${f}`,o,p=>p.startsWith(u)?i(s?"bold":"dim",u)+p.slice(u.length):p),!s){yield*h(S,S,ri(a),o,p=>i("dim",p));return}if(e.package===void 0){let p=L(e,n);if(r.has(p)||(r.add(p),F(a,n).general&&(a.check==="manifest"||a.check==="dockerfile")))return;yield*h(S,S,g(p),o,y=>i("dim",y))}else{let p=e.findings.length===1?a.title:_(e.findings.map(It),ei);yield*h(S,S,g(p).slice(0,b),o,P=>i("dim",P));let y=a.package?.instruction;y!==void 0&&(yield*h(S,S,g(`brought by ${y}`).slice(0,b),o,P=>i("dim",P)))}}function ii({findings:e,package:t}){let[n]=e;return t===void 0?n.message===""?n.title:n.message:e.length===1?It(n):$(e)}function It(e){let t=T(e);return t===""?e.rule:`${e.rule} (${t})`}function ri({state:e,waiver:t}){return e==="existing"?"already on the base":t===void 0?"waived":g(`waived until ${t.until} by ${t.owner}: ${t.reason}`).slice(0,b)}var Pt=function*(e,t){for(let n of oi(e,t))yield`${Re(n)}
`};function*oi(e,t){let n=Math.min(Math.max(t.width||80,40),160),i=St(t.colour),r={context:t,paint:i,width:n,lines:K(e,t),told:new Set};for(let{file:o,places:a}of Pe(e.findings)){yield I(o,$(a.flatMap(s=>s.findings)),r),r.told.clear(),yield"";for(let[s,d]of a.entries())yield*jt(d,a[s-1]?.location,r),yield""}for(let[o,a]of Ee(e.findings))yield I(v(o),$(a),r),r.told.clear(),yield"",yield*$e(a,r),yield"";if(e.gaps.length>0){yield I("not verified",w(e.gaps.length,"gap"),r),yield"";for(let o of e.gaps)yield*si(o,r);yield""}e.subjects.length>0&&(yield I("images","",r),yield"",yield*ai(e,r),yield"");for(let o of e.subjects.filter(({inventory:a})=>a!==void 0&&a.length>0))yield I(`packages of ${o.reference}`,"",r),yield"",yield*Ct(o,r),yield"";yield I("verdict","",r),yield"";for(let o of[...q(e),G(e),...e.notes??[]].map(g))yield*h("  ","  ",o,n,a=>i("dim",a));yield"",yield*li(e,i,n)}function I(e,t,{paint:n,width:i}){let r=g(e),o=m(r)+m(t)+4>i?"":t,a=M(r,i-4),s="─".repeat(Math.max(2,i-m(a)-m(o)-(o===""?1:2)));return`${n("bold",a)} ${n("dim",s)}${o===""?"":` ${o}`}`}function*si({subject:e,message:t,locations:n},{paint:i,width:r}){yield*h(`  ${i("incomplete","?")} `,"    ",g(v(e)).slice(0,b),r),yield*h("    ","    ",g(k(t)).slice(0,b),r),n.length>0&&(yield*h("    ","    ",_(n.map(x).map(g),5),r,o=>i("dim",o)))}function*ai({findings:e,subjects:t},{paint:n,width:i}){let r={verified:"pass",unsigned:"high",untrusted:"high",invalid:"critical",unchecked:"dim"};for(let o of t){let a=[o.digest===void 0?"no digest":C(o.digest),o.platform??"",o.packages===void 0?"":w(o.packages,"package")].filter(d=>d!=="");yield*h(`  ${n(r[o.signature],o.signature.padEnd(9))}  `," ".repeat(13),g(o.reference),i),yield*h(" ".repeat(13)," ".repeat(13),g(a.join(" · ")),i,d=>n("dim",d)),o.signatureMessage!==void 0&&(yield*h(" ".repeat(13)," ".repeat(13),g(k(o.signatureMessage)).slice(0,b),i));let s=U(o,e);s!==void 0&&(yield*h(" ".repeat(13)," ".repeat(13),g(s).slice(0,b),i))}}function*li({verdict:e,reasons:t},n,i){yield`  ${n(e,`${D[e]} ${W[e]}`)}`;for(let r of t)yield*h("    ","    ",g(k(r)).slice(0,b),i)}var yo={html:He,json:V,markdown:We,openvex:Qe,sarif:it,text:Pt};export{Q as a,it as b,yo as c};
