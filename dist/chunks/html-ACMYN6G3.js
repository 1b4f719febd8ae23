import{a as D,e as N,h as u,i as x,l as G,n as H,o as J,q as K,s as V,t as Y,u as Q,v as X,w as Z,x as ee}from"./chunk-MYJGQDLN.js";import{b as h,e as v,g as y,h as $,i as j,j as g,k as L,l as T,m as A,n as k,o as W,p as _,q as w}from"./chunk-4DD5WQWN.js";import{g as B,p as P}from"./chunk-C2A4ZQHT.js";import{a as b}from"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";import{createHash as Pe}from"node:crypto";function n(e,...t){return{html:e.map((i,o)=>i+te(t[o])).join("")}}function te(e){return e===void 0?"":typeof e=="string"?B(e):typeof e=="number"?e.toLocaleString("en-US"):"html"in e?e.html:e.map(te).join("")}function C(e){return n`${e.split(/(`[^`]+`)/).map((t,i)=>i%2===1?n`<code>${t.slice(1,-1)}</code>`:t)}`}function p(e,t){if(e===void 0||!URL.canParse(e))return n`${t}`;let i=new URL(e);return i.protocol!=="https:"||i.username!==""||i.password!==""?n`${t}`:n`<a href="${i.href}" rel="noreferrer noopener">${t}</a>`}var ye={new:"new",existing:"on the base",waived:"waived"},be=new Set(["vulnerability","malware","secret","image-config","signature","attestation"]);function re(e){let t=b.filter(r=>e.some(l=>l.severity===r)),i=W.filter(r=>e.some(l=>l.check===r)),o=["new","existing","waived"].filter(r=>e.some(l=>l.state===r)),s=[...new Set(e.filter(r=>be.has(r.check)&&r.subject.includes("@")).map(r=>r.subject))].sort(h),a=[n`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,n`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,I("Check","check",[n`<option value="">all</option>`,...i.map(r=>M(r,k[r]))]),...s.length===0?[]:[I("Image","subject",[n`<option value="">all</option>`,...s.map(r=>M(r,g(r)))])],I("Sort by","sort",[M("order","importance"),...["path","rule","subject"].map(r=>M(r,r))])],d=[ne("Severity",t.map(r=>ie("severity",r,n`<span class="severity ${r}">${r}</span>`,e))),...o.length<2?[]:[ne("State",o.map(r=>ie("state",r,n`${ye[r]}`,e)))]];return n`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${a}</div>
<div class="row">${d}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`}var M=(e,t)=>n`<option value="${e}">${t}</option>`,I=(e,t,i)=>n`<label>${e} <select name="${t}">${i}</select></label>`,ne=(e,t)=>n`<fieldset><legend>${e}</legend>${t}</fieldset>`;function ie(e,t,i,o){let s=o.filter(a=>a[e]===t).length;return n`<label class="box"><input type="checkbox" name="${e}" value="${t}" checked> ${i} <small>${s}</small></label>`}var oe=3,$e=12,F=400;function se(e,t){if(e[t.startLine-1]===void 0)return;let i=Math.min(t.endLine,t.startLine+$e-1),o=Math.max(1,t.startLine-oe),s=e.at(-1)===""?e.length-1:e.length,a=Math.max(i,Math.min(s,i+oe)),d=[];for(let r=o;r<=a;r++){let l=r>=t.startLine&&r<=t.endLine,c=e[r-1]??"";d.push(n`<tr${l?ke:void 0}><th>${String(r)}</th><td>${l?we(c,r,t):z(c)}\n</td></tr>`)}return n`<div class="code" tabindex="0" role="region" aria-label="${`${t.file}, lines ${o} to ${a}`}"><table>${d}</table></div>`}var ke=n` class="hit"`;function we(e,t,{endColumn:i,endLine:o,startColumn:s,startLine:a}){let d=e.length-e.trimStart().length,r=t===a&&s!==void 0?s-1:d,l=t===o&&i!==void 0?i-1:e.trimEnd().length,c=Math.min(Math.max(0,r),e.length),m=Math.min(Math.max(c,l),e.length),f=e.slice(0,c),ve=f.length>F?`…${f.slice(-80)}`:f;return n`${ve}<mark>${z(e.slice(c,m))}</mark>${z(e.slice(m))}`}function z(e){return e.length>F?`${e.slice(0,F)}…`:e}var S=3e3,xe=10,ae=3,Me=8;function de({group:e,locations:t},i,o){let[s]=e.findings,a=b.filter(r=>e.findings.some(l=>l.severity===r)),d=[...new Set(t.map(r=>r.file))];return n`
<div class="finding" role="listitem" data-severity="${a.join(" ")}" data-check="${s.check}" data-state="${s.state}" data-subject="${s.subject}" data-files="${d.map(r=>encodeURIComponent(r.toWellFormed())).join(" ")}" data-rule="${s.rule}" data-order="${String(i)}" data-count="${String(e.findings.length)}">
<details id="${`finding-${encodeURIComponent(s.fingerprint.toWellFormed())}`}"${s.blocking&&i<xe?n` open`:void 0}>
<summary><span class="severity ${s.severity}">${s.severity}</span> <span class="what">${Se(e)}</span> <span class="where">${je(t,s)}</span></summary>
<div class="body">
${e.package===void 0?Le(e,o):Ce(e,o)}
${Fe(t,o)}
</div>
</details>
</div>`}function Se(e){let[t]=e.findings,i=x(e.findings),o=[t.blocking?n` <span class="flag blocks">blocks</span>`:void 0,e.findings.some(a=>a.knownExploited===!0)?n` <span class="flag">known exploited</span>`:void 0,t.state==="new"?void 0:n` <span class="flag">${Re(t)}</span>`,i===""?void 0:n` <span class="flag">${i}</span>`];if(e.package===void 0)return n`<code>${t.rule}</code> ${t.message||t.title}${o}`;let s=e.findings.length===1?t.rule:y(e.findings);return n`<code>${N(e.package)}</code> ${s}${o}`}function Re({state:e,waiver:t}){return e==="existing"?"on the base":t===void 0?"waived":`waived until ${t.until}`}function je(e,{subject:t}){let[i,...o]=e;return i===void 0?n`${g(t)}`:n`${u(i)}${o.length===0?void 0:` +${o.length}`}`}function Le(e,t){let[i]=e.findings,{general:o,references:s,why:a}=_(i,t),d=s.slice(0,Me).map(r=>n`<li>${p(r,r)}</li>`);return n`<dl>
<dt>Subject</dt><dd><code>${i.subject}</code></dd>
<dt>Check</dt><dd>${k[i.check]}</dd>
${D(i.content??{}).map(({label:r,text:l})=>n`<dt>${r}</dt><dd>${r==="Removed"?l:n`<code>${l}</code>`}</dd>\n`)}<dt>Why</dt><dd>${o?a:C(a)}</dd>
<dt>Fix</dt><dd>${o?w(e,t):C(w(e,t))}</dd>
${R(e.findings)}${le(i)}${d.length===0?void 0:n`<dt>More</dt><dd><ul class="links">${d}</ul></dd>`}
</dl>
${i.suggestion===void 0?void 0:n`<p class="label">Suggested for ${ze(i.suggestion)}</p><pre class="suggestion">${i.suggestion.replacement}</pre>`}`}function Ce(e,t){let[i]=e.findings,o=i.package;return n`<dl>
<dt>Image</dt><dd><code>${i.subject}</code></dd>
${o?.layer===void 0?void 0:n`<dt>Layer</dt><dd><code>${$(o.layer)}</code>${o.instruction===void 0?void 0:n` by <code>${o.instruction}</code>`}</dd>`}
${o?.path===void 0?void 0:n`<dt>File</dt><dd><code>${o.path}</code></dd>`}
<dt>Fix</dt><dd>${w(e,t)}</dd>
${R(e.findings)}${le(i)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${o?.name??"the package"}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th>Rating</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${e.findings.map(Ie)}</tbody></table></div>`}function Ie(e){let{aliases:t,package:i,references:o,rule:s,severity:a,title:d}=e,r=(t??[]).filter(c=>c!==s).slice(0,4),l=o?.find(c=>URL.canParse(c)&&c.startsWith("https:"));return n`<tr><td>${s}${r.length===0?void 0:n` <small>${r.join(", ")}</small>`}</td><td><span class="severity ${a}">${a}</span></td><td>${A(e,!0)}</td><td>${i?.fixed??"no fix"}</td><td>${d}${l===void 0?void 0:n` <small>${p(l,new URL(l).host)}</small>`}</td></tr>`}function R(e){let t=e.flatMap(({risk:s})=>s??[]).toSorted((s,a)=>a.risk_score-s.risk_score)[0];if(t===void 0)return;let i=t.parts.map(({name:s,points:a,because:d})=>n`<li>${s} ${a}: ${d}</li>`),o=t.recommended_actions.map(s=>n`<li>${s}</li>`);return n`<dt>Risk</dt><dd>${t.risk_score} of 100, ${G(t)}<ul>${i}</ul></dd>
${o.length===0?void 0:n`<dt>What to do</dt><dd><ul>${o}</ul></dd>\n`}`}function le({waiver:e}){if(e!==void 0)return n`<dt>Waived</dt><dd>until ${e.until} by ${e.owner}: ${e.reason}</dd>`}function Fe(e,t){let i=e.slice(0,ae).map(s=>n`<p class="label">${p(t.link?.(s),u(s))}</p>${se(t.lines(s.file),s)}`),o=e.slice(ae).map(s=>n`<li>${p(t.link?.(s),u(s))}</li>`);return n`${i}${o.length===0?void 0:n`<details class="more"><summary>${o.length} more places</summary><ul>${o}</ul></details>`}`}function ze({endLine:e,startLine:t}){return e>t?`lines ${t} to ${e}`:`line ${t}`}var ce=200;function pe(e){let{added:t=[],removed:i=[],changed:o=[]}=e.packages??{},s=[...t.map(({name:r,type:l,version:c})=>`+ ${r} ${c} (${l})`),...i.map(({name:r,type:l,version:c})=>`− ${r} ${c} (${l})`),...o.map(({from:r,name:l,to:c,type:m})=>`${l} ${r} → ${c} (${m})`)],a=e.entrypoint&&`starts ${me(e.entrypoint.to)}, before ${me(e.entrypoint.from)}`,d=s.length-ce;return n`${J({drift:e})}${a===void 0?void 0:n`<div><code>${a}</code></div>`}${s.length===0?void 0:n`<details><summary>${s.length} packages</summary><ul class="links">${s.slice(0,ce).map(r=>n`<li>${r}</li>`)}${d>0?n`<li>${d} more in the page’s data</li>`:void 0}</ul></details>`}`}function me(e){return e.join(" ")||"nothing"}var Ee=20,qe=2e3;function ue(e,t,i){let o=t.get(e.digest??e.reference)??[],s=H(e,o),a=K(e),d=e.locations.slice(0,Ee).map(l=>n`<li>${p(i.link?.(l),u(l))}</li>`),r=e.locations.length-d.length;return n`
<div class="image" role="listitem"><details>
<summary><span class="signature ${e.signature}">${e.signature}</span> <span class="what"><code>${e.reference}</code></span> <span class="where">${y(o)||"no findings"}${e.risk===void 0?"":` · ${x([e])}`}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${e.digest??"not resolved"}</code></dd>
${e.signatureMessage===void 0?void 0:n`<dt>Signature</dt><dd>${e.signatureMessage}</dd>`}
${s===void 0?void 0:n`<dt>Base image</dt><dd>${s}</dd>`}
${e.drift===void 0?void 0:n`<dt>Changed</dt><dd>${pe(e.drift)}</dd>`}
${a===void 0?void 0:n`<dt>History</dt><dd>${a}</dd>`}
${e.platform===void 0?void 0:n`<dt>Platform</dt><dd>${e.platform}</dd>`}
<dt>Packages</dt><dd>${e.packages??"not read"}</dd>
${R([e])}${d.length===0?void 0:n`<dt>Used at</dt><dd><ul class="links">${d}${r>0?n`<li>${r} more</li>`:void 0}</ul></dd>`}
</dl>
${Oe(e,o)}
</div></details></div>`}function fe(e){return Map.groupBy(e,({subject:t})=>t.slice(t.lastIndexOf("@")+1))}function Oe(e,t){let i=e.inventory===void 0?Be(t):e.inventory.map(Ue);if(i.length===0)return n``;let o=Map.groupBy(t.filter(a=>a.package!==void 0),({package:a})=>JSON.stringify([a?.name,a?.version])),s=qe;return n`${[...Map.groupBy(i,a=>a.layer)].map(([a,d])=>{let r=d.toSorted((m,f)=>h(m.name,f.name)||h(m.version,f.version)).slice(0,s);s-=r.length;let l=a===""?"layer not known":$(a),c=e.inventory===void 0?`${v(d.length,"package")} with findings`:v(d.length,"package");return n`<details class="layer"${i.length<=30?n` open`:void 0}><summary><code>${l}</code> ${c}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${l}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${r.map(m=>n`<tr><td>${m.name}</td><td>${m.version}</td><td>${m.type}</td><td>${y(o.get(JSON.stringify([m.name,m.version]))??[])}</td><td>${m.path}</td></tr>`)}</tbody></table></div>${r.length<d.length?n`<p>${d.length-r.length} more in the page’s data.</p>`:void 0}</details>`})}`}function Ue({layer:e,name:t,path:i,type:o,version:s}){return{name:t,version:s,layer:e,path:i,type:o}}function Be(e){let t=new Map;for(let{package:i}of e){if(i===void 0)continue;let{layer:o="",name:s,path:a="",purl:d,version:r}=i;t.set(JSON.stringify([s,r,o,a]),{name:s,version:r,layer:o,path:a,type:/^pkg:([a-z0-9.+-]+)\//i.exec(d)?.[1]??""})}return[...t.values()]}var E=`(() => {
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
`;var q=`
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
`;var O=1e3,Te=200,U=1e3,Ae=500,he=5,Wt=function*(e,t){let i={...t,lines:X(e,t)},o=V(e.findings,i);if(yield De(e),yield Ne(e).html,yield"<main>",e.gaps.length>0&&(yield _e(e.gaps,i).html),yield n`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${e.findings.length}</small></h2>`.html,o.length===0)yield"<p>None.</p>";else{yield re(e.findings).html,yield'<div class="list" id="findings" role="list">';for(let[s,a]of o.slice(0,S).entries())yield de(a,s,i).html;yield`
</div>`,o.length>S&&(yield n`<p>${o.length-S} more, the least important, are in the page’s data.</p>`.html)}if(yield"</section>",e.subjects.length>0){yield n`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${e.subjects.length}</small></h2><div class="list" role="list">`.html;let s=fe(e.findings);for(let a of e.subjects.slice(0,O))yield ue(a,s,i).html;yield`
</div>`,e.subjects.length>O&&(yield n`<p>${e.subjects.length-O} more are in the page’s data.</p>`.html),yield"</section>"}e.responses!==void 0&&(yield Ge(e).html),yield"</main>",yield He(e,t).html,yield`<script type="application/json" id="report">${We(e,t)}</script>
<script>${E}</script>
</body>
</html>
`};function We(e,t){return[...P(e,t)].join("").replaceAll("<","\\u003c")}function De({verdict:e}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; script-src ${ge(E)}; style-src ${ge(q)}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${L[e]} · Portcullis report</title>
<style>${q}</style>
</head>
<body>
`}var ge=e=>`'sha256-${Pe("sha256").update(e).digest("base64")}'`;function Ne({reasons:e,summary:t,verdict:i}){let o=["critical","high","medium","low"].map(a=>n`<li class="${a}"><b>${t[a]}</b> ${a}</li>`),s=[...t.unknown>0?[n`<li><b>${t.unknown}</b> unknown</li>`]:[],n`<li><b>${t.blocking}</b> blocking</li>`,...t.existing>0?[n`<li><b>${t.existing}</b> on the base</li>`]:[],...t.waived>0?[n`<li><b>${t.waived}</b> waived</li>`]:[],...t.gaps>0?[n`<li><b>${t.gaps}</b> not verified</li>`]:[]];return n`<header class="top"><div class="verdict ${i}"><h1>${T[i]} ${L[i]} <small>Portcullis</small></h1><ul>${e.map(a=>n`<li>${j(a)}</li>`)}</ul></div>
<ul class="counts">${o}${s}</ul></header>\n`}function _e(e,t){let i=e.slice(0,U).map(({locations:o,message:s,subject:a})=>{let d=o.slice(0,he).map(l=>n`<div>${p(t.link?.(l),u(l))}</div>`),r=o.length-d.length;return n`<div class="gap" role="listitem"><code>${g(a)}</code> <span>${j(s)}</span><div class="where">${d}${r>0?n`<div>+${r}</div>`:void 0}</div></div>`});return n`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${e.length}</small></h2>
<div class="list" role="list">${i}</div>
${e.length>U?n`<p>${e.length-U} more are in the page’s data.</p>`:void 0}</section>`}function Ge(e){let t=Q(e),i=t.slice(0,Te).map(({action:s,state:a,condition:d,detail:r,subjects:l})=>n`<div class="gap" role="listitem"><code>${s}</code> <span>${Y[a]}: ${d}</span><div class="where">${l.slice(0,he).map(c=>n`<div>${c}</div>`)}<div>${r}</div></div></div>`),o=t.length-i.length;return n`\n<section aria-labelledby="responses-title"><h2 id="responses-title">Responses <small>${t.length}</small></h2>
<div class="list" role="list">${i}</div>
${o>0?n`<p>${o} more are in the page’s data.</p>`:void 0}</section>`}function He(e,{version:t}){let i=e.coverage.skippedFiles??[],o=i.slice(0,Ae).map(({file:a,reason:d})=>n`<li><code>${a}</code>: ${d}</li>`),s=i.length-o.length;return n`<footer>${[...Z(e),ee(e)].filter(a=>a!=="").map(a=>n`<div>${a}</div>`)}
${o.length===0?void 0:n`<details><summary>${v(i.length,"skipped file")}</summary><ul>${o}${s>0?n`<li>${s} more</li>`:void 0}</ul></details>`}
<p>Portcullis ${t} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`}export{Wt as html};
