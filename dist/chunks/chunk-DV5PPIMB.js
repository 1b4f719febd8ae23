import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as Ie,c as N,d as Pe,e as Ee,f as $,g as Oe,h as F,i as Ae,k as G,l as Be,m as V,n as H,o as J,p as K,r as Z,t as X,u as Y,w as De,y as Te,z as We}from"./chunk-DSKPLCQM.js";import{b as qe}from"./chunk-YRM42UAQ.js";import{b as E,c as Fe,d as j,e as _,f as w,g as I,h as M,i as x,j as O,k as W,l as q,m as z,n as _e,o as U,p as P}from"./chunk-HLJVHPCJ.js";import{a as Q}from"./chunk-DUW4LQGI.js";import{a as u,b as Ce,c as Le,g as je}from"./chunk-SKET7S3O.js";import{a as Se}from"./chunk-5S7ME5LN.js";import{a as Wt}from"./chunk-JCHH233Y.js";import{a as T}from"./chunk-HAYHVHHC.js";import{d as Tt}from"./chunk-55CDFFVJ.js";import{createHash as cn}from"node:crypto";function d(e,...t){return{html:e.map((n,r)=>n+ze(t[r])).join("")}}function ze(e){return e===void 0?"":typeof e=="string"?je(e):typeof e=="number"?e.toLocaleString("en-US"):"html"in e?e.html:e.map(ze).join("")}function se(e){return d`${e.split(/(`[^`]+`)/).map((t,n)=>n%2===1?d`<code>${t.slice(1,-1)}</code>`:t)}`}function R(e,t){if(e===void 0||!URL.canParse(e))return d`${t}`;let n=new URL(e);return n.protocol!=="https:"||n.username!==""||n.password!==""?d`${t}`:d`<a href="${n.href}" rel="noreferrer noopener">${t}</a>`}var qt={new:"new",existing:"on the base",waived:"waived"},zt=new Set(["vulnerability","malware","secret","image-config","signature","attestation"]);function Ge(e){let t=T.filter(s=>e.some(l=>l.severity===s)),n=_e.filter(s=>e.some(l=>l.check===s)),r=["new","existing","waived"].filter(s=>e.some(l=>l.state===s)),i=[...new Set(e.filter(s=>zt.has(s.check)&&s.subject.includes("@")).map(s=>s.subject))].sort(E),o=[d`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,d`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,ae("Check","check",[d`<option value="">all</option>`,...n.map(s=>ee(s,z[s]))]),...i.length===0?[]:[ae("Image","subject",[d`<option value="">all</option>`,...i.map(s=>ee(s,x(s)))])],ae("Sort by","sort",[ee("order","importance"),...["path","rule","subject"].map(s=>ee(s,s))])],a=[Ne("Severity",t.map(s=>Ue("severity",s,d`<span class="severity ${s}">${s}</span>`,e))),...r.length<2?[]:[Ne("State",r.map(s=>Ue("state",s,d`${qt[s]}`,e)))]];return d`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${o}</div>
<div class="row">${a}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`}var ee=(e,t)=>d`<option value="${e}">${t}</option>`,ae=(e,t,n)=>d`<label>${e} <select name="${t}">${n}</select></label>`,Ne=(e,t)=>d`<fieldset><legend>${e}</legend>${t}</fieldset>`;function Ue(e,t,n,r){let i=r.filter(o=>o[e]===t).length;return d`<label class="box"><input type="checkbox" name="${e}" value="${t}" checked> ${n} <small>${i}</small></label>`}var Ve=3,Nt=12,de=400;function He(e,t){if(e[t.startLine-1]===void 0)return;let n=Math.min(t.endLine,t.startLine+Nt-1),r=Math.max(1,t.startLine-Ve),i=e.at(-1)===""?e.length-1:e.length,o=Math.max(n,Math.min(i,n+Ve)),a=[];for(let s=r;s<=o;s++){let l=s>=t.startLine&&s<=t.endLine,c=e[s-1]??"";a.push(d`<tr${l?Ut:void 0}><th>${String(s)}</th><td>${l?Gt(c,s,t):le(c)}\n</td></tr>`)}return d`<div class="code" tabindex="0" role="region" aria-label="${`${t.file}, lines ${r} to ${o}`}"><table>${a}</table></div>`}var Ut=d` class="hit"`;function Gt(e,t,{endColumn:n,endLine:r,startColumn:i,startLine:o}){let a=e.length-e.trimStart().length,s=t===o&&i!==void 0?i-1:a,l=t===r&&n!==void 0?n-1:e.trimEnd().length,c=Math.min(Math.max(0,s),e.length),m=Math.min(Math.max(c,l),e.length),p=e.slice(0,c),b=p.length>de?`…${p.slice(-80)}`:p;return d`${b}<mark>${le(e.slice(c,m))}</mark>${le(e.slice(m))}`}function le(e){return e.length>de?`${e.slice(0,de)}…`:e}var te=3e3,Vt=10,Je=3,Ht=8;function Ke({group:e,locations:t},n,r){let[i]=e.findings,o=T.filter(s=>e.findings.some(l=>l.severity===s)),a=[...new Set(t.map(s=>s.file))];return d`
<div class="finding" role="listitem" data-severity="${o.join(" ")}" data-check="${i.check}" data-state="${i.state}" data-subject="${i.subject}" data-files="${a.map(s=>encodeURIComponent(s.toWellFormed())).join(" ")}" data-rule="${i.rule}" data-order="${String(n)}" data-count="${String(e.findings.length)}">
<details id="${`finding-${encodeURIComponent(i.fingerprint.toWellFormed())}`}"${i.blocking&&n<Vt?d` open`:void 0}>
<summary><span class="severity ${i.severity}">${i.severity}</span> <span class="what">${Jt(e)}</span> <span class="where">${Zt(t,i)}</span></summary>
<div class="body">
${e.package===void 0?Xt(e,r):Yt(e,r)}
${en(t,r)}
</div>
</details>
</div>`}function Jt(e){let[t]=e.findings,n=F(e.findings),r=[t.blocking?d` <span class="flag blocks">blocks</span>`:void 0,e.findings.some(o=>o.knownExploited===!0)?d` <span class="flag">known exploited</span>`:void 0,t.state==="new"?void 0:d` <span class="flag">${Kt(t)}</span>`,n===""?void 0:d` <span class="flag">${n}</span>`];if(e.package===void 0)return d`<code>${t.rule}</code> ${t.message||t.title}${r}`;let i=e.findings.length===1?t.rule:w(e.findings);return d`<code>${N(e.package)}</code> ${i}${r}`}function Kt({state:e,waiver:t}){return e==="existing"?"on the base":t===void 0?"waived":`waived until ${t.until}`}function Zt(e,{subject:t}){let[n,...r]=e;return n===void 0?d`${x(t)}`:d`${$(n)}${r.length===0?void 0:` +${r.length}`}`}function Xt(e,t){let[n]=e.findings,{general:r,references:i,why:o}=U(n,t),a=i.slice(0,Ht).map(s=>d`<li>${R(s,s)}</li>`);return d`<dl>
<dt>Subject</dt><dd><code>${n.subject}</code></dd>
<dt>Check</dt><dd>${z[n.check]}</dd>
${Te(n.content??{}).map(({label:s,text:l})=>d`<dt>${s}</dt><dd>${s==="Removed"?l:d`<code>${l}</code>`}</dd>\n`)}<dt>Why</dt><dd>${r?o:se(o)}</dd>
<dt>Fix</dt><dd>${r?P(e,t):se(P(e,t))}</dd>
${ne(e.findings)}${Ze(n)}${a.length===0?void 0:d`<dt>More</dt><dd><ul class="links">${a}</ul></dd>`}
</dl>
${n.suggestion===void 0?void 0:d`<p class="label">Suggested for ${tn(n.suggestion)}</p><pre class="suggestion">${n.suggestion.replacement}</pre>`}`}function Yt(e,t){let[n]=e.findings,r=n.package;return d`<dl>
<dt>Image</dt><dd><code>${n.subject}</code></dd>
${r?.layer===void 0?void 0:d`<dt>Layer</dt><dd><code>${I(r.layer)}</code>${r.instruction===void 0?void 0:d` by <code>${r.instruction}</code>`}</dd>`}
${r?.path===void 0?void 0:d`<dt>File</dt><dd><code>${r.path}</code></dd>`}
<dt>Fix</dt><dd>${P(e,t)}</dd>
${ne(e.findings)}${Ze(n)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${r?.name??"the package"}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th>Rating</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${e.findings.map(Qt)}</tbody></table></div>`}function Qt(e){let{aliases:t,package:n,references:r,rule:i,severity:o,title:a}=e,s=(t??[]).filter(c=>c!==i).slice(0,4),l=r?.find(c=>URL.canParse(c)&&c.startsWith("https:"));return d`<tr><td>${i}${s.length===0?void 0:d` <small>${s.join(", ")}</small>`}</td><td><span class="severity ${o}">${o}</span></td><td>${q(e,!0)}</td><td>${n?.fixed??"no fix"}</td><td>${a}${l===void 0?void 0:d` <small>${R(l,new URL(l).host)}</small>`}</td></tr>`}function ne(e){let t=e.flatMap(({risk:i})=>i??[]).toSorted((i,o)=>o.risk_score-i.risk_score)[0];if(t===void 0)return;let n=t.parts.map(({name:i,points:o,because:a})=>d`<li>${i} ${o}: ${a}</li>`),r=t.recommended_actions.map(i=>d`<li>${i}</li>`);return d`<dt>Risk</dt><dd>${t.risk_score} of 100, ${G(t)}<ul>${n}</ul></dd>
${r.length===0?void 0:d`<dt>What to do</dt><dd><ul>${r}</ul></dd>\n`}`}function Ze({waiver:e}){if(e!==void 0)return d`<dt>Waived</dt><dd>until ${e.until} by ${e.owner}: ${e.reason}</dd>`}function en(e,t){let n=e.slice(0,Je).map(i=>d`<p class="label">${R(t.link?.(i),$(i))}</p>${He(t.lines(i.file),i)}`),r=e.slice(Je).map(i=>d`<li>${R(t.link?.(i),$(i))}</li>`);return d`${n}${r.length===0?void 0:d`<details class="more"><summary>${r.length} more places</summary><ul>${r}</ul></details>`}`}function tn({endLine:e,startLine:t}){return e>t?`lines ${t} to ${e}`:`line ${t}`}var Xe=200;function Qe(e){let{added:t=[],removed:n=[],changed:r=[]}=e.packages??{},i=[...t.map(({name:s,type:l,version:c})=>`+ ${s} ${c} (${l})`),...n.map(({name:s,type:l,version:c})=>`− ${s} ${c} (${l})`),...r.map(({from:s,name:l,to:c,type:m})=>`${l} ${s} → ${c} (${m})`)],o=e.entrypoint&&`starts ${Ye(e.entrypoint.to)}, before ${Ye(e.entrypoint.from)}`,a=i.length-Xe;return d`${K({drift:e})}${o===void 0?void 0:d`<div><code>${o}</code></div>`}${i.length===0?void 0:d`<details><summary>${i.length} packages</summary><ul class="links">${i.slice(0,Xe).map(s=>d`<li>${s}</li>`)}${a>0?d`<li>${a} more in the page’s data</li>`:void 0}</ul></details>`}`}function Ye(e){return e.join(" ")||"nothing"}var nn=20,rn=2e3;function et(e,t,n){let r=t.get(e.digest??e.reference)??[],i=J(e,r),o=Z(e),a=e.locations.slice(0,nn).map(l=>d`<li>${R(n.link?.(l),$(l))}</li>`),s=e.locations.length-a.length;return d`
<div class="image" role="listitem"><details>
<summary><span class="signature ${e.signature}">${e.signature}</span> <span class="what"><code>${e.reference}</code></span> <span class="where">${w(r)||"no findings"}${e.risk===void 0?"":` · ${F([e])}`}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${e.digest??"not resolved"}</code></dd>
${e.signatureMessage===void 0?void 0:d`<dt>Signature</dt><dd>${e.signatureMessage}</dd>`}
${i===void 0?void 0:d`<dt>Base image</dt><dd>${i}</dd>`}
${e.drift===void 0?void 0:d`<dt>Changed</dt><dd>${Qe(e.drift)}</dd>`}
${o===void 0?void 0:d`<dt>History</dt><dd>${o}</dd>`}
${e.platform===void 0?void 0:d`<dt>Platform</dt><dd>${e.platform}</dd>`}
<dt>Packages</dt><dd>${e.packages??"not read"}</dd>
${ne([e])}${a.length===0?void 0:d`<dt>Used at</dt><dd><ul class="links">${a}${s>0?d`<li>${s} more</li>`:void 0}</ul></dd>`}
</dl>
${on(e,r)}
</div></details></div>`}function tt(e){return Map.groupBy(e,({subject:t})=>t.slice(t.lastIndexOf("@")+1))}function on(e,t){let n=e.inventory===void 0?an(t):e.inventory.map(sn);if(n.length===0)return d``;let r=Map.groupBy(t.filter(o=>o.package!==void 0),({package:o})=>JSON.stringify([o?.name,o?.version])),i=rn;return d`${[...Map.groupBy(n,o=>o.layer)].map(([o,a])=>{let s=a.toSorted((m,p)=>E(m.name,p.name)||E(m.version,p.version)).slice(0,i);i-=s.length;let l=o===""?"layer not known":I(o),c=e.inventory===void 0?`${j(a.length,"package")} with findings`:j(a.length,"package");return d`<details class="layer"${n.length<=30?d` open`:void 0}><summary><code>${l}</code> ${c}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${l}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${s.map(m=>d`<tr><td>${m.name}</td><td>${m.version}</td><td>${m.type}</td><td>${w(r.get(JSON.stringify([m.name,m.version]))??[])}</td><td>${m.path}</td></tr>`)}</tbody></table></div>${s.length<a.length?d`<p>${a.length-s.length} more in the page’s data.</p>`:void 0}</details>`})}`}function sn({layer:e,name:t,path:n,type:r,version:i}){return{name:t,version:i,layer:e,path:n,type:r}}function an(e){let t=new Map;for(let{package:n}of e){if(n===void 0)continue;let{layer:r="",name:i,path:o="",purl:a,version:s}=n;t.set(JSON.stringify([i,s,r,o]),{name:i,version:s,layer:r,path:o,type:/^pkg:([a-z0-9.+-]+)\//i.exec(a)?.[1]??""})}return[...t.values()]}var ce=`(() => {
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
`;var dn="•";function ie(e,t){let n=Map.groupBy(e.findings.filter(({check:i,rule:o})=>i==="secret"||Se.has(o)).flatMap(i=>i.locations),i=>i.file),r=new Map;return i=>{let o=n.get(i);if(o===void 0)return t.lines(i);let a=r.get(i);if(a!==void 0)return a;let s=ln(t.lines(i),o);return r.set(i,s),s}}function ln(e,t){let n=[...e];for(let{startLine:r,endLine:i,startColumn:o,endColumn:a}of t)for(let s=Math.max(1,r);s<=Math.min(i,n.length);s++){let l=n[s-1]??"",c=r===i&&o!==void 0&&a!==void 0&&a>o,m=c?o-1:l.length-l.trimStart().length,p=c?Math.min(a-1,l.length):l.length;p>m&&(n[s-1]=l.slice(0,m)+dn.repeat(p-m)+l.slice(p))}return n}var ue=1e3,mn=200,fe=1e3,un=500,it=5,rt=function*(e,t){let n={...t,lines:ie(e,t)},r=Oe(e.findings,n);if(yield pn(e),yield gn(e).html,yield"<main>",e.gaps.length>0&&(yield hn(e.gaps,n).html),yield d`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${e.findings.length}</small></h2>`.html,r.length===0)yield"<p>None.</p>";else{yield Ge(e.findings).html,yield'<div class="list" id="findings" role="list">';for(let[i,o]of r.slice(0,te).entries())yield Ke(o,i,n).html;yield`
</div>`,r.length>te&&(yield d`<p>${r.length-te} more, the least important, are in the page’s data.</p>`.html)}if(yield"</section>",e.subjects.length>0){yield d`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${e.subjects.length}</small></h2><div class="list" role="list">`.html;let i=tt(e.findings);for(let o of e.subjects.slice(0,ue))yield et(o,i,n).html;yield`
</div>`,e.subjects.length>ue&&(yield d`<p>${e.subjects.length-ue} more are in the page’s data.</p>`.html),yield"</section>"}e.responses!==void 0&&(yield yn(e).html),yield"</main>",yield bn(e,t).html,yield`<script type="application/json" id="report">${fn(e,t)}</script>
<script>${ce}</script>
</body>
</html>
`};function fn(e,t){return[...Q(e,t)].join("").replaceAll("<","\\u003c")}function pn({verdict:e}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; script-src ${nt(ce)}; style-src ${nt(me)}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${O[e]} · Portcullis report</title>
<style>${me}</style>
</head>
<body>
`}var nt=e=>`'sha256-${cn("sha256").update(e).digest("base64")}'`;function gn({reasons:e,summary:t,verdict:n}){let r=["critical","high","medium","low"].map(o=>d`<li class="${o}"><b>${t[o]}</b> ${o}</li>`),i=[...t.unknown>0?[d`<li><b>${t.unknown}</b> unknown</li>`]:[],d`<li><b>${t.blocking}</b> blocking</li>`,...t.existing>0?[d`<li><b>${t.existing}</b> on the base</li>`]:[],...t.waived>0?[d`<li><b>${t.waived}</b> waived</li>`]:[],...t.gaps>0?[d`<li><b>${t.gaps}</b> not verified</li>`]:[]];return d`<header class="top"><div class="verdict ${n}"><h1>${W[n]} ${O[n]} <small>Portcullis</small></h1><ul>${e.map(o=>d`<li>${M(o)}</li>`)}</ul></div>
<ul class="counts">${r}${i}</ul></header>\n`}function hn(e,t){let n=e.slice(0,fe).map(({locations:r,message:i,subject:o})=>{let a=r.slice(0,it).map(l=>d`<div>${R(t.link?.(l),$(l))}</div>`),s=r.length-a.length;return d`<div class="gap" role="listitem"><code>${x(o)}</code> <span>${M(i)}</span><div class="where">${a}${s>0?d`<div>+${s}</div>`:void 0}</div></div>`});return d`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${e.length}</small></h2>
<div class="list" role="list">${n}</div>
${e.length>fe?d`<p>${e.length-fe} more are in the page’s data.</p>`:void 0}</section>`}function yn(e){let t=H(e),n=t.slice(0,mn).map(({action:i,state:o,condition:a,detail:s,subjects:l})=>d`<div class="gap" role="listitem"><code>${i}</code> <span>${V[o]}: ${a}</span><div class="where">${l.slice(0,it).map(c=>d`<div>${c}</div>`)}<div>${s}</div></div></div>`),r=t.length-n.length;return d`\n<section aria-labelledby="responses-title"><h2 id="responses-title">Responses <small>${t.length}</small></h2>
<div class="list" role="list">${n}</div>
${r>0?d`<p>${r} more are in the page’s data.</p>`:void 0}</section>`}function bn(e,{version:t}){let n=e.coverage.skippedFiles??[],r=n.slice(0,un).map(({file:o,reason:a})=>d`<li><code>${o}</code>: ${a}</li>`),i=n.length-r.length;return d`<footer>${[...X(e),Y(e)].filter(o=>o!=="").map(o=>d`<div>${o}</div>`)}
${r.length===0?void 0:d`<details><summary>${j(n.length,"skipped file")}</summary><ul>${r}${i>0?d`<li>${i} more</li>`:void 0}</ul></details>`}
<p>Portcullis ${t} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`}var ot=Tt(Wt(),1);import{createHash as $n}from"node:crypto";function st(e,{author:t,timestamp:n}){let r=new Map(e.subjects.map(s=>[s.reference,s])),i=e.findings.flatMap(s=>{let l=r.get(s.subject)??e.subjects.find(({reference:c,digest:m})=>s.subject===`${c}@${m}`);return s.check!=="vulnerability"||l===void 0?[]:[xn(s,l)]}),o={author:t,role:"scanner",timestamp:n.toISOString(),version:1,tooling:"portcullis",statements:i};return{"@context":"https://openvex.dev/ns/v0.2.0","@id":`https://portcullis.dev/vex/${$n("sha256").update(JSON.stringify(o)).digest("hex")}`,...o}}function xn(e,t){let{rule:n,aliases:r=[],package:i,vex:o}=e;return{vulnerability:{name:n,...r.length===0?{}:{aliases:r}},products:[{...Mn(t),...i===void 0?{}:{subcomponents:[{"@id":i.purl,identifiers:{purl:i.purl}}]}}],...o===void 0?{status:"affected",status_notes:e.message,action_statement:kn(e)}:vn(o)}}function vn({status:e,justification:t,detail:n}){let r=t!==void 0&&wn.has(t),i=[n,r?void 0:t].filter(o=>o!==void 0).join(": ");return{status:e,...r?{justification:t}:{},...i===""?{}:{[e==="not_affected"?"impact_statement":"status_notes"]:i}}}var wn=new Set(["component_not_present","inline_mitigations_already_exist","vulnerable_code_cannot_be_controlled_by_adversary","vulnerable_code_not_in_execute_path","vulnerable_code_not_present"]);function kn({package:e,waiver:t}){let n=e?.fixed===void 0?"no fixed version is known":`update ${e.name} to ${e.fixed}`;return t===void 0?n:`accepted by ${t.owner} until ${t.until}: ${t.reason}; ${n}`}function Mn({reference:e,digest:t}){let n=e.replace(/@.*$/,"").replace(/:[^/:]*$/,""),r=n.slice(n.lastIndexOf("/")+1).toLowerCase();if(t===void 0||r==="")return{"@id":e};let i=new ot.PackageURL("oci",void 0,r,t,{repository_url:n},void 0).toString();return{"@id":i,identifiers:{purl:i},hashes:{"sha-256":t.replace(/^sha256:/,"")}}}var at=function*(e,{today:t="1970-01-01"}){yield`${JSON.stringify(st(e,{author:"Portcullis",timestamp:new Date(`${t}T00:00:00Z`)}),void 0,2)}
`};var pe=String.raw`(?:\u001B\u005C|\u009C)`,dt=String.raw`\u0018\u001A\u001B\u0080-\u009F`,Rn=String.raw`(?:\u001B\]|\u009D)[^\u0007${dt}]*(?:\u0007|${pe})`,Sn=String.raw`(?:\u001B[PX^_k]|[\u0090\u0098\u009E\u009F])[^${dt}]*${pe}`,Cn=String.raw`\u001B\](?:P[\dA-Fa-f]{7}|R)(?:\u0007|${pe})?`,Ln=String.raw`(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]`,jn=String.raw`\u001B(?:[\u0020-\u002F]+[\u0030-\u007E]|[\dA-PR-TZcf-oq-uy=><~|}])`,Fn=`${Cn}|${Rn}|${Sn}|${Ln}|${jn}`;function ge({onlyFirst:e=!1}={}){return new RegExp(Fn,e?void 0:"g")}var _n=ge();function he(e){if(typeof e!="string")throw new TypeError(`Expected a \`string\`, got \`${typeof e}\``);return!e.includes("\x1B")&&!e.includes("")?e:e.replace(_n,"")}var lt=[161,161,164,164,167,168,170,170,173,174,176,180,182,186,188,191,198,198,208,208,215,216,222,225,230,230,232,234,236,237,240,240,242,243,247,250,252,252,254,254,257,257,273,273,275,275,283,283,294,295,299,299,305,307,312,312,319,322,324,324,328,331,333,333,338,339,358,359,363,363,462,462,464,464,466,466,468,468,470,470,472,472,474,474,476,476,593,593,609,609,708,708,711,711,713,715,717,717,720,720,728,731,733,733,735,735,768,879,913,929,931,937,945,961,963,969,1025,1025,1040,1103,1105,1105,8208,8208,8211,8214,8216,8217,8220,8221,8224,8226,8228,8231,8240,8240,8242,8243,8245,8245,8251,8251,8254,8254,8308,8308,8319,8319,8321,8324,8364,8364,8451,8451,8453,8453,8457,8457,8467,8467,8470,8470,8481,8482,8486,8486,8491,8491,8531,8532,8539,8542,8544,8555,8560,8569,8585,8585,8592,8601,8632,8633,8658,8658,8660,8660,8679,8679,8704,8704,8706,8707,8711,8712,8715,8715,8719,8719,8721,8721,8725,8725,8730,8730,8733,8736,8739,8739,8741,8741,8743,8748,8750,8750,8756,8759,8764,8765,8776,8776,8780,8780,8786,8786,8800,8801,8804,8807,8810,8811,8814,8815,8834,8835,8838,8839,8853,8853,8857,8857,8869,8869,8895,8895,8978,8978,9312,9449,9451,9547,9552,9587,9600,9615,9618,9621,9632,9633,9635,9641,9650,9651,9654,9655,9660,9661,9664,9665,9670,9672,9675,9675,9678,9681,9698,9701,9711,9711,9733,9734,9737,9737,9742,9743,9756,9756,9758,9758,9792,9792,9794,9794,9824,9825,9827,9829,9831,9834,9836,9837,9839,9839,9886,9887,9919,9919,9926,9933,9935,9939,9941,9953,9955,9955,9960,9961,9963,9969,9972,9972,9974,9977,9979,9980,9982,9983,10045,10045,10102,10111,11094,11097,12872,12879,57344,63743,65024,65039,65533,65533,127232,127242,127248,127277,127280,127337,127344,127373,127375,127376,127387,127404,917760,917999,983040,1048573,1048576,1114109],ct=12288,mt=65510,ut=[12288,12288,65281,65376,65504,65510];var ft=4352,pt=262141,ye=[4352,4447,8986,8987,9001,9002,9193,9196,9200,9200,9203,9203,9725,9726,9748,9749,9776,9783,9800,9811,9855,9855,9866,9871,9875,9875,9889,9889,9898,9899,9917,9918,9924,9925,9934,9934,9940,9940,9962,9962,9970,9971,9973,9973,9978,9978,9981,9981,9989,9989,9994,9995,10024,10024,10060,10060,10062,10062,10067,10069,10071,10071,10133,10135,10160,10160,10175,10175,11035,11036,11088,11088,11093,11093,11904,11929,11931,12019,12032,12245,12272,12287,12289,12350,12353,12438,12441,12543,12549,12591,12593,12686,12688,12773,12783,12830,12832,12871,12880,42124,42128,42182,43360,43388,44032,55203,63744,64255,65040,65049,65072,65106,65108,65126,65128,65131,94176,94180,94192,94198,94208,101594,101631,101664,101760,101874,101888,102801,102816,102866,110576,110579,110581,110587,110589,110590,110592,110888,110898,110898,110928,110930,110933,110933,110948,110952,110960,111355,119552,119638,119648,119670,126980,126980,127183,127183,127374,127374,127377,127386,127406,127406,127488,127490,127504,127547,127552,127560,127568,127569,127584,127589,127744,127776,127789,127797,127799,127868,127870,127891,127904,127946,127951,127955,127968,127984,127988,127988,127992,128062,128064,128064,128066,128252,128255,128317,128331,128334,128336,128359,128378,128378,128405,128406,128420,128420,128507,128591,128640,128709,128716,128716,128720,128722,128725,128729,128732,128735,128747,128748,128756,128764,128986,128986,128992,129003,129008,129008,129292,129338,129340,129349,129351,129535,129648,129660,129664,129734,129736,129736,129740,129757,129759,129771,129775,129786,131072,196605,196608,262141];var re=(e,t)=>{let n=0,r=Math.floor(e.length/2)-1;for(;n<=r;){let i=Math.floor((n+r)/2),o=i*2;if(t<e[o])r=i-1;else if(t>e[o+1])n=i+1;else return!0}return!1};var gt=19968,[En,On]=An(ye);function An(e){let t=e[0],n=e[1];for(let r=0;r<e.length;r+=2){let i=e[r],o=e[r+1];if(gt>=i&&gt<=o)return[i,o];o-i>n-t&&(t=i,n=o)}return[t,n]}var ht=e=>e<161||e>1114109?!1:re(lt,e),yt=e=>e<ct||e>mt?!1:re(ut,e);var bt=e=>e>=En&&e<=On?!0:e<ft||e>pt?!1:re(ye,e);function Bn(e){if(!Number.isSafeInteger(e))throw new TypeError(`Expected a code point, got \`${typeof e}\`.`)}function A(e,{ambiguousAsWide:t=!1}={}){return Bn(e),yt(e)||bt(e)||t&&ht(e)?2:1}var Dn=new Intl.Segmenter,wt=new RegExp("[^\\u{20}-\\u{7E}]","v"),kt=String.raw`\u{600}-\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}`,Tn=new RegExp(`^[${kt}]+`,"v"),$e=new RegExp(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Enclosing_Mark}\p{Nonspacing_Mark}[\p{Format}--[${kt}]]]`,"v"),$t=new RegExp("^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})","v"),Wn=new RegExp("^[\\p{Emoji_Presentation}--[\\u{10000}-\\u{10FFFF}]]\\u{FE0E}","v");function be(e,t){if(t>=e.length)return 0;let n=new RegExp("(?<![\\p{Emoji_Modifier_Base}\\u{200D}])\\p{Emoji_Modifier}","gv");n.lastIndex=t;let r=0;for(;n.test(e);)r++;return r}var xt=new RegExp("\\u{200D}\\p{Extended_Pictographic}","v");function vt(e){let t=e.search($e);return t===-1?void 0:e.slice(t)}function qn(e){return e>=4352&&e<=4607||e>=43360&&e<=43388||e>=44032&&e<=55203||e>=55216&&e<=55238||e>=55243&&e<=55291}function zn(e,t){let n=0;for(let r of e){if(r==="‍")break;$e.test(r)&&(n+=A(r.codePointAt(0),t))}return n}function Mt(e,t){let n=e.codePointAt(0),r=n===69821||n===69837||n>=1536&&n<=2303?Tn.exec(e):void 0;if(r){let s=e.slice(r[0].length),l=Mt(s,t),c=vt(s);return l>=2&&(A(c.codePointAt(0),t)===2||$t.test(c)||xt.test(c))?l:[...r[0]].length+l}let i=vt(e);if(i===void 0)return 0;if(qn(n))return A(n,t)+be(e,1)*2;if(Wn.test(i))return 1;let o=$t.exec(i);if(o)return 2+be(i,o[0].length)*2;let a=xt.exec(i);return a?2+be(i,a.index+a[0].length)*2:zn(i,t)}function Nn(e,t){let n=0,r=e.search(wt);r>1&&(n=r-1,e=e.slice(n));let i=e.length;for(;i>0;){let a=e.codePointAt(i-1);if(a<32||a>126)break;i--}if(i+1<e.length&&(n+=e.length-i-1,e=e.slice(0,i+1)),!new RegExp("[^\\u{20}-\\u{7E}\\u{4E00}-\\u{9FFF}\\u{AC00}-\\u{D7A3}]","v").test(e))return n+e.length+e.replaceAll(new RegExp("[\\u{20}-\\u{7E}]","gv"),"").length;e=e.toWellFormed(),e=e.replaceAll(new RegExp("(?<=[\\u{16D63}-\\u{16D6A}])[\\u{16D63}-\\u{16D6A}]+","gv"),"");let o={ambiguousAsWide:!t};for(let{segment:a}of Dn.segment(e)){if(a.length===1){$e.test(a)&&(n+=A(a.codePointAt(0),o));continue}n+=Mt(a,o)}return n}function xe(e,t={}){if(typeof e!="string"||e.length===0)return 0;let{ambiguousIsNarrow:n=!0,countAnsiEscapeCodes:r=!1}=t,i=e;return!r&&(i.includes("\x1B")||i.includes(""))&&(i=he(i)),wt.test(i)?Nn(i,n):i.length}var Rt=4,St=/^[\x20-\x7e]*$/;function f(e){return St.test(e)?e.length:xe(e)}function Ct(e,t){let n=Math.max(8,t),r=[],i="",o=0;for(let a of e.split(" "))for(let[s,l]of Un(a,n).entries()){let c=f(l);i!==""&&(s>0||o+1+c>n)?(r.push(i),i=l,o=c):(o+=c+(i===""?0:1),i=i===""?l:`${i} ${l}`)}return[...r,i]}function Un(e,t){if(f(e)<=t)return[e];let n=[],r="",i=0;for(let o of ve(e)){let a=f(o);i+a>t&&r!==""&&(n.push(r),r="",i=0),r+=o,i+=a}return[...n,r]}function k(e,t){if(f(e)<=t)return e;let n="",r=0;for(let i of ve(e)){if(r+=f(i),r>t-1)break;n+=i}return`${n}…`}function Lt(e,t){if(f(e)<=t)return e;let n="",r=0;for(let i of ve(e).reverse()){if(r+=f(i),r>t-1)break;n=i+n}return`…${n}`}function B(e,t){let n="",r=t;for(let[i,o]of e.split("	").entries()){if(i>0){let s=Rt-r%Rt;n+=" ".repeat(s),r+=s}let a=Ce(o);n+=a,r+=f(a)}return n}function ve(e){return St.test(e)?[...e]:[...new Intl.Segmenter("en",{granularity:"grapheme"}).segment(e)].map(({segment:t})=>t)}var jt={bold:"1",dim:"2",plain:"",critical:"1;31",high:"31",medium:"33",low:"34",unknown:"35",pass:"1;32",block:"1;31",incomplete:"1;33"};function Ft(e){return(t,n)=>e&&n!==""&&jt[t]!==""?`\x1B[${jt[t]}m${n}\x1B[0m`:n}var Gn=2e3,Vn=50,Hn=7.5,Jn=44,Kn=36;function*_t({inventory:e=[]},{paint:t,width:n}){let r=e.slice(0,Gn),i=we(r.map(({type:s})=>s.length),12),o=we(r.map(({name:s})=>s.length),Jn),a=we(r.map(({version:s})=>s.length),Kn);for(let s of r){let[l,c,m]=[s.type,s.name,s.version].map(u);yield`${`  ${ke(l??"",i)}  ${ke(c??"",o)}  ${ke(m??"",a)}`}  ${t("dim",k(u(Zn(s)),Math.max(4,n-i-o-a-10)))}`.trimEnd()}e.length>r.length&&(yield`  and ${e.length-r.length} more`)}function*It({unowned:e=[]},{paint:t,width:n}){let r=e.slice(0,Vn);for(let{path:i,entropy:o}of r){let a=o>Hn?t("dim","  packed or encrypted"):"";yield`  ${k(u(i),Math.max(4,n-24))}${a}`}e.length>r.length&&(yield`  and ${e.length-r.length} more`)}function Zn({path:e,type:t}){return t==="apk"||t==="deb"||t==="rpm"?"":e}function we(e,t){return Math.min(t,e.reduce((n,r)=>Math.max(n,r),0))}function ke(e,t){let n=k(e,t);return n+" ".repeat(Math.max(0,t-f(n)))}var h=600;function*g(e,t,n,r,i=o=>o){if(n!=="")for(let[o,a]of Ct(n,r-f(t)).entries())yield`${o===0?e:t}${i(a)}`}var oe=2e3,Pt=3;function Et(e,t,n,r,i){let o=t.startLine,a=e[o-1];if(a===void 0)return[];let s=Math.max(16,r-n-4),l=Math.min(t.endLine,e.length),c=[],m=(p,b)=>`${i("dim",`${p.padStart(n)} │`)} ${b}`.trimEnd();if(l<=o){let{text:p,start:b,end:y}=Xn(a,t,s);return c.push(m(String(o),p)),y>b&&c.push(m("",`${" ".repeat(b)}${i("bold","^".repeat(y-b))}`)),c}for(let p=o;p<=Math.min(l,o+Pt-1);p++)c.push(m(String(p),k(B((e[p-1]??"").slice(0,oe),0),s)));return l>=o+Pt&&c.push(m("…",i("dim",`to line ${l}`))),c}function Xn(e,{startColumn:t,endColumn:n},r){let i=e.length-e.trimStart().length,o=Me((t??i+1)-1,0,e.length),a=Me((n??e.trimEnd().length+1)-1,o,e.length),s=B(e.slice(Math.max(0,o-oe),o),0),l=f(s),c=B(e.slice(o,Math.min(a,o+oe)),l),m=l+Math.max(1,f(c)),p=B(e.slice(a,a+oe),l+f(c));if(l+f(c)+f(p)<=r)return{text:s+c+p,start:l,end:m};let b=Lt(s,Me(r-f(c)-8,8,Math.max(8,l))),y=k(c,r-f(b)),C=k(p,Math.max(1,r-f(b)-f(y)));return{text:f(b)+f(y)<r?b+y+C:b+y,start:f(b),end:f(b)+Math.max(1,f(y))}}var Me=(e,t,n)=>Math.min(Math.max(e,t),n);var Yn=12,v=" ".repeat(14);function*Ot({location:e,also:t,subject:n,findings:r},i,o){let{paint:a,width:s}=o;(i===void 0||Fe(i,e)!==0)&&(yield*Qn(e,r,o)),yield*g("  ","  ",u(x(n)).slice(0,h),s,l=>a("dim",l)),t.length>0&&(yield*g("  ","  ",`also ${_(t.map(l=>u($(l))),5)}`,s,l=>a("dim",l))),yield*Re(r,o)}function*Qn(e,t,{lines:n,paint:r,width:i}){let o=Math.max(4,String(e.endLine).length+2),s=t.some(l=>l.state==="new")?Et(n(e.file),e,o,i,r):[];s.length>0?yield*s:yield r("dim",`  line ${e.startLine}`)}function*Re(e,t){for(let n of Ie(e,t.context))yield*ei(n,t)}function*ei(e,t){let{context:n,paint:r,told:i,width:o}=t,[a]=e.findings,s=a.state==="new",l=s?a.severity:"dim",c=a.blocking?"✖":s?"•":"·",m=u(e.package===void 0?a.rule:N(e.package)).slice(0,h),p=s?F(e.findings):"",b=`${u(M(ti(e))).slice(0,h)}${p===""?"":` · ${p}`}`;if(yield*g(`  ${r(l,`${c} ${a.severity.padEnd(8)}`)}  `,v,b===""?m:`${m}: ${b}`,o,y=>y.startsWith(m)?r(s?"bold":"dim",m)+y.slice(m.length):y),!s){yield*g(v,v,ni(a),o,y=>r("dim",y));return}if(e.package===void 0){let y=a.content===void 0?"":We(a.content,u).slice(0,h);y!==""&&(yield*g(v,v,y,o,L=>r("dim",L)));let C=P(e,n);if(i.has(C)||(i.add(C),U(a,n).general&&(a.check==="manifest"||a.check==="dockerfile")))return;yield*g(v,v,u(C),o,L=>r("dim",L))}else{let y=e.findings.length===1?a.title:_(e.findings.map(At),Yn);yield*g(v,v,u(y).slice(0,h),o,L=>r("dim",L));let C=a.package?.instruction;C!==void 0&&(yield*g(v,v,u(`brought by ${C}`).slice(0,h),o,L=>r("dim",L)))}}function ti({findings:e,package:t}){let[n]=e;return t===void 0?n.message===""?n.title:n.message:e.length===1?At(n):w(e)}function At(e){let t=q(e);return t===""?e.rule:`${e.rule} (${t})`}function ni({state:e,waiver:t}){return e==="existing"?"already on the base":t===void 0?"waived":u(`waived until ${t.until} by ${t.owner}: ${t.reason}`).slice(0,h)}var ii=3,D=" ".repeat(7);function*Bt({findings:e},{paint:t,width:n}){for(let{risk:r,rule:i,package:o,subject:a,severity:s,locations:[l]}of Be(e,ii)){let c=l===void 0?x(a):$(l),m=[i,...o===void 0?[]:[o.name],c,G(r)].join(" · ");yield*g(`  ${t(s,String(r.risk_score).padStart(3))}  `,D,u(m).slice(0,h),n),yield*g(D,D,u(Ae(r)).slice(0,2*h),n,p=>t("dim",p)),yield*g(D,D,u(r.recommended_actions.join(" ")).slice(0,h),n)}}var Dt=function*(e,t){for(let n of ri(e,t))yield`${Le(n)}
`};function*ri(e,t){let n=Math.min(Math.max(t.width||80,40),160),r=Ft(t.colour),i={context:t,paint:r,width:n,lines:ie(e,t),told:new Set};for(let{file:a,places:s}of Pe(e.findings)){yield S(a,w(s.flatMap(l=>l.findings)),i),i.told.clear(),yield"";for(let[l,c]of s.entries())yield*Ot(c,s[l-1]?.location,i),yield""}for(let[a,s]of Ee(e.findings))yield S(x(a),w(s),i),i.told.clear(),yield"",yield*Re(s,i),yield"";if(e.gaps.length>0){yield S("not verified",j(e.gaps.length,"gap"),i),yield"";for(let a of e.gaps)yield*oi(a,i);yield""}e.subjects.length>0&&(yield S("images","",i),yield"",yield*si(e,i),yield"");for(let a of e.subjects.filter(({inventory:s})=>s!==void 0&&s.length>0))yield S(`packages of ${a.reference}`,"",i),yield"",yield*_t(a,i),yield"";for(let a of e.subjects.filter(({unowned:s=[]})=>s.length>0))yield S(`programs of ${a.reference} that no package owns`,"",i),yield"",yield*It(a,i),yield"";let o=[...Bt(e,i)];o.length>0&&(yield S("highest risk","",i),yield"",yield*o,yield""),e.responses!==void 0&&(yield S("responses","",i),yield"",yield*ai(e,i),yield""),yield S("verdict","",i),yield"";for(let a of[...X(e),Y(e),...e.notes??[]].map(u))yield*g("  ","  ",a,n,s=>r("dim",s));yield"",yield*di(e,r,n)}function S(e,t,{paint:n,width:r}){let i=u(e),o=f(i)+f(t)+4>r?"":t,a=k(i,r-4),s="─".repeat(Math.max(2,r-f(a)-f(o)-(o===""?1:2)));return`${n("bold",a)} ${n("dim",s)}${o===""?"":` ${o}`}`}function*oi({subject:e,message:t,locations:n},{paint:r,width:i}){yield*g(`  ${r("incomplete","?")} `,"    ",u(x(e)).slice(0,h),i),yield*g("    ","    ",u(M(t)).slice(0,h),i),n.length>0&&(yield*g("    ","    ",_(n.map($).map(u),5),i,o=>r("dim",o)))}function*si({findings:e,subjects:t},{paint:n,width:r}){let i={verified:"pass",unsigned:"high",untrusted:"high",invalid:"critical",unchecked:"dim"};for(let o of t){let a=[o.digest===void 0?"no digest":I(o.digest),o.platform??"",o.packages===void 0?"":j(o.packages,"package"),F([o])].filter(s=>s!=="");yield*g(`  ${n(i[o.signature],o.signature.padEnd(9))}  `," ".repeat(13),u(o.reference),r),yield*g(" ".repeat(13)," ".repeat(13),u(a.join(" · ")),r,s=>n("dim",s)),o.signatureMessage!==void 0&&(yield*g(" ".repeat(13)," ".repeat(13),u(M(o.signatureMessage)).slice(0,h),r));for(let s of[K(o),Z(o),J(o,e)])s!==void 0&&(yield*g(" ".repeat(13)," ".repeat(13),u(s).slice(0,h),r))}}function*ai(e,{paint:t,width:n}){let r={failed:"critical","handed-over":"pass",nobody:"high",taken:"pass",waiting:"dim"};for(let{state:i,action:o,condition:a,detail:s,subjects:l}of H(e)){let c=" ".repeat(15);yield*g(`  ${t(r[i],V[i].padEnd(11))}  `,c,`${u(o)}: ${u(a)}`,n),l.length>0&&(yield*g(c,c,_(l.map(u),5).slice(0,h),n)),yield*g(c,c,u(s).slice(0,h),n,m=>t("dim",m))}}function*di({verdict:e,reasons:t},n,r){yield`  ${n(e,`${W[e]} ${O[e]}`)}`;for(let i of t)yield*g("    ","    ",u(M(i)).slice(0,h),r)}var Lo={html:rt,json:Q,markdown:De,openvex:at,sarif:qe,text:Dt};export{Lo as a};
