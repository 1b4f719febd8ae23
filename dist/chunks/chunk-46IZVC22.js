import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as Ie,c as N,d as Ae,e as Oe,f as x,g as Be,h as F,i as Te,k as G,l as De,m as V,n as H,o as J,p as K,r as Z,t as X,u as Y,w as We,y as ze,z as qe}from"./chunk-MQ23WKR5.js";import{b as Ne}from"./chunk-IZMIZXW6.js";import{a as Q}from"./chunk-SLMMGGS2.js";import{b as I,c as _e,d as j,e as E,f as w,g as _,h as M,i as $,j as A,k as W,l as z,m as q,n as Pe,o as U,p as P}from"./chunk-HLJVHPCJ.js";import{a as u,b as je,c as Fe,g as Ee}from"./chunk-OYP4UMZS.js";import{a as Le}from"./chunk-5S7ME5LN.js";import{c as Ce}from"./chunk-55RQE4SI.js";import{a as Nt}from"./chunk-JCHH233Y.js";import{a as D}from"./chunk-HAYHVHHC.js";import{d as qt}from"./chunk-55CDFFVJ.js";import{createHash as yn}from"node:crypto";function d(e,...t){return{html:e.map((n,i)=>n+Ue(t[i])).join("")}}function Ue(e){return e===void 0?"":typeof e=="string"?Ee(e):typeof e=="number"?e.toLocaleString("en-US"):"html"in e?e.html:e.map(Ue).join("")}function se(e){return d`${e.split(/(`[^`]+`)/).map((t,n)=>n%2===1?d`<code>${t.slice(1,-1)}</code>`:t)}`}function R(e,t){if(e===void 0||!URL.canParse(e))return d`${t}`;let n=new URL(e);return n.protocol!=="https:"||n.username!==""||n.password!==""?d`${t}`:d`<a href="${n.href}" rel="noreferrer noopener">${t}</a>`}var Ut={new:"new",existing:"on the base",waived:"waived"},Gt=new Set(["vulnerability","malware","secret","image-config","signature","attestation"]);function He(e){let t=D.filter(o=>e.some(l=>l.severity===o)),n=Pe.filter(o=>e.some(l=>l.check===o)),i=["new","existing","waived"].filter(o=>e.some(l=>l.state===o)),r=[...new Set(e.filter(o=>Gt.has(o.check)&&o.subject.includes("@")).map(o=>o.subject))].sort(I),s=[d`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,d`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,ae("Check","check",[d`<option value="">all</option>`,...n.map(o=>ee(o,q[o]))]),...r.length===0?[]:[ae("Image","subject",[d`<option value="">all</option>`,...r.map(o=>ee(o,$(o)))])],ae("Sort by","sort",[ee("order","importance"),...["path","rule","subject"].map(o=>ee(o,o))])],a=[Ge("Severity",t.map(o=>Ve("severity",o,d`<span class="severity ${o}">${o}</span>`,e))),...i.length<2?[]:[Ge("State",i.map(o=>Ve("state",o,d`${Ut[o]}`,e)))]];return d`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${s}</div>
<div class="row">${a}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`}var ee=(e,t)=>d`<option value="${e}">${t}</option>`,ae=(e,t,n)=>d`<label>${e} <select name="${t}">${n}</select></label>`,Ge=(e,t)=>d`<fieldset><legend>${e}</legend>${t}</fieldset>`;function Ve(e,t,n,i){let r=i.filter(s=>s[e]===t).length;return d`<label class="box"><input type="checkbox" name="${e}" value="${t}" checked> ${n} <small>${r}</small></label>`}var Je=3,Vt=12,de=400;function Ke(e,t){if(e[t.startLine-1]===void 0)return;let n=Math.min(t.endLine,t.startLine+Vt-1),i=Math.max(1,t.startLine-Je),r=e.at(-1)===""?e.length-1:e.length,s=Math.max(n,Math.min(r,n+Je)),a=[];for(let o=i;o<=s;o++){let l=o>=t.startLine&&o<=t.endLine,c=e[o-1]??"";a.push(d`<tr${l?Ht:void 0}><th>${String(o)}</th><td>${l?Jt(c,o,t):le(c)}\n</td></tr>`)}return d`<div class="code" tabindex="0" role="region" aria-label="${`${t.file}, lines ${i} to ${s}`}"><table>${a}</table></div>`}var Ht=d` class="hit"`;function Jt(e,t,{endColumn:n,endLine:i,startColumn:r,startLine:s}){let a=e.length-e.trimStart().length,o=t===s&&r!==void 0?r-1:a,l=t===i&&n!==void 0?n-1:e.trimEnd().length,c=Math.min(Math.max(0,o),e.length),m=Math.min(Math.max(c,l),e.length),g=e.slice(0,c),b=g.length>de?`…${g.slice(-80)}`:g;return d`${b}<mark>${le(e.slice(c,m))}</mark>${le(e.slice(m))}`}function le(e){return e.length>de?`${e.slice(0,de)}…`:e}var te=3e3,Kt=10,Ze=3,Zt=8;function Xe({group:e,locations:t},n,i){let[r]=e.findings,s=D.filter(o=>e.findings.some(l=>l.severity===o)),a=[...new Set(t.map(o=>o.file))];return d`
<div class="finding" role="listitem" data-severity="${s.join(" ")}" data-check="${r.check}" data-state="${r.state}" data-subject="${r.subject}" data-files="${a.map(o=>encodeURIComponent(o.toWellFormed())).join(" ")}" data-rule="${r.rule}" data-order="${String(n)}" data-count="${String(e.findings.length)}">
<details id="${`finding-${encodeURIComponent(r.fingerprint.toWellFormed())}`}"${r.blocking&&n<Kt?d` open`:void 0}>
<summary><span class="severity ${r.severity}">${r.severity}</span> <span class="what">${Xt(e)}</span> <span class="where">${Qt(t,r)}</span></summary>
<div class="body">
${e.package===void 0?en(e,i):tn(e,i)}
${rn(t,i)}
</div>
</details>
</div>`}function Xt(e){let[t]=e.findings,n=F(e.findings),i=[t.blocking?d` <span class="flag blocks">blocks</span>`:void 0,e.findings.some(s=>s.knownExploited===!0)?d` <span class="flag">known exploited</span>`:void 0,t.state==="new"?void 0:d` <span class="flag">${Yt(t)}</span>`,n===""?void 0:d` <span class="flag">${n}</span>`];if(e.package===void 0)return d`<code>${t.rule}</code> ${t.message||t.title}${i}`;let r=e.findings.length===1?t.rule:w(e.findings);return d`<code>${N(e.package)}</code> ${r}${i}`}function Yt({state:e,waiver:t}){return e==="existing"?"on the base":t===void 0?"waived":`waived until ${t.until}`}function Qt(e,{subject:t}){let[n,...i]=e;return n===void 0?d`${$(t)}`:d`${x(n)}${i.length===0?void 0:` +${i.length}`}`}function en(e,t){let[n]=e.findings,{general:i,references:r,why:s}=U(n,t),a=r.slice(0,Zt).map(o=>d`<li>${R(o,o)}</li>`);return d`<dl>
<dt>Subject</dt><dd><code>${n.subject}</code></dd>
<dt>Check</dt><dd>${q[n.check]}</dd>
${ze(n.content??{}).map(({label:o,text:l})=>d`<dt>${o}</dt><dd>${o==="Removed"?l:d`<code>${l}</code>`}</dd>\n`)}<dt>Why</dt><dd>${i?s:se(s)}</dd>
<dt>Fix</dt><dd>${i?P(e,t):se(P(e,t))}</dd>
${ne(e.findings)}${Ye(n)}${a.length===0?void 0:d`<dt>More</dt><dd><ul class="links">${a}</ul></dd>`}
</dl>
${n.suggestion===void 0?void 0:d`<p class="label">Suggested for ${on(n.suggestion)}</p><pre class="suggestion">${n.suggestion.replacement}</pre>`}`}function tn(e,t){let[n]=e.findings,i=n.package;return d`<dl>
<dt>Image</dt><dd><code>${n.subject}</code></dd>
${i?.layer===void 0?void 0:d`<dt>Layer</dt><dd><code>${_(i.layer)}</code>${i.instruction===void 0?void 0:d` by <code>${i.instruction}</code>`}</dd>`}
${i?.path===void 0?void 0:d`<dt>File</dt><dd><code>${i.path}</code></dd>`}
<dt>Fix</dt><dd>${P(e,t)}</dd>
${ne(e.findings)}${Ye(n)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${i?.name??"the package"}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th>Rating</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${e.findings.map(nn)}</tbody></table></div>`}function nn(e){let{aliases:t,package:n,references:i,rule:r,severity:s,title:a}=e,o=(t??[]).filter(c=>c!==r).slice(0,4),l=i?.find(c=>URL.canParse(c)&&c.startsWith("https:"));return d`<tr><td>${r}${o.length===0?void 0:d` <small>${o.join(", ")}</small>`}</td><td><span class="severity ${s}">${s}</span></td><td>${z(e,!0)}</td><td>${n?.fixed??"no fix"}</td><td>${a}${l===void 0?void 0:d` <small>${R(l,new URL(l).host)}</small>`}</td></tr>`}function ne(e){let t=e.flatMap(({risk:r})=>r??[]).toSorted((r,s)=>s.risk_score-r.risk_score)[0];if(t===void 0)return;let n=t.parts.map(({name:r,points:s,because:a})=>d`<li>${r} ${s}: ${a}</li>`),i=t.recommended_actions.map(r=>d`<li>${r}</li>`);return d`<dt>Risk</dt><dd>${t.risk_score} of 100, ${G(t)}<ul>${n}</ul></dd>
${i.length===0?void 0:d`<dt>What to do</dt><dd><ul>${i}</ul></dd>\n`}`}function Ye({waiver:e}){if(e!==void 0)return d`<dt>Waived</dt><dd>until ${e.until} by ${e.owner}: ${e.reason}</dd>`}function rn(e,t){let n=e.slice(0,Ze).map(r=>d`<p class="label">${R(t.link?.(r),x(r))}</p>${Ke(t.lines(r.file),r)}`),i=e.slice(Ze).map(r=>d`<li>${R(t.link?.(r),x(r))}</li>`);return d`${n}${i.length===0?void 0:d`<details class="more"><summary>${i.length} more places</summary><ul>${i}</ul></details>`}`}function on({endLine:e,startLine:t}){return e>t?`lines ${t} to ${e}`:`line ${t}`}var Qe=200;function tt(e){let{added:t=[],removed:n=[],changed:i=[]}=e.packages??{},r=[...t.map(({name:o,type:l,version:c})=>`+ ${o} ${c} (${l})`),...n.map(({name:o,type:l,version:c})=>`− ${o} ${c} (${l})`),...i.map(({from:o,name:l,to:c,type:m})=>`${l} ${o} → ${c} (${m})`)],s=e.entrypoint&&`starts ${et(e.entrypoint.to)}, before ${et(e.entrypoint.from)}`,a=r.length-Qe;return d`${K({drift:e})}${s===void 0?void 0:d`<div><code>${s}</code></div>`}${r.length===0?void 0:d`<details><summary>${r.length} packages</summary><ul class="links">${r.slice(0,Qe).map(o=>d`<li>${o}</li>`)}${a>0?d`<li>${a} more in the page’s data</li>`:void 0}</ul></details>`}`}function et(e){return e.join(" ")||"nothing"}var sn=20,an=2e3;function nt(e,t,n){let i=t.get(e.digest??e.reference)??[],r=J(e,i),s=Z(e),a=e.locations.slice(0,sn).map(l=>d`<li>${R(n.link?.(l),x(l))}</li>`),o=e.locations.length-a.length;return d`
<div class="image" role="listitem"><details>
<summary><span class="signature ${e.signature}">${e.signature}</span> <span class="what"><code>${e.reference}</code></span> <span class="where">${w(i)||"no findings"}${e.risk===void 0?"":` · ${F([e])}`}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${e.digest??"not resolved"}</code></dd>
${e.signatureMessage===void 0?void 0:d`<dt>Signature</dt><dd>${e.signatureMessage}</dd>`}
${r===void 0?void 0:d`<dt>Base image</dt><dd>${r}</dd>`}
${e.drift===void 0?void 0:d`<dt>Changed</dt><dd>${tt(e.drift)}</dd>`}
${s===void 0?void 0:d`<dt>History</dt><dd>${s}</dd>`}
${e.platform===void 0?void 0:d`<dt>Platform</dt><dd>${e.platform}</dd>`}
<dt>Packages</dt><dd>${e.packages??"not read"}</dd>
${ne([e])}${a.length===0?void 0:d`<dt>Used at</dt><dd><ul class="links">${a}${o>0?d`<li>${o} more</li>`:void 0}</ul></dd>`}
</dl>
${dn(e,i)}
</div></details></div>`}function it(e){return Map.groupBy(e,({subject:t})=>t.slice(t.lastIndexOf("@")+1))}function dn(e,t){let n=e.inventory===void 0?cn(t):e.inventory.map(ln);if(n.length===0)return d``;let i=Map.groupBy(t.filter(s=>s.package!==void 0),({package:s})=>JSON.stringify([s?.name,s?.version])),r=an;return d`${[...Map.groupBy(n,s=>s.layer)].map(([s,a])=>{let o=a.toSorted((m,g)=>I(m.name,g.name)||I(m.version,g.version)).slice(0,r);r-=o.length;let l=s===""?"layer not known":_(s),c=e.inventory===void 0?`${j(a.length,"package")} with findings`:j(a.length,"package");return d`<details class="layer"${n.length<=30?d` open`:void 0}><summary><code>${l}</code> ${c}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${l}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${o.map(m=>d`<tr><td>${m.name}</td><td>${m.version}</td><td>${m.type}</td><td>${w(i.get(JSON.stringify([m.name,m.version]))??[])}</td><td>${m.path}</td></tr>`)}</tbody></table></div>${o.length<a.length?d`<p>${a.length-o.length} more in the page’s data.</p>`:void 0}</details>`})}`}function ln({layer:e,name:t,path:n,type:i,version:r}){return{name:t,version:r,layer:e,path:n,type:i}}function cn(e){let t=new Map;for(let{package:n}of e){if(n===void 0)continue;let{layer:i="",name:r,path:s="",purl:a,version:o}=n;t.set(JSON.stringify([r,o,i,s]),{name:r,version:o,layer:i,path:s,type:/^pkg:([a-z0-9.+-]+)\//i.exec(a)?.[1]??""})}return[...t.values()]}var ce=`(() => {
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
`;var me=`
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
`;var rt="•",mn=8;function ie(e,t){let n=Map.groupBy(e.findings.filter(({check:a,rule:o})=>a==="secret"||Le.has(o)).flatMap(a=>a.locations),a=>a.file),i=new Map;for(let{subject:a,message:o}of e.gaps)o===Ce(a)&&i.set(a,[]);if(n.size===0)return a=>i.get(a)??t.lines(a);let r=[...n].flatMap(([a,o])=>i.has(a)?[]:un(t.lines(a),o)),s=fn(new Set(r));return a=>{let o=i.get(a);if(o!==void 0)return o;let l=pn(hn(t.lines(a),n.get(a)??[]),s);return i.set(a,l),l}}function un(e,t){return t.filter(ue).map(({startLine:n,startColumn:i,endColumn:r})=>(e[n-1]??"").slice(i-1,r-1)).filter(({length:n})=>n>=mn)}function fn(e){if(e.size===0)return;let t=[...e].sort((n,i)=>i.length-n.length);return new RegExp(t.map(n=>RegExp.escape(n)).join("|"),"g")}function pn(e,t){return t===void 0?e:e.map(n=>n.replaceAll(t,i=>rt.repeat(i.length)))}function ue(e){let{startLine:t,endLine:n,startColumn:i,endColumn:r}=e;return t===n&&i!==void 0&&r!==void 0&&r>i}function gn(e,t){return t-(/[^\s"'`=:/@,;<>(){}[\]|&]{0,200}$/.exec(e.slice(Math.max(0,t-200),t))?.[0].length??0)}function hn(e,t){let n=[...e];for(let i of t){let{startLine:r,endLine:s}=i;for(let a=Math.max(1,r);a<=Math.min(s,n.length);a++){let o=n[a-1]??"",l=ue(i)?gn(o,i.startColumn-1):o.length-o.trimStart().length,c=ue(i)?Math.min(i.endColumn-1,o.length):o.length;c>l&&(n[a-1]=o.slice(0,l)+rt.repeat(c-l)+o.slice(c))}}return n}var fe=1e3,bn=200,pe=1e3,xn=500,st=5,at=function*(e,t){let n={...t,lines:ie(e,t)},i=Be(e.findings,n);if(yield vn(e),yield wn(e).html,yield"<main>",e.gaps.length>0&&(yield kn(e.gaps,n).html),yield d`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${e.findings.length}</small></h2>`.html,i.length===0)yield"<p>None.</p>";else{yield He(e.findings).html,yield'<div class="list" id="findings" role="list">';for(let[r,s]of i.slice(0,te).entries())yield Xe(s,r,n).html;yield`
</div>`,i.length>te&&(yield d`<p>${i.length-te} more, the least important, are in the page’s data.</p>`.html)}if(yield"</section>",e.subjects.length>0){yield d`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${e.subjects.length}</small></h2><div class="list" role="list">`.html;let r=it(e.findings);for(let s of e.subjects.slice(0,fe))yield nt(s,r,n).html;yield`
</div>`,e.subjects.length>fe&&(yield d`<p>${e.subjects.length-fe} more are in the page’s data.</p>`.html),yield"</section>"}e.responses!==void 0&&(yield Mn(e).html),yield"</main>",yield Rn(e,t).html,yield`<script type="application/json" id="report">${$n(e,t)}</script>
<script>${ce}</script>
</body>
</html>
`};function $n(e,t){return[...Q(e,t)].join("").replaceAll("<","\\u003c")}function vn({verdict:e}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; script-src ${ot(ce)}; style-src ${ot(me)}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${A[e]} · Portcullis report</title>
<style>${me}</style>
</head>
<body>
`}var ot=e=>`'sha256-${yn("sha256").update(e).digest("base64")}'`;function wn({reasons:e,summary:t,verdict:n}){let i=["critical","high","medium","low"].map(s=>d`<li class="${s}"><b>${t[s]}</b> ${s}</li>`),r=[...t.unknown>0?[d`<li><b>${t.unknown}</b> unknown</li>`]:[],d`<li><b>${t.blocking}</b> blocking</li>`,...t.existing>0?[d`<li><b>${t.existing}</b> on the base</li>`]:[],...t.waived>0?[d`<li><b>${t.waived}</b> waived</li>`]:[],...t.gaps>0?[d`<li><b>${t.gaps}</b> not verified</li>`]:[]];return d`<header class="top"><div class="verdict ${n}"><h1>${W[n]} ${A[n]} <small>Portcullis</small></h1><ul>${e.map(s=>d`<li>${M(s)}</li>`)}</ul></div>
<ul class="counts">${i}${r}</ul></header>\n`}function kn(e,t){let n=e.slice(0,pe).map(({locations:i,message:r,subject:s})=>{let a=i.slice(0,st).map(l=>d`<div>${R(t.link?.(l),x(l))}</div>`),o=i.length-a.length;return d`<div class="gap" role="listitem"><code>${$(s)}</code> <span>${M(r)}</span><div class="where">${a}${o>0?d`<div>+${o}</div>`:void 0}</div></div>`});return d`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${e.length}</small></h2>
<div class="list" role="list">${n}</div>
${e.length>pe?d`<p>${e.length-pe} more are in the page’s data.</p>`:void 0}</section>`}function Mn(e){let t=H(e),n=t.slice(0,bn).map(({action:r,state:s,condition:a,detail:o,subjects:l})=>d`<div class="gap" role="listitem"><code>${r}</code> <span>${V[s]}: ${a}</span><div class="where">${l.slice(0,st).map(c=>d`<div>${c}</div>`)}<div>${o}</div></div></div>`),i=t.length-n.length;return d`\n<section aria-labelledby="responses-title"><h2 id="responses-title">Responses <small>${t.length}</small></h2>
<div class="list" role="list">${n}</div>
${i>0?d`<p>${i} more are in the page’s data.</p>`:void 0}</section>`}function Rn(e,{version:t}){let n=e.coverage.skippedFiles??[],i=n.slice(0,xn).map(({file:s,reason:a})=>d`<li><code>${s}</code>: ${a}</li>`),r=n.length-i.length;return d`<footer>${[...X(e),Y(e)].filter(s=>s!=="").map(s=>d`<div>${s}</div>`)}
${i.length===0?void 0:d`<details><summary>${j(n.length,"skipped file")}</summary><ul>${i}${r>0?d`<li>${r} more</li>`:void 0}</ul></details>`}
<p>Portcullis ${t} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`}var dt=qt(Nt(),1);import{createHash as Sn}from"node:crypto";function lt(e,{author:t,timestamp:n}){let i=new Map(e.subjects.map(o=>[o.reference,o])),r=e.findings.flatMap(o=>{let l=i.get(o.subject)??e.subjects.find(({reference:c,digest:m})=>o.subject===`${c}@${m}`);return o.check!=="vulnerability"||l===void 0?[]:[Cn(o,l)]}),s={author:t,role:"scanner",timestamp:n.toISOString(),version:1,tooling:"portcullis",statements:r};return{"@context":"https://openvex.dev/ns/v0.2.0","@id":`https://portcullis.dev/vex/${Sn("sha256").update(JSON.stringify(s)).digest("hex")}`,...s}}function Cn(e,t){let{rule:n,aliases:i=[],package:r,vex:s}=e;return{vulnerability:{name:n,...i.length===0?{}:{aliases:i}},products:[{...En(t),...r===void 0?{}:{subcomponents:[{"@id":r.purl,identifiers:{purl:r.purl}}]}}],...s===void 0?{status:"affected",status_notes:e.message,action_statement:Fn(e)}:Ln(s)}}function Ln({status:e,justification:t,detail:n}){let i=t!==void 0&&jn.has(t),r=[n,i?void 0:t].filter(s=>s!==void 0).join(": ");return{status:e,...i?{justification:t}:{},...r===""?{}:{[e==="not_affected"?"impact_statement":"status_notes"]:r}}}var jn=new Set(["component_not_present","inline_mitigations_already_exist","vulnerable_code_cannot_be_controlled_by_adversary","vulnerable_code_not_in_execute_path","vulnerable_code_not_present"]);function Fn({package:e,waiver:t}){let n=e?.fixed===void 0?"no fixed version is known":`update ${e.name} to ${e.fixed}`;return t===void 0?n:`accepted by ${t.owner} until ${t.until}: ${t.reason}; ${n}`}function En({reference:e,digest:t}){let n=e.replace(/@.*$/,"").replace(/:[^/:]*$/,""),i=n.slice(n.lastIndexOf("/")+1).toLowerCase();if(t===void 0||i==="")return{"@id":e};let r=new dt.PackageURL("oci",void 0,i,t,{repository_url:n},void 0).toString();return{"@id":r,identifiers:{purl:r},hashes:{"sha-256":t.replace(/^sha256:/,"")}}}var ct=function*(e,{today:t="1970-01-01"}){yield`${JSON.stringify(lt(e,{author:"Portcullis",timestamp:new Date(`${t}T00:00:00Z`)}),void 0,2)}
`};var ge=String.raw`(?:\u001B\u005C|\u009C)`,mt=String.raw`\u0018\u001A\u001B\u0080-\u009F`,_n=String.raw`(?:\u001B\]|\u009D)[^\u0007${mt}]*(?:\u0007|${ge})`,Pn=String.raw`(?:\u001B[PX^_k]|[\u0090\u0098\u009E\u009F])[^${mt}]*${ge}`,In=String.raw`\u001B\](?:P[\dA-Fa-f]{7}|R)(?:\u0007|${ge})?`,An=String.raw`(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]`,On=String.raw`\u001B(?:[\u0020-\u002F]+[\u0030-\u007E]|[\dA-PR-TZcf-oq-uy=><~|}])`,Bn=`${In}|${_n}|${Pn}|${An}|${On}`;function he({onlyFirst:e=!1}={}){return new RegExp(Bn,e?void 0:"g")}var Tn=he();function ye(e){if(typeof e!="string")throw new TypeError(`Expected a \`string\`, got \`${typeof e}\``);return!e.includes("\x1B")&&!e.includes("")?e:e.replace(Tn,"")}var ut=[161,161,164,164,167,168,170,170,173,174,176,180,182,186,188,191,198,198,208,208,215,216,222,225,230,230,232,234,236,237,240,240,242,243,247,250,252,252,254,254,257,257,273,273,275,275,283,283,294,295,299,299,305,307,312,312,319,322,324,324,328,331,333,333,338,339,358,359,363,363,462,462,464,464,466,466,468,468,470,470,472,472,474,474,476,476,593,593,609,609,708,708,711,711,713,715,717,717,720,720,728,731,733,733,735,735,768,879,913,929,931,937,945,961,963,969,1025,1025,1040,1103,1105,1105,8208,8208,8211,8214,8216,8217,8220,8221,8224,8226,8228,8231,8240,8240,8242,8243,8245,8245,8251,8251,8254,8254,8308,8308,8319,8319,8321,8324,8364,8364,8451,8451,8453,8453,8457,8457,8467,8467,8470,8470,8481,8482,8486,8486,8491,8491,8531,8532,8539,8542,8544,8555,8560,8569,8585,8585,8592,8601,8632,8633,8658,8658,8660,8660,8679,8679,8704,8704,8706,8707,8711,8712,8715,8715,8719,8719,8721,8721,8725,8725,8730,8730,8733,8736,8739,8739,8741,8741,8743,8748,8750,8750,8756,8759,8764,8765,8776,8776,8780,8780,8786,8786,8800,8801,8804,8807,8810,8811,8814,8815,8834,8835,8838,8839,8853,8853,8857,8857,8869,8869,8895,8895,8978,8978,9312,9449,9451,9547,9552,9587,9600,9615,9618,9621,9632,9633,9635,9641,9650,9651,9654,9655,9660,9661,9664,9665,9670,9672,9675,9675,9678,9681,9698,9701,9711,9711,9733,9734,9737,9737,9742,9743,9756,9756,9758,9758,9792,9792,9794,9794,9824,9825,9827,9829,9831,9834,9836,9837,9839,9839,9886,9887,9919,9919,9926,9933,9935,9939,9941,9953,9955,9955,9960,9961,9963,9969,9972,9972,9974,9977,9979,9980,9982,9983,10045,10045,10102,10111,11094,11097,12872,12879,57344,63743,65024,65039,65533,65533,127232,127242,127248,127277,127280,127337,127344,127373,127375,127376,127387,127404,917760,917999,983040,1048573,1048576,1114109],ft=12288,pt=65510,gt=[12288,12288,65281,65376,65504,65510];var ht=4352,yt=262141,be=[4352,4447,8986,8987,9001,9002,9193,9196,9200,9200,9203,9203,9725,9726,9748,9749,9776,9783,9800,9811,9855,9855,9866,9871,9875,9875,9889,9889,9898,9899,9917,9918,9924,9925,9934,9934,9940,9940,9962,9962,9970,9971,9973,9973,9978,9978,9981,9981,9989,9989,9994,9995,10024,10024,10060,10060,10062,10062,10067,10069,10071,10071,10133,10135,10160,10160,10175,10175,11035,11036,11088,11088,11093,11093,11904,11929,11931,12019,12032,12245,12272,12287,12289,12350,12353,12438,12441,12543,12549,12591,12593,12686,12688,12773,12783,12830,12832,12871,12880,42124,42128,42182,43360,43388,44032,55203,63744,64255,65040,65049,65072,65106,65108,65126,65128,65131,94176,94180,94192,94198,94208,101594,101631,101664,101760,101874,101888,102801,102816,102866,110576,110579,110581,110587,110589,110590,110592,110888,110898,110898,110928,110930,110933,110933,110948,110952,110960,111355,119552,119638,119648,119670,126980,126980,127183,127183,127374,127374,127377,127386,127406,127406,127488,127490,127504,127547,127552,127560,127568,127569,127584,127589,127744,127776,127789,127797,127799,127868,127870,127891,127904,127946,127951,127955,127968,127984,127988,127988,127992,128062,128064,128064,128066,128252,128255,128317,128331,128334,128336,128359,128378,128378,128405,128406,128420,128420,128507,128591,128640,128709,128716,128716,128720,128722,128725,128729,128732,128735,128747,128748,128756,128764,128986,128986,128992,129003,129008,129008,129292,129338,129340,129349,129351,129535,129648,129660,129664,129734,129736,129736,129740,129757,129759,129771,129775,129786,131072,196605,196608,262141];var re=(e,t)=>{let n=0,i=Math.floor(e.length/2)-1;for(;n<=i;){let r=Math.floor((n+i)/2),s=r*2;if(t<e[s])i=r-1;else if(t>e[s+1])n=r+1;else return!0}return!1};var bt=19968,[zn,qn]=Nn(be);function Nn(e){let t=e[0],n=e[1];for(let i=0;i<e.length;i+=2){let r=e[i],s=e[i+1];if(bt>=r&&bt<=s)return[r,s];s-r>n-t&&(t=r,n=s)}return[t,n]}var xt=e=>e<161||e>1114109?!1:re(ut,e),$t=e=>e<ft||e>pt?!1:re(gt,e);var vt=e=>e>=zn&&e<=qn?!0:e<ht||e>yt?!1:re(be,e);function Un(e){if(!Number.isSafeInteger(e))throw new TypeError(`Expected a code point, got \`${typeof e}\`.`)}function O(e,{ambiguousAsWide:t=!1}={}){return Un(e),$t(e)||vt(e)||t&&xt(e)?2:1}var Gn=new Intl.Segmenter,Rt=new RegExp("[^\\u{20}-\\u{7E}]","v"),St=String.raw`\u{600}-\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}`,Vn=new RegExp(`^[${St}]+`,"v"),$e=new RegExp(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Enclosing_Mark}\p{Nonspacing_Mark}[\p{Format}--[${St}]]]`,"v"),wt=new RegExp("^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})","v"),Hn=new RegExp("^[\\p{Emoji_Presentation}--[\\u{10000}-\\u{10FFFF}]]\\u{FE0E}","v");function xe(e,t){if(t>=e.length)return 0;let n=new RegExp("(?<![\\p{Emoji_Modifier_Base}\\u{200D}])\\p{Emoji_Modifier}","gv");n.lastIndex=t;let i=0;for(;n.test(e);)i++;return i}var kt=new RegExp("\\u{200D}\\p{Extended_Pictographic}","v");function Mt(e){let t=e.search($e);return t===-1?void 0:e.slice(t)}function Jn(e){return e>=4352&&e<=4607||e>=43360&&e<=43388||e>=44032&&e<=55203||e>=55216&&e<=55238||e>=55243&&e<=55291}function Kn(e,t){let n=0;for(let i of e){if(i==="‍")break;$e.test(i)&&(n+=O(i.codePointAt(0),t))}return n}function Ct(e,t){let n=e.codePointAt(0),i=n===69821||n===69837||n>=1536&&n<=2303?Vn.exec(e):void 0;if(i){let o=e.slice(i[0].length),l=Ct(o,t),c=Mt(o);return l>=2&&(O(c.codePointAt(0),t)===2||wt.test(c)||kt.test(c))?l:[...i[0]].length+l}let r=Mt(e);if(r===void 0)return 0;if(Jn(n))return O(n,t)+xe(e,1)*2;if(Hn.test(r))return 1;let s=wt.exec(r);if(s)return 2+xe(r,s[0].length)*2;let a=kt.exec(r);return a?2+xe(r,a.index+a[0].length)*2:Kn(r,t)}function Zn(e,t){let n=0,i=e.search(Rt);i>1&&(n=i-1,e=e.slice(n));let r=e.length;for(;r>0;){let a=e.codePointAt(r-1);if(a<32||a>126)break;r--}if(r+1<e.length&&(n+=e.length-r-1,e=e.slice(0,r+1)),!new RegExp("[^\\u{20}-\\u{7E}\\u{4E00}-\\u{9FFF}\\u{AC00}-\\u{D7A3}]","v").test(e))return n+e.length+e.replaceAll(new RegExp("[\\u{20}-\\u{7E}]","gv"),"").length;e=e.toWellFormed(),e=e.replaceAll(new RegExp("(?<=[\\u{16D63}-\\u{16D6A}])[\\u{16D63}-\\u{16D6A}]+","gv"),"");let s={ambiguousAsWide:!t};for(let{segment:a}of Gn.segment(e)){if(a.length===1){$e.test(a)&&(n+=O(a.codePointAt(0),s));continue}n+=Ct(a,s)}return n}function ve(e,t={}){if(typeof e!="string"||e.length===0)return 0;let{ambiguousIsNarrow:n=!0,countAnsiEscapeCodes:i=!1}=t,r=e;return!i&&(r.includes("\x1B")||r.includes(""))&&(r=ye(r)),Rt.test(r)?Zn(r,n):r.length}var Lt=4,jt=/^[\x20-\x7e]*$/;function f(e){return jt.test(e)?e.length:ve(e)}function Ft(e,t){let n=Math.max(8,t),i=[],r="",s=0;for(let a of e.split(" "))for(let[o,l]of Xn(a,n).entries()){let c=f(l);r!==""&&(o>0||s+1+c>n)?(i.push(r),r=l,s=c):(s+=c+(r===""?0:1),r=r===""?l:`${r} ${l}`)}return[...i,r]}function Xn(e,t){if(f(e)<=t)return[e];let n=[],i="",r=0;for(let s of we(e)){let a=f(s);r+a>t&&i!==""&&(n.push(i),i="",r=0),i+=s,r+=a}return[...n,i]}function k(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of we(e)){if(i+=f(r),i>t-1)break;n+=r}return`${n}…`}function Et(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of we(e).reverse()){if(i+=f(r),i>t-1)break;n=r+n}return`…${n}`}function B(e,t){let n="",i=t;for(let[r,s]of e.split("	").entries()){if(r>0){let o=Lt-i%Lt;n+=" ".repeat(o),i+=o}let a=je(s);n+=a,i+=f(a)}return n}function we(e){return jt.test(e)?[...e]:[...new Intl.Segmenter("en",{granularity:"grapheme"}).segment(e)].map(({segment:t})=>t)}var _t={bold:"1",dim:"2",plain:"",critical:"1;31",high:"31",medium:"33",low:"34",unknown:"35",pass:"1;32",block:"1;31",incomplete:"1;33"};function Pt(e){return(t,n)=>e&&n!==""&&_t[t]!==""?`\x1B[${_t[t]}m${n}\x1B[0m`:n}var Yn=2e3,Qn=50,ei=7.5,ti=44,ni=36;function*It({inventory:e=[]},{paint:t,width:n}){let i=e.slice(0,Yn),r=ke(i.map(({type:o})=>o.length),12),s=ke(i.map(({name:o})=>o.length),ti),a=ke(i.map(({version:o})=>o.length),ni);for(let o of i){let[l,c,m]=[o.type,o.name,o.version].map(u);yield`${`  ${Me(l??"",r)}  ${Me(c??"",s)}  ${Me(m??"",a)}`}  ${t("dim",k(u(ii(o)),Math.max(4,n-r-s-a-10)))}`.trimEnd()}e.length>i.length&&(yield`  and ${e.length-i.length} more`)}function*At({unowned:e=[]},{paint:t,width:n}){let i=e.slice(0,Qn);for(let{path:r,entropy:s}of i){let a=s>ei?t("dim","  packed or encrypted"):"";yield`  ${k(u(r),Math.max(4,n-24))}${a}`}e.length>i.length&&(yield`  and ${e.length-i.length} more`)}function ii({path:e,type:t}){return t==="apk"||t==="deb"||t==="rpm"?"":e}function ke(e,t){return Math.min(t,e.reduce((n,i)=>Math.max(n,i),0))}function Me(e,t){let n=k(e,t);return n+" ".repeat(Math.max(0,t-f(n)))}var h=600;function*p(e,t,n,i,r=s=>s){if(n!=="")for(let[s,a]of Ft(n,i-f(t)).entries())yield`${s===0?e:t}${r(a)}`}var oe=2e3,Ot=3;function Bt(e,t,n,i,r){let s=t.startLine,a=e[s-1];if(a===void 0)return[];let o=Math.max(16,i-n-4),l=Math.min(t.endLine,e.length),c=[],m=(g,b)=>`${r("dim",`${g.padStart(n)} │`)} ${b}`.trimEnd();if(l<=s){let{text:g,start:b,end:y}=ri(a,t,o);return c.push(m(String(s),g)),y>b&&c.push(m("",`${" ".repeat(b)}${r("bold","^".repeat(y-b))}`)),c}for(let g=s;g<=Math.min(l,s+Ot-1);g++)c.push(m(String(g),k(B((e[g-1]??"").slice(0,oe),0),o)));return l>=s+Ot&&c.push(m("…",r("dim",`to line ${l}`))),c}function ri(e,{startColumn:t,endColumn:n},i){let r=e.length-e.trimStart().length,s=Re((t??r+1)-1,0,e.length),a=Re((n??e.trimEnd().length+1)-1,s,e.length),o=B(e.slice(Math.max(0,s-oe),s),0),l=f(o),c=B(e.slice(s,Math.min(a,s+oe)),l),m=l+Math.max(1,f(c)),g=B(e.slice(a,a+oe),l+f(c));if(l+f(c)+f(g)<=i)return{text:o+c+g,start:l,end:m};let b=Et(o,Re(i-f(c)-8,8,Math.max(8,l))),y=k(c,i-f(b)),C=k(g,Math.max(1,i-f(b)-f(y)));return{text:f(b)+f(y)<i?b+y+C:b+y,start:f(b),end:f(b)+Math.max(1,f(y))}}var Re=(e,t,n)=>Math.min(Math.max(e,t),n);var oi=12,v=" ".repeat(14);function*Tt({location:e,also:t,subject:n,findings:i},r,s){let{paint:a,width:o}=s;(r===void 0||_e(r,e)!==0)&&(yield*si(e,i,s)),yield*p("  ","  ",u($(n)).slice(0,h),o,l=>a("dim",l)),t.length>0&&(yield*p("  ","  ",`also ${E(t.map(l=>u(x(l))),5)}`,o,l=>a("dim",l))),yield*Se(i,s)}function*si(e,t,{lines:n,paint:i,width:r}){let s=Math.max(4,String(e.endLine).length+2),o=t.some(l=>l.state==="new")?Bt(n(e.file),e,s,r,i):[];o.length>0?yield*o:yield i("dim",`  line ${e.startLine}`)}function*Se(e,t){for(let n of Ie(e,t.context))yield*ai(n,t)}function*ai(e,t){let{context:n,paint:i,told:r,width:s}=t,[a]=e.findings,o=a.state==="new",l=o?a.severity:"dim",c=a.blocking?"✖":o?"•":"·",m=u(e.package===void 0?a.rule:N(e.package)).slice(0,h),g=o?F(e.findings):"",b=`${u(M(di(e))).slice(0,h)}${g===""?"":` · ${g}`}`;if(yield*p(`  ${i(l,`${c} ${a.severity.padEnd(8)}`)}  `,v,b===""?m:`${m}: ${b}`,s,y=>y.startsWith(m)?i(o?"bold":"dim",m)+y.slice(m.length):y),!o){yield*p(v,v,li(a),s,y=>i("dim",y));return}if(e.package===void 0){let y=a.content===void 0?"":qe(a.content,u).slice(0,h);y!==""&&(yield*p(v,v,y,s,L=>i("dim",L)));let C=P(e,n);if(r.has(C)||(r.add(C),U(a,n).general&&(a.check==="manifest"||a.check==="dockerfile")))return;yield*p(v,v,u(C),s,L=>i("dim",L))}else{let y=e.findings.length===1?a.title:E(e.findings.map(Dt),oi);yield*p(v,v,u(y).slice(0,h),s,L=>i("dim",L));let C=a.package?.instruction;C!==void 0&&(yield*p(v,v,u(`brought by ${C}`).slice(0,h),s,L=>i("dim",L)))}}function di({findings:e,package:t}){let[n]=e;return t===void 0?n.message===""?n.title:n.message:e.length===1?Dt(n):w(e)}function Dt(e){let t=z(e);return t===""?e.rule:`${e.rule} (${t})`}function li({state:e,waiver:t}){return e==="existing"?"already on the base":t===void 0?"waived":u(`waived until ${t.until} by ${t.owner}: ${t.reason}`).slice(0,h)}var ci=3,T=" ".repeat(7);function*Wt({findings:e},{paint:t,width:n}){for(let{risk:i,rule:r,package:s,subject:a,severity:o,locations:[l]}of De(e,ci)){let c=l===void 0?$(a):x(l),m=[r,...s===void 0?[]:[s.name],c,G(i)].join(" · ");yield*p(`  ${t(o,String(i.risk_score).padStart(3))}  `,T,u(m).slice(0,h),n),yield*p(T,T,u(Te(i)).slice(0,2*h),n,g=>t("dim",g)),yield*p(T,T,u(i.recommended_actions.join(" ")).slice(0,h),n)}}var zt=function*(e,t){for(let n of mi(e,t))yield`${Fe(n)}
`};function*mi(e,t){let n=Math.min(Math.max(t.width||80,40),160),i=Pt(t.colour),r={context:t,paint:i,width:n,lines:ie(e,t),told:new Set};for(let{file:a,places:o}of Ae(e.findings)){yield S(a,w(o.flatMap(l=>l.findings)),r),r.told.clear(),yield"";for(let[l,c]of o.entries())yield*Tt(c,o[l-1]?.location,r),yield""}for(let[a,o]of Oe(e.findings))yield S($(a),w(o),r),r.told.clear(),yield"",yield*Se(o,r),yield"";if(e.gaps.length>0){yield S("not verified",j(e.gaps.length,"gap"),r),yield"";for(let a of e.gaps)yield*ui(a,r);yield""}e.subjects.length>0&&(yield S("images","",r),yield"",yield*fi(e,r),yield"");for(let a of e.subjects.filter(({inventory:o})=>o!==void 0&&o.length>0))yield S(`packages of ${a.reference}`,"",r),yield"",yield*It(a,r),yield"";for(let a of e.subjects.filter(({unowned:o=[]})=>o.length>0))yield S(`programs of ${a.reference} that no package owns`,"",r),yield"",yield*At(a,r),yield"";let s=[...Wt(e,r)];s.length>0&&(yield S("highest risk","",r),yield"",yield*s,yield""),e.responses!==void 0&&(yield S("responses","",r),yield"",yield*pi(e,r),yield""),yield S("verdict","",r),yield"";for(let a of[...X(e),Y(e),...e.notes??[]].map(u))yield*p("  ","  ",a,n,o=>i("dim",o));yield"",yield*gi(e,i,n)}function S(e,t,{paint:n,width:i}){let r=u(e),s=f(r)+f(t)+4>i?"":t,a=k(r,i-4),o="─".repeat(Math.max(2,i-f(a)-f(s)-(s===""?1:2)));return`${n("bold",a)} ${n("dim",o)}${s===""?"":` ${s}`}`}function*ui({subject:e,message:t,locations:n},{paint:i,width:r}){yield*p(`  ${i("incomplete","?")} `,"    ",u($(e)).slice(0,h),r),yield*p("    ","    ",u(M(t)).slice(0,h),r),n.length>0&&(yield*p("    ","    ",E(n.map(x).map(u),5),r,s=>i("dim",s)))}function*fi({findings:e,subjects:t},{paint:n,width:i}){let r={verified:"pass",unsigned:"high",untrusted:"high",invalid:"critical",unchecked:"dim"};for(let s of t){let a=[s.digest===void 0?"no digest":_(s.digest),s.platform??"",s.packages===void 0?"":j(s.packages,"package"),F([s])].filter(o=>o!=="");yield*p(`  ${n(r[s.signature],s.signature.padEnd(9))}  `," ".repeat(13),u(s.reference),i),yield*p(" ".repeat(13)," ".repeat(13),u(a.join(" · ")),i,o=>n("dim",o)),s.signatureMessage!==void 0&&(yield*p(" ".repeat(13)," ".repeat(13),u(M(s.signatureMessage)).slice(0,h),i));for(let o of[K(s),Z(s),J(s,e)])o!==void 0&&(yield*p(" ".repeat(13)," ".repeat(13),u(o).slice(0,h),i))}}function*pi(e,{paint:t,width:n}){let i={failed:"critical","handed-over":"pass",nobody:"high",taken:"pass",waiting:"dim"};for(let{state:r,action:s,condition:a,detail:o,subjects:l}of H(e)){let c=" ".repeat(15);yield*p(`  ${t(i[r],V[r].padEnd(11))}  `,c,`${u(s)}: ${u(a)}`,n),l.length>0&&(yield*p(c,c,E(l.map(u),5).slice(0,h),n)),yield*p(c,c,u(o).slice(0,h),n,m=>t("dim",m))}}function*gi({verdict:e,reasons:t},n,i){yield`  ${n(e,`${W[e]} ${A[e]}`)}`;for(let r of t)yield*p("    ","    ",u(M(r)).slice(0,h),i)}var Oo={html:at,json:Q,markdown:We,openvex:ct,sarif:Ne,text:zt};export{Oo as a};
