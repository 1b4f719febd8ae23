import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as qe}from"./chunk-B3S2LPHD.js";import{a as h,b as Ue,c as ze,d as X,g as Ge,h as y,i as A,j as O,l as Y}from"./chunk-SKET7S3O.js";import{a as tn}from"./chunk-JCHH233Y.js";import{a as M}from"./chunk-RKT5AJ3I.js";import{d as en}from"./chunk-55CDFFVJ.js";import{createHash as In}from"node:crypto";function d(e,...t){return{html:e.map((n,i)=>n+Je(t[i])).join("")}}function Je(e){return e===void 0?"":typeof e=="string"?Ge(e):typeof e=="number"?e.toLocaleString("en-US"):"html"in e?e.html:e.map(Je).join("")}function ge(e){return d`${e.split(/(`[^`]+`)/).map((t,n)=>n%2===1?d`<code>${t.slice(1,-1)}</code>`:t)}`}function C(e,t){if(e===void 0||!URL.canParse(e))return d`${t}`;let n=new URL(e);return n.protocol!=="https:"||n.username!==""||n.password!==""?d`${t}`:d`<a href="${n.href}" rel="noreferrer noopener">${t}</a>`}function T(e,t){return Number(t.blocking)-Number(e.blocking)||Ve[e.state]-Ve[t.state]||M.indexOf(e.severity)-M.indexOf(t.severity)||Number(t.knownExploited??!1)-Number(e.knownExploited??!1)||(t.score??-1)-(e.score??-1)||v(e.rule,t.rule)||v(e.subject,t.subject)||v(e.fingerprint,t.fingerprint)}var Ve={new:0,existing:1,waived:2};function v(e,t){return e<t?-1:e>t?1:0}function ee(e,t){return v(e.file,t.file)||e.startLine-t.startLine||(e.startColumn??0)-(t.startColumn??0)||e.endLine-t.endLine||(e.endColumn??0)-(t.endColumn??0)}function g(e,t,n=`${t}s`){return`${e.toLocaleString("en-US")} ${e===1?t:n}`}function E(e,t){let n=e.length-t;return n>0?`${e.slice(0,t).join(", ")} and ${n.toLocaleString("en-US")} more`:e.join(", ")}function x(e){return M.map(t=>({severity:t,number:e.filter(n=>n.severity===t).length})).filter(({number:t})=>t>0).map(({severity:t,number:n})=>`${n.toLocaleString("en-US")} ${t}`).join(", ")}function L(e){return e.replace(/^(sha(?:256|512):[0-9a-f]{12})[0-9a-f]+$/,"$1")}function w(e){return e.replace(/\b(sha(?:256|512):[0-9a-f]{12})[0-9a-f]{52,}/g,"$1")}function $(e){let t=e.lastIndexOf("@");return t<0?e:`${e.slice(0,t)}@${L(e.slice(t+1))}`}var _={pass:"passed",block:"blocked",incomplete:"incomplete"},N={pass:"✔",block:"✖",incomplete:"?"};function U({epss:e,knownExploited:t,score:n},i=!1){return[...n===void 0?[]:[n.toFixed(1)],...t===!0?["known exploited"]:[],...e===void 0||!i?[]:[`EPSS ${e<.01?"<1":Math.round(e*100)}%`]].join(", ")}var W={vulnerability:"Vulnerabilities",malware:"Malware",secret:"Secrets","image-config":"Image configuration",signature:"Signatures",attestation:"Attestations",manifest:"Manifests",dockerfile:"Dockerfiles",policy:"Policy"},te=Object.keys(W);var nn={new:"new",existing:"on the base",waived:"waived"},rn=new Set(["vulnerability","malware","secret","image-config","signature","attestation"]);function Ze(e){let t=M.filter(s=>e.some(l=>l.severity===s)),n=te.filter(s=>e.some(l=>l.check===s)),i=["new","existing","waived"].filter(s=>e.some(l=>l.state===s)),r=[...new Set(e.filter(s=>rn.has(s.check)&&s.subject.includes("@")).map(s=>s.subject))].sort(v),o=[d`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,d`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,he("Check","check",[d`<option value="">all</option>`,...n.map(s=>ne(s,W[s]))]),...r.length===0?[]:[he("Image","subject",[d`<option value="">all</option>`,...r.map(s=>ne(s,$(s)))])],he("Sort by","sort",[ne("order","importance"),...["path","rule","subject"].map(s=>ne(s,s))])],a=[He("Severity",t.map(s=>Ke("severity",s,d`<span class="severity ${s}">${s}</span>`,e))),...i.length<2?[]:[He("State",i.map(s=>Ke("state",s,d`${nn[s]}`,e)))]];return d`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${o}</div>
<div class="row">${a}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`}var ne=(e,t)=>d`<option value="${e}">${t}</option>`,he=(e,t,n)=>d`<label>${e} <select name="${t}">${n}</select></label>`,He=(e,t)=>d`<fieldset><legend>${e}</legend>${t}</fieldset>`;function Ke(e,t,n,i){let r=i.filter(o=>o[e]===t).length;return d`<label class="box"><input type="checkbox" name="${e}" value="${t}" checked> ${n} <small>${r}</small></label>`}function H(e,t){let n=new Map;for(let i of e.toSorted(T)){let r=on(i),o=n.get(r);o===void 0?n.set(r,[i]):o.push(i)}return[...n.values()].map(i=>{let r=i[0].check==="vulnerability"?i[0].package:void 0;return r===void 0?{findings:i}:{findings:i,package:{name:r.name,version:r.version,...sn(i,r.purl,t)}}})}function on(e){return e.check!=="vulnerability"||e.package===void 0?JSON.stringify([e.fingerprint,e.rule,e.subject]):JSON.stringify([e.subject,e.package.name,e.package.version,e.package.purl,e.state])}function sn(e,t,n){let i=e.map(a=>a.package?.fixed).filter(a=>a!==void 0),r=[...new Set(i)],o=r.length>1?n.newest?.(t,r):void 0;return{fixed:o===void 0?r:[o],unfixed:e.length-i.length}}function hr(e){let[t]=e.findings;return e.package===void 0?t.message===""?t.title:t.message:`${D(e.package)}: ${e.findings.length===1?t.rule:x(e.findings)}`}function D({name:e,version:t,fixed:n}){if(n.length===0)return`${e} ${t}, no fix`;let i=n.length>3?`, … (${n.length})`:"";return`${e} ${t} → ${n.slice(0,3).join(", ")}${i}`}function F(e,t){let n=t.rules?.get(e.rule),i=an[e.check];return{why:n?.why??i.why,fix:n?.fix??i.fix,references:[...new Set([...n?.references??[],...e.references??[]])],general:n===void 0}}function P(e,t){let[n]=e.findings;if(e.package===void 0)return F(n,t).fix;let{name:i,fixed:r,unfixed:o}=e.package;if(r.length===0)return`No fixed version of ${i} is known. Leave it out of the image, or waive it with a date.`;let a=r.length===1?`Update ${i} to ${r[0]}`:`Update ${i} to the newest of ${r.join(", ")}`;return o===0?`${a}.`:`${a}; for ${o} of ${e.findings.length} no fix is known.`}var an={vulnerability:{why:"The image holds a version of this package that is known to be vulnerable: who reaches the program can use what is published about it.",fix:"Update the package to a fixed version, or build on a newer base image."},malware:{why:"The image holds a file that is known to be malicious: it would run with all that its container may do.",fix:"Do not run this image. Find out which layer brought the file, and build again from a source that you trust."},secret:{why:"Whoever can read this place has the secret, and the history keeps it after it was removed.",fix:"Revoke the secret first, then take it out and read it from a secret store when the program runs."},"image-config":{why:"The configuration of the image decides with which rights and settings its program starts.",fix:"Change the Dockerfile instruction that sets it, and build the image again."},signature:{why:"Without a signature that the policy trusts, nobody vouches that this digest is what was built.",fix:"Sign the digest in the pipeline that builds it, or add its signer to the policy on the base branch."},attestation:{why:"The policy asks for proof of how this image was built, and the proof is missing or says something else.",fix:"Attach the attestation in the pipeline that builds the image."},manifest:{why:"The object asks for more than it needs, and who takes the program has all of it.",fix:"Take away what the program does not need."},dockerfile:{why:"What the Dockerfile does is in every image that is built from it.",fix:"Change the instruction."},policy:{why:"The policy on the base branch denies this.",fix:"Follow the policy, or change it on the base branch first."}};var Qe=3,ln=12,ye=400;function Xe(e,t){if(e[t.startLine-1]===void 0)return;let n=Math.min(t.endLine,t.startLine+ln-1),i=Math.max(1,t.startLine-Qe),r=e.at(-1)===""?e.length-1:e.length,o=Math.max(n,Math.min(r,n+Qe)),a=[];for(let s=i;s<=o;s++){let l=s>=t.startLine&&s<=t.endLine,c=e[s-1]??"";a.push(d`<tr${l?dn:void 0}><th>${String(s)}</th><td>${l?cn(c,s,t):be(c)}\n</td></tr>`)}return d`<div class="code" tabindex="0" role="region" aria-label="${`${t.file}, lines ${i} to ${o}`}"><table>${a}</table></div>`}var dn=d` class="hit"`;function cn(e,t,{endColumn:n,endLine:i,startColumn:r,startLine:o}){let a=e.length-e.trimStart().length,s=t===o&&r!==void 0?r-1:a,l=t===i&&n!==void 0?n-1:e.trimEnd().length,c=Math.min(Math.max(0,s),e.length),u=Math.min(Math.max(c,l),e.length),m=e.slice(0,c),p=m.length>ye?`…${m.slice(-80)}`:m;return d`${p}<mark>${be(e.slice(c,u))}</mark>${be(e.slice(u))}`}function be(e){return e.length>ye?`${e.slice(0,ye)}…`:e}function ie(e){let t=new Map;for(let i of e){let[r,...o]=i.locations;if(r===void 0)continue;let a=JSON.stringify([r,o,i.subject].flat()),s=t.get(a);s===void 0?t.set(a,{location:r,also:o,subject:i.subject,findings:[i]}):s.findings.push(i)}let n=[...t.values()].sort((i,r)=>ee(i.location,r.location)||v(i.subject,r.subject));return[...Map.groupBy(n,i=>i.location.file)].map(([i,r])=>({file:i,places:r}))}function re(e){let t=e.filter(n=>n.locations.length===0);return Map.groupBy(t.sort((n,i)=>v(n.subject,i.subject)),n=>n.subject)}function S(e){return`${e.file}:${e.startLine}`}var oe=3e3,un=10,Ye=3,mn=8;function et({group:e,locations:t},n,i){let[r]=e.findings,o=M.filter(s=>e.findings.some(l=>l.severity===s)),a=[...new Set(t.map(s=>s.file))];return d`
<div class="finding" role="listitem" data-severity="${o.join(" ")}" data-check="${r.check}" data-state="${r.state}" data-subject="${r.subject}" data-files="${a.map(s=>encodeURIComponent(s.toWellFormed())).join(" ")}" data-rule="${r.rule}" data-order="${String(n)}" data-count="${String(e.findings.length)}">
<details id="${`finding-${encodeURIComponent(r.fingerprint.toWellFormed())}`}"${r.blocking&&n<un?d` open`:void 0}>
<summary><span class="severity ${r.severity}">${r.severity}</span> <span class="what">${fn(e)}</span> <span class="where">${gn(t,r)}</span></summary>
<div class="body">
${e.package===void 0?hn(e,i):yn(e,i)}
${xn(t,i)}
</div>
</details>
</div>`}function fn(e){let[t]=e.findings,n=[t.blocking?d` <span class="flag blocks">blocks</span>`:void 0,e.findings.some(r=>r.knownExploited===!0)?d` <span class="flag">known exploited</span>`:void 0,t.state==="new"?void 0:d` <span class="flag">${pn(t)}</span>`];if(e.package===void 0)return d`<code>${t.rule}</code> ${t.message||t.title}${n}`;let i=e.findings.length===1?t.rule:x(e.findings);return d`<code>${D(e.package)}</code> ${i}${n}`}function pn({state:e,waiver:t}){return e==="existing"?"on the base":t===void 0?"waived":`waived until ${t.until}`}function gn(e,{subject:t}){let[n,...i]=e;return n===void 0?d`${$(t)}`:d`${S(n)}${i.length===0?void 0:` +${i.length}`}`}function hn(e,t){let[n]=e.findings,{general:i,references:r,why:o}=F(n,t),a=r.slice(0,mn).map(s=>d`<li>${C(s,s)}</li>`);return d`<dl>
<dt>Subject</dt><dd><code>${n.subject}</code></dd>
<dt>Check</dt><dd>${W[n.check]}</dd>
<dt>Why</dt><dd>${i?o:ge(o)}</dd>
<dt>Fix</dt><dd>${i?P(e,t):ge(P(e,t))}</dd>
${tt(n)}${a.length===0?void 0:d`<dt>More</dt><dd><ul class="links">${a}</ul></dd>`}
</dl>
${n.suggestion===void 0?void 0:d`<p class="label">Suggested for ${wn(n.suggestion)}</p><pre class="suggestion">${n.suggestion.replacement}</pre>`}`}function yn(e,t){let[n]=e.findings,i=n.package;return d`<dl>
<dt>Image</dt><dd><code>${n.subject}</code></dd>
${i?.layer===void 0?void 0:d`<dt>Layer</dt><dd><code>${L(i.layer)}</code></dd>`}
${i?.path===void 0?void 0:d`<dt>File</dt><dd><code>${i.path}</code></dd>`}
<dt>Fix</dt><dd>${P(e,t)}</dd>
${tt(n)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${i?.name??"the package"}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th>Rating</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${e.findings.map(bn)}</tbody></table></div>`}function bn(e){let{aliases:t,package:n,references:i,rule:r,severity:o,title:a}=e,s=(t??[]).filter(c=>c!==r).slice(0,4),l=i?.find(c=>URL.canParse(c)&&c.startsWith("https:"));return d`<tr><td>${r}${s.length===0?void 0:d` <small>${s.join(", ")}</small>`}</td><td><span class="severity ${o}">${o}</span></td><td>${U(e,!0)}</td><td>${n?.fixed??"no fix"}</td><td>${a}${l===void 0?void 0:d` <small>${C(l,new URL(l).host)}</small>`}</td></tr>`}function tt({waiver:e}){if(e!==void 0)return d`<dt>Waived</dt><dd>until ${e.until} by ${e.owner}: ${e.reason}</dd>`}function xn(e,t){let n=e.slice(0,Ye).map(r=>d`<p class="label">${C(t.link?.(r),S(r))}</p>${Xe(t.lines(r.file),r)}`),i=e.slice(Ye).map(r=>d`<li>${C(t.link?.(r),S(r))}</li>`);return d`${n}${i.length===0?void 0:d`<details class="more"><summary>${i.length} more places</summary><ul>${i}</ul></details>`}`}function wn({endLine:e,startLine:t}){return e>t?`lines ${t} to ${e}`:`line ${t}`}function z({baseUpdate:e,digest:t},n){if(!e||t===void 0)return;let{adds:i,fixes:r,proposed:o}=e,a=new Map(n.filter(({rule:c,subject:u})=>r.includes(c)&&u.endsWith(`@${t}`)).map(c=>[c.rule,c])),s=x([...a.values()])||(r.length===0?"no vulnerability":`${r.length}`),l=i.length===0?"":`, and bring ${i.length} that ${i.length===1?"is":"are"} not there now`;return`a newer base ${o.reference} would clear ${s}${l}`}var $n=20,vn=2e3;function nt(e,t,n){let i=t.get(e.digest??e.reference)??[],r=z(e,i),o=e.locations.slice(0,$n).map(s=>d`<li>${C(n.link?.(s),S(s))}</li>`),a=e.locations.length-o.length;return d`
<div class="image" role="listitem"><details>
<summary><span class="signature ${e.signature}">${e.signature}</span> <span class="what"><code>${e.reference}</code></span> <span class="where">${x(i)||"no findings"}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${e.digest??"not resolved"}</code></dd>
${e.signatureMessage===void 0?void 0:d`<dt>Signature</dt><dd>${e.signatureMessage}</dd>`}
${r===void 0?void 0:d`<dt>Base image</dt><dd>${r}</dd>`}
${e.platform===void 0?void 0:d`<dt>Platform</dt><dd>${e.platform}</dd>`}
<dt>Packages</dt><dd>${e.packages??"not read"}</dd>
${o.length===0?void 0:d`<dt>Used at</dt><dd><ul class="links">${o}${a>0?d`<li>${a} more</li>`:void 0}</ul></dd>`}
</dl>
${kn(e,i)}
</div></details></div>`}function it(e){return Map.groupBy(e,({subject:t})=>t.slice(t.lastIndexOf("@")+1))}function kn(e,t){let n=e.inventory===void 0?Rn(t):e.inventory.map(Sn);if(n.length===0)return d``;let i=Map.groupBy(t.filter(o=>o.package!==void 0),({package:o})=>JSON.stringify([o?.name,o?.version])),r=vn;return d`${[...Map.groupBy(n,o=>o.layer)].map(([o,a])=>{let s=a.toSorted((u,m)=>v(u.name,m.name)||v(u.version,m.version)).slice(0,r);r-=s.length;let l=o===""?"layer not known":L(o),c=e.inventory===void 0?`${g(a.length,"package")} with findings`:g(a.length,"package");return d`<details class="layer"${n.length<=30?d` open`:void 0}><summary><code>${l}</code> ${c}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${l}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${s.map(u=>d`<tr><td>${u.name}</td><td>${u.version}</td><td>${u.type}</td><td>${x(i.get(JSON.stringify([u.name,u.version]))??[])}</td><td>${u.path}</td></tr>`)}</tbody></table></div>${s.length<a.length?d`<p>${a.length-s.length} more in the page’s data.</p>`:void 0}</details>`})}`}function Sn({layer:e,name:t,path:n,type:i,version:r}){return{name:t,version:r,layer:e,path:n,type:i}}function Rn(e){let t=new Map;for(let{package:n}of e){if(n===void 0)continue;let{layer:i="",name:r,path:o="",purl:a,version:s}=n;t.set(JSON.stringify([r,s,i,o]),{name:r,version:s,layer:i,path:o,type:/^pkg:([a-z0-9.+-]+)\//i.exec(a)?.[1]??""})}return[...t.values()]}var xe=`(() => {
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
`;var we=`
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
`;function se(e,t){let n=ie(e).flatMap(({places:r})=>r.flatMap(({also:o,findings:a,location:s})=>H(a,t).map(l=>({group:l,locations:[s,...o]})))),i=[...re(e).values()].flatMap(r=>H(r,t).map(o=>({group:o,locations:[]})));return[...n,...i].sort((r,o)=>T(r.group.findings[0],o.group.findings[0]))}var ae=function*(e){let t=JSON.stringify($e(e,"report"),null,2);yield`${X(t)}
`},Mn=["file","startLine","endLine","startColumn","endColumn"],Cn=new Map(Object.entries({report:["schema","verdict","reasons","summary","subjects","findings","gaps","coverage","policy"],summary:["critical","high","medium","low","unknown","blocking","existing","waived","gaps"],subjects:["kind","reference","digest","platform","signature","signatureMessage","packages","locations","baseUpdate","inventory"],baseUpdate:["current","proposed","fixes","adds"],proposed:["reference","digest"],inventory:["name","version","purl","type","layer","path","source"],findings:["rule","check","severity","score","knownExploited","epss","title","message","subject","package","aliases","references","locations","suggestion","mode","state","blocking","fingerprint","waiver"],package:["name","version","purl","fixed","layer","path"],suggestion:["startLine","endLine","replacement"],waiver:["reason","owner","until"],locations:Mn,gaps:["subject","message","locations"],coverage:["files","objects","dockerfiles","images","skippedFiles"],files:["judged","skipped"],images:["judged","failed"],skippedFiles:["file","reason"],policy:["files","revision","failOn"]})),Ln=new Set(["aliases","references"]),Fn=new Set(["anchor"]);function $e(e,t){if(Array.isArray(e))return e.map(a=>$e(a,t));if(typeof e!="object"||e===null)return e;let n=new Map(Object.entries(e)),i=Cn.get(t)??[],r=[...n.keys()].filter(a=>!i.includes(a)&&!Fn.has(a)).sort(),o=Object.create(null);for(let a of[...i,...r]){let s=n.get(a);s===void 0||Ln.has(a)&&Array.isArray(s)&&s.length===0||(o[a]=$e(s,a))}return o}function le(e,t){let n=Map.groupBy(e.findings.filter(r=>r.check==="secret").flatMap(r=>r.locations),r=>r.file),i=new Map;return r=>{let o=n.get(r);if(o===void 0)return t.lines(r);let a=i.get(r);if(a!==void 0)return a;let s=jn(t.lines(r),o);return i.set(r,s),s}}function jn(e,t){let n=[...e];for(let{startLine:i,endLine:r,startColumn:o,endColumn:a}of t)for(let s=Math.max(1,i);s<=Math.min(r,n.length);s++){let l=n[s-1]??"",c=i===r&&o!==void 0&&a!==void 0&&a>o,u=c?o-1:l.length-l.trimStart().length,m=c?Math.min(a-1,l.length):l.length;m>u&&(n[s-1]=l.slice(0,u)+"•".repeat(m-u)+l.slice(m))}return n}function G({coverage:e,summary:t}){let{files:n,images:i}=e,r=n.skipped>0?` (${n.skipped.toLocaleString("en-US")} skipped)`:"",o=i.failed>0?`, ${i.failed.toLocaleString("en-US")} not readable`:"",a=[`${t.critical} critical, ${t.high} high, ${t.medium} medium, ${t.low} low`,...t.unknown>0?[`${t.unknown} unrated`]:[]].join(", "),s=[`${t.blocking} blocking`,...t.existing>0?[`${t.existing} already on the base`]:[],...t.waived>0?[`${t.waived} waived`]:[]].join(", ");return[`judged ${g(n.judged,"file")}${r}, ${g(e.objects,"object")}, ${g(e.dockerfiles,"Dockerfile")}, ${g(i.judged,"image")}${o}`,`found ${a}; ${s}`]}function q(e){let{policy:t}=e;if(t===void 0)return"";let n=t.files.length===0?"no policy file, the default is in force":`policy ${E(t.files,3)}`,i=t.revision===void 0?"":` at ${t.revision.slice(0,12)}`;return`${n}${i}: ${t.failOn==="never"?"nothing blocks by its severity":`blocks from ${t.failOn}`}`}var ve=1e3,ke=1e3,Pn=500,On=5,ot=function*(e,t){let n={...t,lines:le(e,t)},i=se(e.findings,n);if(yield _n(e),yield Wn(e).html,yield"<main>",e.gaps.length>0&&(yield Dn(e.gaps,n).html),yield d`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${e.findings.length}</small></h2>`.html,i.length===0)yield"<p>None.</p>";else{yield Ze(e.findings).html,yield'<div class="list" id="findings" role="list">';for(let[r,o]of i.slice(0,oe).entries())yield et(o,r,n).html;yield`
</div>`,i.length>oe&&(yield d`<p>${i.length-oe} more, the least important, are in the page’s data.</p>`.html)}if(yield"</section>",e.subjects.length>0){yield d`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${e.subjects.length}</small></h2><div class="list" role="list">`.html;let r=it(e.findings);for(let o of e.subjects.slice(0,ve))yield nt(o,r,n).html;yield`
</div>`,e.subjects.length>ve&&(yield d`<p>${e.subjects.length-ve} more are in the page’s data.</p>`.html),yield"</section>"}yield"</main>",yield Bn(e,t).html,yield`<script type="application/json" id="report">${En(e,t)}</script>
<script>${xe}</script>
</body>
</html>
`};function En(e,t){return[...ae(e,t)].join("").replaceAll("<","\\u003c")}function _n({verdict:e}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; script-src ${rt(xe)}; style-src ${rt(we)}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${_[e]} · Portcullis report</title>
<style>${we}</style>
</head>
<body>
`}var rt=e=>`'sha256-${In("sha256").update(e).digest("base64")}'`;function Wn({reasons:e,summary:t,verdict:n}){let i=["critical","high","medium","low"].map(o=>d`<li class="${o}"><b>${t[o]}</b> ${o}</li>`),r=[...t.unknown>0?[d`<li><b>${t.unknown}</b> unrated</li>`]:[],d`<li><b>${t.blocking}</b> blocking</li>`,...t.existing>0?[d`<li><b>${t.existing}</b> on the base</li>`]:[],...t.waived>0?[d`<li><b>${t.waived}</b> waived</li>`]:[],...t.gaps>0?[d`<li><b>${t.gaps}</b> not verified</li>`]:[]];return d`<header class="top"><div class="verdict ${n}"><h1>${N[n]} ${_[n]} <small>Portcullis</small></h1><ul>${e.map(o=>d`<li>${w(o)}</li>`)}</ul></div>
<ul class="counts">${i}${r}</ul></header>\n`}function Dn(e,t){let n=e.slice(0,ke).map(({locations:i,message:r,subject:o})=>{let a=i.slice(0,On).map(l=>d`<div>${C(t.link?.(l),S(l))}</div>`),s=i.length-a.length;return d`<div class="gap" role="listitem"><code>${$(o)}</code> <span>${w(r)}</span><div class="where">${a}${s>0?d`<div>+${s}</div>`:void 0}</div></div>`});return d`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${e.length}</small></h2>
<div class="list" role="list">${n}</div>
${e.length>ke?d`<p>${e.length-ke} more are in the page’s data.</p>`:void 0}</section>`}function Bn(e,{version:t}){let n=e.coverage.skippedFiles??[],i=n.slice(0,Pn).map(({file:o,reason:a})=>d`<li><code>${o}</code>: ${a}</li>`),r=n.length-i.length;return d`<footer>${[...G(e),q(e)].filter(o=>o!=="").map(o=>d`<div>${o}</div>`)}
${i.length===0?void 0:d`<details><summary>${g(n.length,"skipped file")}</summary><ul>${i}${r>0?d`<li>${r} more</li>`:void 0}</ul></details>`}
<p>Portcullis ${t} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`}var Se=8,Re=4,An=400,K=200;function st(e,t){let n=e.filter(o=>o.blocking),i=e.filter(o=>!o.blocking&&o.state==="new"),r=e.filter(o=>!o.blocking&&o.state==="existing");return[{title:"What blocks",collapsed:!1,lead:"",entries:Me(n,t)},{title:`${g(i.length,"new finding")} that ${i.length===1?"does":"do"} not block`,collapsed:!0,lead:"",entries:Me(i,t)},{title:`${g(r.length,"finding")} already on the base`,collapsed:!0,lead:"",entries:Me(r,t)}]}function Me(e,t){return se(e,t).map(({group:n,locations:i})=>({heading:Tn(n.findings[0].subject,i,t),text:Nn(n,t)}))}function Tn(e,[t,...n],i){let r=A($(e).slice(0,K));if(t===void 0)return r;let o=e===t.file?"":` · ${r}`,a=n.slice(0,Re).map(l=>de(l,i)),s=n.length>Re?` and ${g(n.length-Re,"more place")}`:"";return`${de(t,i)}${o}${a.length===0?"":` · also ${a.join(", ")}${s}`}`}function Nn(e,t){let[n]=e.findings;if(e.package!==void 0)return`- **${n.severity}** ${Un(e)}`;let i=F(n,t).general?"":`<br>${y(P(e,t))}`;return`- **${n.severity}** ${A(n.rule.slice(0,K))}: ${y(w(n.message||n.title).slice(0,An))}${i}`}function Un(e){let t=e.package===void 0?"":A(D(e.package).slice(0,K)),n=e.findings.slice(0,Se).map(o=>{let a=U(o);return`${A(o.rule.slice(0,K))}${a===""?"":` (${a})`}`}),i=e.findings.length>Se?` and ${(e.findings.length-Se).toLocaleString("en-US")} more`:"",r=e.findings.length===1?"":`${x(e.findings)}: `;return`${t}: ${r}${n.join(", ")}${i}`}function de(e,t,n=A){return`${n(e.file.slice(0,K))} ${zn(e,t)}`}function zn(e,t){let n=e.endLine>e.startLine?`lines ${e.startLine}–${e.endLine}`:`line ${e.startLine}`,i=Y(t.link?.(e)??"");return i===void 0?n:`[${n}](${i})`}function at({reachability:e}){return{title:"Network paths",collapsed:!0,lead:"",entries:e===void 0?[]:[{heading:"",text:`\`\`\`mermaid
${qe(e)}
\`\`\``}]}}function lt(e,t){let n=t,i=e.map(r=>ce(r,r.entries).length+2);return e.map((r,o)=>{let a=i.slice(o+1).reduce((l,c)=>l+Math.min(c,t*.08),0),s=Gn(r,Math.floor(n-a));return n-=s.length+2,s})}function Gn(e,t){if(e.entries.length===0)return"";let n=ce(e,e.entries);if(n.length<=t)return n;let i=ce(e,[]).length+80,r=new Set,o=e.entries.filter(s=>{let l=r.has(s.heading)?0:s.heading.length+e.lead.length+6;return i+l+s.text.length+1>t?!1:(i+=l+s.text.length+1,r.add(s.heading),!0)}),a=ce(e,o);return a.length<=t?a:""}function ce({collapsed:e,entries:t,lead:n,title:i},r){if(t.length===0)return"";let o=[...Map.groupBy(r,l=>l.heading)].map(([l,c])=>{let u=[...n===""?[]:[n],...c.map(m=>m.text)].join(`
`);return l===""?u:`${l}

${u}`}),a=t.length-r.length;a>0&&o.push(`_${a.toLocaleString("en-US")} more left out for length._`);let s=o.join(`

`);return e?`<details>
<summary>${i}</summary>

${s}

</details>`:`### ${i}

${s}`}var j=300,qn=160,Jn=3,Vn=14;function dt(e,t){return{title:"Not verified",collapsed:!1,lead:`| what | why | where |
| :-- | :-- | :-- |`,entries:e.map(({locations:n,message:i,subject:r})=>({heading:"",text:Ce(O($(r).slice(0,j)),y(w(i).slice(0,j)),mt(n,t))}))}}function ct(e,t,n){return{title:"Images",collapsed:!1,lead:`| image | digest | signature | packages | used at |
| :-- | :-- | :-- | --: | :-- |`,entries:e.map(i=>({heading:"",text:Hn(i,t,n)}))}}function Hn(e,t,n){let{digest:i,locations:r,packages:o,platform:a,reference:s,signature:l,signatureMessage:c}=e,u=z(e,t),m=`${O(s.slice(0,j))}${a===void 0?"":` ${y(a.slice(0,60))}`}`;return Ce(u===void 0?m:`${m}<br>${y(u.slice(0,j))}`,i===void 0?"?":O(L(i).slice(0,j)),`${Kn[l]} ${l}${c===void 0?"":`<br>${y(w(c).slice(0,qn))}`}`,o===void 0?"?":o.toLocaleString("en-US"),mt(r,n))}var Kn={verified:"✔",unsigned:"✖",untrusted:"✖",invalid:"✖",unchecked:"?"};function ut(e,t){let n=e.filter(i=>i.state==="waived").sort((i,r)=>v(i.waiver?.until??"9",r.waiver?.until??"9"));return{title:`${g(n.length,"waived finding")}`,collapsed:!0,lead:`| finding | subject | until | owner | reason |
| :-- | :-- | :-- | :-- | :-- |`,entries:n.map(({rule:i,severity:r,subject:o,waiver:a})=>({heading:"",text:Ce(`${r} ${O(i.slice(0,j))}`,O($(o).slice(0,j)),a===void 0?"?":Zn(a.until,t.today),a===void 0?"":y(a.owner.slice(0,j)),a===void 0?"":y(a.reason.slice(0,j)))}))}}function Zn(e,t){let n=t===void 0?Number.NaN:Math.round((Date.parse(e)-Date.parse(t))/864e5),i=y(e.slice(0,20));return n>=0&&n<=Vn?`**${i}**, in ${g(n,"day")}`:i}function mt(e,t){let n=e.slice(0,Jn).map(r=>de(r,t,O)),i=e.length-n.length;return[...n,...i>0?[`${i.toLocaleString("en-US")} more`]:[]].join("<br>")}var Ce=(...e)=>`| ${e.join(" | ")} |`;var Qn=65536,Xn=20,Yn=300,pt=function*(e,t){yield ei(e,t,Qn)};function ei(e,t,n){let i=[`## ${N[e.verdict]} Portcullis: ${_[e.verdict]}`,ti(e),ni(e.findings)],r=[...G(e),q(e)].filter(m=>m!=="").map(m=>`<sub>${y(m)}</sub>`),o=[...i,r.join(`<br>
`)].filter(m=>m!=="").join(`

`),[a,s,l]=st(e.findings,t),c=[a,dt(e.gaps,t),ct(e.subjects,e.findings,t),at(e),s,ut(e.findings,t),l],u=lt(c,Math.max(n,4096)-o.length-16);return`${[...i,...u,r.join(`<br>
`)].filter(m=>m!=="").join(`

`)}
`}function ti({reasons:e}){let t=e.slice(0,Xn).map(i=>`- ${y(w(i).slice(0,Yn))}`),n=e.length-t.length;return[...t,...n>0?[`- ${g(n,"more reason")}`]:[]].join(`
`)}function ni(e){return e.length===0?"":["| | critical | high | medium | low | unrated | on the base | waived |","| :-- | --: | --: | --: | --: | --: | --: | --: |",...te.map(n=>({check:n,all:e.filter(i=>i.check===n)})).filter(({all:n})=>n.length>0).map(({check:n,all:i})=>{let r=i.filter(s=>s.state==="new"),o=M.map(s=>ft(r.filter(l=>l.severity===s).length)),a=["existing","waived"].map(s=>ft(i.filter(l=>l.state===s).length));return`| ${[W[n],...o,...a].join(" | ")} |`})].join(`
`)}var ft=e=>e===0?"·":e.toLocaleString("en-US");var gt=en(tn(),1);import{createHash as ii}from"node:crypto";function ht(e,{author:t,timestamp:n}){let i=new Map(e.subjects.map(s=>[s.reference,s])),r=e.findings.flatMap(s=>{let l=i.get(s.subject)??e.subjects.find(({reference:c,digest:u})=>s.subject===`${c}@${u}`);return s.check!=="vulnerability"||l===void 0?[]:[ri(s,l)]}),o={author:t,role:"scanner",timestamp:n.toISOString(),version:1,tooling:"portcullis",statements:r};return{"@context":"https://openvex.dev/ns/v0.2.0","@id":`https://portcullis.dev/vex/${ii("sha256").update(JSON.stringify(o)).digest("hex")}`,...o}}function ri(e,t){let{rule:n,aliases:i=[],package:r,vex:o}=e;return{vulnerability:{name:n,...i.length===0?{}:{aliases:i}},products:[{...li(t),...r===void 0?{}:{subcomponents:[{"@id":r.purl,identifiers:{purl:r.purl}}]}}],...o===void 0?{status:"affected",status_notes:e.message,action_statement:ai(e)}:oi(o)}}function oi({status:e,justification:t,detail:n}){let i=t!==void 0&&si.has(t),r=[n,i?void 0:t].filter(o=>o!==void 0).join(": ");return{status:e,...i?{justification:t}:{},...r===""?{}:{[e==="not_affected"?"impact_statement":"status_notes"]:r}}}var si=new Set(["component_not_present","inline_mitigations_already_exist","vulnerable_code_cannot_be_controlled_by_adversary","vulnerable_code_not_in_execute_path","vulnerable_code_not_present"]);function ai({package:e,waiver:t}){let n=e?.fixed===void 0?"no fixed version is known":`update ${e.name} to ${e.fixed}`;return t===void 0?n:`accepted by ${t.owner} until ${t.until}: ${t.reason}; ${n}`}function li({reference:e,digest:t}){let n=e.replace(/@.*$/,"").replace(/:[^/:]*$/,""),i=n.slice(n.lastIndexOf("/")+1).toLowerCase();if(t===void 0||i==="")return{"@id":e};let r=new gt.PackageURL("oci",void 0,i,t,{repository_url:n},void 0).toString();return{"@id":r,identifiers:{purl:r},hashes:{"sha-256":t.replace(/^sha256:/,"")}}}var yt=function*(e,{today:t="1970-01-01"}){yield`${JSON.stringify(ht(e,{author:"Portcullis",timestamp:new Date(`${t}T00:00:00Z`)}),void 0,2)}
`};import{gzipSync as bi}from"node:zlib";var ue="%SRCROOT%",di={critical:"error",high:"error",medium:"warning",low:"note",unknown:"warning"};function bt(e,t,n){let{fingerprint:i,locations:r,message:o,severity:a,state:s,subject:l,title:c}=e,u=r.slice(0,10);return{ruleId:e.rule.toWellFormed()||"unnamed",...t===void 0?{}:{ruleIndex:t.index},level:di[a],message:{text:J(o)||J(c)||e.rule||"no message"},locations:u.length===0?[ci(l)]:u.map(m=>Le(m,l,n)),partialFingerprints:{primaryLocationLineHash:i.toWellFormed(),"portcullis/v1":i.toWellFormed()},...s==="waived"?{suppressions:[ui(e)]}:{},...mi(e,n),properties:{check:e.check,severity:a,...e.score===void 0?{}:{score:e.score},...e.knownExploited===void 0?{}:{knownExploited:e.knownExploited},...e.epss===void 0?{}:{epss:e.epss},state:s,blocking:e.blocking,subject:l.toWellFormed(),...e.package===void 0?{}:{purl:e.package.purl.toWellFormed()},...e.package?.fixed===void 0?{}:{fixed:e.package.fixed.toWellFormed()},...r.length>u.length?{locationsLeftOut:r.length-u.length}:{}}}}function Le({file:e,...t},n,{rootPath:i=""}){let r={startLine:t.startLine,...t.startColumn===void 0?{}:{startColumn:t.startColumn},endLine:t.endLine,...t.endColumn===void 0?{}:{endColumn:t.endColumn}};return{physicalLocation:{artifactLocation:{uri:Fe(i+e),uriBaseId:ue},region:r},logicalLocations:[{fullyQualifiedName:n.toWellFormed()}]}}function ci(e){let t=e.replace(/@sha256:[0-9a-f]*$/,"").replace(/:[^:/]*$/,"");return{physicalLocation:{artifactLocation:{uri:Fe(t||"subject")},region:{startLine:1}},logicalLocations:[{fullyQualifiedName:e.toWellFormed()}]}}function Fe(e){return e.toWellFormed().split("/").map(t=>encodeURIComponent(t).replace(/[!'()*]/g,n=>`%${n.charCodeAt(0).toString(16).toUpperCase()}`)).join("/").replace(/^\/+/,"")}function ui({waiver:e}){return e===void 0?{kind:"external",status:"accepted"}:{kind:"external",status:"accepted",justification:J(`${e.reason} (${e.owner}, until ${e.until})`)}}function mi({locations:[e],suggestion:t},n){if(e===void 0||t===void 0)return{};let i=n.lines(e.file)[t.endLine-1];if(i===void 0)return{};let o={deletedRegion:{startLine:t.startLine,startColumn:1,endLine:t.endLine,endColumn:i.length+1},insertedContent:{text:t.replacement.toWellFormed()}},a={artifactLocation:{uri:Fe((n.rootPath??"")+e.file),uriBaseId:ue},replacements:[o]};return{fixes:[{description:{text:"Suggested change"},artifactChanges:[a]}]}}var J=e=>e.toWellFormed().replaceAll("](","] (");var fi=255,xt=1024,pi=10;function $t(e,t){let n=Map.groupBy(e,i=>i.rule);return new Map([...n].map(([i,r],o)=>[i,{index:o,descriptor:gi(i,r,t)}]))}function gi(e,t,n){let[i]=t;if(i===void 0)return{};let{fix:r,references:o,why:a}=F(i,n),s=n.rules?.get(e)?.title??(i.title||e),l=o.map(Y).filter(u=>u!==void 0).slice(0,pi),c=t.map(hi).reduce((u,m)=>Math.max(u,m),0);return{id:e.toWellFormed()||"unnamed",name:(e.toWellFormed()||"unnamed").slice(0,fi).toWellFormed(),shortDescription:{text:wt(s)||"unnamed"},fullDescription:{text:wt(a)},help:{text:[a,r,...l].join(`

`),markdown:[`**Why** ${y(a)}`,`**What to do** ${y(r)}`,...l.length===0?[]:[l.map(u=>`- <${u}>`).join(`
`)]].join(`

`)},...l[0]===void 0?{}:{helpUri:l[0]},properties:{tags:["security",i.check],precision:"high",...c>0?{"security-severity":c.toFixed(1)}:{}}}}function hi({score:e,severity:t}){let[n,i,r]=yi[t];return Math.min(Math.max(e??i,n),r)}var yi={critical:[9,9.5,10],high:[7,8,8.9],medium:[4,5.5,6.9],low:[.1,2,3.9],unknown:[0,0,0]};function wt(e){let t=e.toWellFormed();return t.length<=xt?t:`${t.slice(0,xt-1).toWellFormed()}…`}var me={resultsPerRun:25e3,gzipBytes:10*1024*1024},kt=function*(e,t){let n=Math.min(e.findings.length,me.resultsPerRun),i=vt(e,t,n);for(;n>0&&i.length*3>me.gzipBytes;){let r=bi(i,{level:1}).length;if(r<=me.gzipBytes)break;n=Math.floor(n*Math.min(.9,me.gzipBytes/r*.95)),i=vt(e,t,n)}yield i};function vt(e,t,n){let i=e.findings.toSorted(T).slice(0,n),r=e.findings.length-i.length,o=$t(i,t),a={$schema:"https://json.schemastore.org/sarif-2.1.0.json",version:"2.1.0",runs:[{tool:{driver:{name:"Portcullis",version:t.version,semanticVersion:t.version,rules:[...o.values()].map(({descriptor:s})=>s)}},automationDetails:{id:"portcullis/"},columnKind:"utf16CodeUnits",originalUriBaseIds:{[ue]:{description:{text:"The root of the repository."}}},invocations:[{executionSuccessful:e.gaps.length===0,toolExecutionNotifications:[...e.gaps.map(s=>xi(s,t)),...r>0?[wi(r,e.findings.length)]:[]]}],results:i.map(s=>bt(s,o.get(s.rule),t)),properties:{verdict:e.verdict,reasons:e.reasons.map(J),leftOut:r}}]};return`${X(JSON.stringify(a,null,1))}
`}function xi({locations:e,message:t,subject:n},i){return{descriptor:{id:"gap"},level:"error",message:{text:J(`${n}: ${t}`)},...e.length===0?{}:{locations:e.map(r=>Le(r,n,i))}}}function wi(e,t){return{descriptor:{id:"left-out"},level:"warning",message:{text:`${g(e,"finding")} of ${t.toLocaleString("en-US")} left out`}}}var je=String.raw`(?:\u001B\u005C|\u009C)`,St=String.raw`\u0018\u001A\u001B\u0080-\u009F`,$i=String.raw`(?:\u001B\]|\u009D)[^\u0007${St}]*(?:\u0007|${je})`,vi=String.raw`(?:\u001B[PX^_k]|[\u0090\u0098\u009E\u009F])[^${St}]*${je}`,ki=String.raw`\u001B\](?:P[\dA-Fa-f]{7}|R)(?:\u0007|${je})?`,Si=String.raw`(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]`,Ri=String.raw`\u001B(?:[\u0020-\u002F]+[\u0030-\u007E]|[\dA-PR-TZcf-oq-uy=><~|}])`,Mi=`${ki}|${$i}|${vi}|${Si}|${Ri}`;function Ie({onlyFirst:e=!1}={}){return new RegExp(Mi,e?void 0:"g")}var Ci=Ie();function Pe(e){if(typeof e!="string")throw new TypeError(`Expected a \`string\`, got \`${typeof e}\``);return!e.includes("\x1B")&&!e.includes("")?e:e.replace(Ci,"")}var Rt=[161,161,164,164,167,168,170,170,173,174,176,180,182,186,188,191,198,198,208,208,215,216,222,225,230,230,232,234,236,237,240,240,242,243,247,250,252,252,254,254,257,257,273,273,275,275,283,283,294,295,299,299,305,307,312,312,319,322,324,324,328,331,333,333,338,339,358,359,363,363,462,462,464,464,466,466,468,468,470,470,472,472,474,474,476,476,593,593,609,609,708,708,711,711,713,715,717,717,720,720,728,731,733,733,735,735,768,879,913,929,931,937,945,961,963,969,1025,1025,1040,1103,1105,1105,8208,8208,8211,8214,8216,8217,8220,8221,8224,8226,8228,8231,8240,8240,8242,8243,8245,8245,8251,8251,8254,8254,8308,8308,8319,8319,8321,8324,8364,8364,8451,8451,8453,8453,8457,8457,8467,8467,8470,8470,8481,8482,8486,8486,8491,8491,8531,8532,8539,8542,8544,8555,8560,8569,8585,8585,8592,8601,8632,8633,8658,8658,8660,8660,8679,8679,8704,8704,8706,8707,8711,8712,8715,8715,8719,8719,8721,8721,8725,8725,8730,8730,8733,8736,8739,8739,8741,8741,8743,8748,8750,8750,8756,8759,8764,8765,8776,8776,8780,8780,8786,8786,8800,8801,8804,8807,8810,8811,8814,8815,8834,8835,8838,8839,8853,8853,8857,8857,8869,8869,8895,8895,8978,8978,9312,9449,9451,9547,9552,9587,9600,9615,9618,9621,9632,9633,9635,9641,9650,9651,9654,9655,9660,9661,9664,9665,9670,9672,9675,9675,9678,9681,9698,9701,9711,9711,9733,9734,9737,9737,9742,9743,9756,9756,9758,9758,9792,9792,9794,9794,9824,9825,9827,9829,9831,9834,9836,9837,9839,9839,9886,9887,9919,9919,9926,9933,9935,9939,9941,9953,9955,9955,9960,9961,9963,9969,9972,9972,9974,9977,9979,9980,9982,9983,10045,10045,10102,10111,11094,11097,12872,12879,57344,63743,65024,65039,65533,65533,127232,127242,127248,127277,127280,127337,127344,127373,127375,127376,127387,127404,917760,917999,983040,1048573,1048576,1114109],Mt=12288,Ct=65510,Lt=[12288,12288,65281,65376,65504,65510];var Ft=4352,jt=262141,Oe=[4352,4447,8986,8987,9001,9002,9193,9196,9200,9200,9203,9203,9725,9726,9748,9749,9776,9783,9800,9811,9855,9855,9866,9871,9875,9875,9889,9889,9898,9899,9917,9918,9924,9925,9934,9934,9940,9940,9962,9962,9970,9971,9973,9973,9978,9978,9981,9981,9989,9989,9994,9995,10024,10024,10060,10060,10062,10062,10067,10069,10071,10071,10133,10135,10160,10160,10175,10175,11035,11036,11088,11088,11093,11093,11904,11929,11931,12019,12032,12245,12272,12287,12289,12350,12353,12438,12441,12543,12549,12591,12593,12686,12688,12773,12783,12830,12832,12871,12880,42124,42128,42182,43360,43388,44032,55203,63744,64255,65040,65049,65072,65106,65108,65126,65128,65131,94176,94180,94192,94198,94208,101594,101631,101664,101760,101874,101888,102801,102816,102866,110576,110579,110581,110587,110589,110590,110592,110888,110898,110898,110928,110930,110933,110933,110948,110952,110960,111355,119552,119638,119648,119670,126980,126980,127183,127183,127374,127374,127377,127386,127406,127406,127488,127490,127504,127547,127552,127560,127568,127569,127584,127589,127744,127776,127789,127797,127799,127868,127870,127891,127904,127946,127951,127955,127968,127984,127988,127988,127992,128062,128064,128064,128066,128252,128255,128317,128331,128334,128336,128359,128378,128378,128405,128406,128420,128420,128507,128591,128640,128709,128716,128716,128720,128722,128725,128729,128732,128735,128747,128748,128756,128764,128986,128986,128992,129003,129008,129008,129292,129338,129340,129349,129351,129535,129648,129660,129664,129734,129736,129736,129740,129757,129759,129771,129775,129786,131072,196605,196608,262141];var fe=(e,t)=>{let n=0,i=Math.floor(e.length/2)-1;for(;n<=i;){let r=Math.floor((n+i)/2),o=r*2;if(t<e[o])i=r-1;else if(t>e[o+1])n=r+1;else return!0}return!1};var It=19968,[ji,Ii]=Pi(Oe);function Pi(e){let t=e[0],n=e[1];for(let i=0;i<e.length;i+=2){let r=e[i],o=e[i+1];if(It>=r&&It<=o)return[r,o];o-r>n-t&&(t=r,n=o)}return[t,n]}var Pt=e=>e<161||e>1114109?!1:fe(Rt,e),Ot=e=>e<Mt||e>Ct?!1:fe(Lt,e);var Et=e=>e>=ji&&e<=Ii?!0:e<Ft||e>jt?!1:fe(Oe,e);function Oi(e){if(!Number.isSafeInteger(e))throw new TypeError(`Expected a code point, got \`${typeof e}\`.`)}function Z(e,{ambiguousAsWide:t=!1}={}){return Oi(e),Ot(e)||Et(e)||t&&Pt(e)?2:1}var Ei=new Intl.Segmenter,Bt=new RegExp("[^\\u{20}-\\u{7E}]","v"),At=String.raw`\u{600}-\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}`,_i=new RegExp(`^[${At}]+`,"v"),_e=new RegExp(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Enclosing_Mark}\p{Nonspacing_Mark}[\p{Format}--[${At}]]]`,"v"),_t=new RegExp("^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})","v"),Wi=new RegExp("^[\\p{Emoji_Presentation}--[\\u{10000}-\\u{10FFFF}]]\\u{FE0E}","v");function Ee(e,t){if(t>=e.length)return 0;let n=new RegExp("(?<![\\p{Emoji_Modifier_Base}\\u{200D}])\\p{Emoji_Modifier}","gv");n.lastIndex=t;let i=0;for(;n.test(e);)i++;return i}var Wt=new RegExp("\\u{200D}\\p{Extended_Pictographic}","v");function Dt(e){let t=e.search(_e);return t===-1?void 0:e.slice(t)}function Di(e){return e>=4352&&e<=4607||e>=43360&&e<=43388||e>=44032&&e<=55203||e>=55216&&e<=55238||e>=55243&&e<=55291}function Bi(e,t){let n=0;for(let i of e){if(i==="‍")break;_e.test(i)&&(n+=Z(i.codePointAt(0),t))}return n}function Tt(e,t){let n=e.codePointAt(0),i=n===69821||n===69837||n>=1536&&n<=2303?_i.exec(e):void 0;if(i){let s=e.slice(i[0].length),l=Tt(s,t),c=Dt(s);return l>=2&&(Z(c.codePointAt(0),t)===2||_t.test(c)||Wt.test(c))?l:[...i[0]].length+l}let r=Dt(e);if(r===void 0)return 0;if(Di(n))return Z(n,t)+Ee(e,1)*2;if(Wi.test(r))return 1;let o=_t.exec(r);if(o)return 2+Ee(r,o[0].length)*2;let a=Wt.exec(r);return a?2+Ee(r,a.index+a[0].length)*2:Bi(r,t)}function Ai(e,t){let n=0,i=e.search(Bt);i>1&&(n=i-1,e=e.slice(n));let r=e.length;for(;r>0;){let a=e.codePointAt(r-1);if(a<32||a>126)break;r--}if(r+1<e.length&&(n+=e.length-r-1,e=e.slice(0,r+1)),!new RegExp("[^\\u{20}-\\u{7E}\\u{4E00}-\\u{9FFF}\\u{AC00}-\\u{D7A3}]","v").test(e))return n+e.length+e.replaceAll(new RegExp("[\\u{20}-\\u{7E}]","gv"),"").length;e=e.toWellFormed(),e=e.replaceAll(new RegExp("(?<=[\\u{16D63}-\\u{16D6A}])[\\u{16D63}-\\u{16D6A}]+","gv"),"");let o={ambiguousAsWide:!t};for(let{segment:a}of Ei.segment(e)){if(a.length===1){_e.test(a)&&(n+=Z(a.codePointAt(0),o));continue}n+=Tt(a,o)}return n}function We(e,t={}){if(typeof e!="string"||e.length===0)return 0;let{ambiguousIsNarrow:n=!0,countAnsiEscapeCodes:i=!1}=t,r=e;return!i&&(r.includes("\x1B")||r.includes(""))&&(r=Pe(r)),Bt.test(r)?Ai(r,n):r.length}var Nt=4,Ut=/^[\x20-\x7e]*$/;function f(e){return Ut.test(e)?e.length:We(e)}function zt(e,t){let n=Math.max(8,t),i=[],r="",o=0;for(let a of e.split(" "))for(let[s,l]of Ti(a,n).entries()){let c=f(l);r!==""&&(s>0||o+1+c>n)?(i.push(r),r=l,o=c):(o+=c+(r===""?0:1),r=r===""?l:`${r} ${l}`)}return[...i,r]}function Ti(e,t){if(f(e)<=t)return[e];let n=[],i="",r=0;for(let o of De(e)){let a=f(o);r+a>t&&i!==""&&(n.push(i),i="",r=0),i+=o,r+=a}return[...n,i]}function I(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of De(e)){if(i+=f(r),i>t-1)break;n+=r}return`${n}…`}function Gt(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of De(e).reverse()){if(i+=f(r),i>t-1)break;n=r+n}return`…${n}`}function Q(e,t){let n="",i=t;for(let[r,o]of e.split("	").entries()){if(r>0){let s=Nt-i%Nt;n+=" ".repeat(s),i+=s}let a=Ue(o);n+=a,i+=f(a)}return n}function De(e){return Ut.test(e)?[...e]:[...new Intl.Segmenter("en",{granularity:"grapheme"}).segment(e)].map(({segment:t})=>t)}var qt={bold:"1",dim:"2",plain:"",critical:"1;31",high:"31",medium:"33",low:"34",unknown:"35",pass:"1;32",block:"1;31",incomplete:"1;33"};function Jt(e){return(t,n)=>e&&n!==""&&qt[t]!==""?`\x1B[${qt[t]}m${n}\x1B[0m`:n}var Ni=2e3,Ui=44,zi=36;function*Vt({inventory:e=[]},{paint:t,width:n}){let i=e.slice(0,Ni),r=Be(i.map(({type:s})=>s.length),12),o=Be(i.map(({name:s})=>s.length),Ui),a=Be(i.map(({version:s})=>s.length),zi);for(let s of i){let[l,c,u]=[s.type,s.name,s.version].map(h);yield`${`  ${Ae(l??"",r)}  ${Ae(c??"",o)}  ${Ae(u??"",a)}`}  ${t("dim",I(h(Gi(s)),Math.max(4,n-r-o-a-10)))}`.trimEnd()}e.length>i.length&&(yield`  and ${e.length-i.length} more`)}function Gi({path:e,type:t}){return t==="apk"||t==="deb"||t==="rpm"?"":e}function Be(e,t){return Math.min(t,e.reduce((n,i)=>Math.max(n,i),0))}function Ae(e,t){let n=I(e,t);return n+" ".repeat(Math.max(0,t-f(n)))}var R=600;function*b(e,t,n,i,r=o=>o){if(n!=="")for(let[o,a]of zt(n,i-f(t)).entries())yield`${o===0?e:t}${r(a)}`}var pe=2e3,Ht=3;function Kt(e,t,n,i,r){let o=t.startLine,a=e[o-1];if(a===void 0)return[];let s=Math.max(16,i-n-4),l=Math.min(t.endLine,e.length),c=[],u=(m,p)=>`${r("dim",`${m.padStart(n)} │`)} ${p}`.trimEnd();if(l<=o){let{text:m,start:p,end:k}=qi(a,t,s);return c.push(u(String(o),m)),k>p&&c.push(u("",`${" ".repeat(p)}${r("bold","^".repeat(k-p))}`)),c}for(let m=o;m<=Math.min(l,o+Ht-1);m++)c.push(u(String(m),I(Q((e[m-1]??"").slice(0,pe),0),s)));return l>=o+Ht&&c.push(u("…",r("dim",`to line ${l}`))),c}function qi(e,{startColumn:t,endColumn:n},i){let r=e.length-e.trimStart().length,o=Te((t??r+1)-1,0,e.length),a=Te((n??e.trimEnd().length+1)-1,o,e.length),s=Q(e.slice(Math.max(0,o-pe),o),0),l=f(s),c=Q(e.slice(o,Math.min(a,o+pe)),l),u=l+Math.max(1,f(c)),m=Q(e.slice(a,a+pe),l+f(c));if(l+f(c)+f(m)<=i)return{text:s+c+m,start:l,end:u};let p=Gt(s,Te(i-f(c)-8,8,Math.max(8,l))),k=I(c,i-f(p)),Yt=I(m,Math.max(1,i-f(p)-f(k)));return{text:f(p)+f(k)<i?p+k+Yt:p+k,start:f(p),end:f(p)+Math.max(1,f(k))}}var Te=(e,t,n)=>Math.min(Math.max(e,t),n);var Ji=12,B=" ".repeat(14);function*Zt({location:e,also:t,subject:n,findings:i},r,o){let{paint:a,width:s}=o;(r===void 0||ee(r,e)!==0)&&(yield*Vi(e,i,o)),yield*b("  ","  ",h($(n)).slice(0,R),s,l=>a("dim",l)),t.length>0&&(yield*b("  ","  ",`also ${E(t.map(l=>h(S(l))),5)}`,s,l=>a("dim",l))),yield*Ne(i,o)}function*Vi(e,t,{lines:n,paint:i,width:r}){let o=Math.max(4,String(e.endLine).length+2),s=t.some(l=>l.state==="new")?Kt(n(e.file),e,o,r,i):[];s.length>0?yield*s:yield i("dim",`  line ${e.startLine}`)}function*Ne(e,t){for(let n of H(e,t.context))yield*Hi(n,t)}function*Hi(e,t){let{context:n,paint:i,told:r,width:o}=t,[a]=e.findings,s=a.state==="new",l=s?a.severity:"dim",c=a.blocking?"✖":s?"•":"·",u=h(e.package===void 0?a.rule:D(e.package)).slice(0,R),m=h(w(Ki(e))).slice(0,R);if(yield*b(`  ${i(l,`${c} ${a.severity.padEnd(8)}`)}  `,B,m===""?u:`${u}: ${m}`,o,p=>p.startsWith(u)?i(s?"bold":"dim",u)+p.slice(u.length):p),!s){yield*b(B,B,Zi(a),o,p=>i("dim",p));return}if(e.package===void 0){let p=P(e,n);if(r.has(p)||(r.add(p),F(a,n).general&&(a.check==="manifest"||a.check==="dockerfile")))return;yield*b(B,B,h(p),o,k=>i("dim",k))}else{let p=e.findings.length===1?a.title:E(e.findings.map(Qt),Ji);yield*b(B,B,h(p).slice(0,R),o,k=>i("dim",k))}}function Ki({findings:e,package:t}){let[n]=e;return t===void 0?n.message===""?n.title:n.message:e.length===1?Qt(n):x(e)}function Qt(e){let t=U(e);return t===""?e.rule:`${e.rule} (${t})`}function Zi({state:e,waiver:t}){return e==="existing"?"already on the base":t===void 0?"waived":h(`waived until ${t.until} by ${t.owner}: ${t.reason}`).slice(0,R)}var Xt=function*(e,t){for(let n of Qi(e,t))yield`${ze(n)}
`};function*Qi(e,t){let n=Math.min(Math.max(t.width||80,40),160),i=Jt(t.colour),r={context:t,paint:i,width:n,lines:le(e,t),told:new Set};for(let{file:o,places:a}of ie(e.findings)){yield V(o,x(a.flatMap(s=>s.findings)),r),r.told.clear(),yield"";for(let[s,l]of a.entries())yield*Zt(l,a[s-1]?.location,r),yield""}for(let[o,a]of re(e.findings))yield V($(o),x(a),r),r.told.clear(),yield"",yield*Ne(a,r),yield"";if(e.gaps.length>0){yield V("not verified",g(e.gaps.length,"gap"),r),yield"";for(let o of e.gaps)yield*Xi(o,r);yield""}e.subjects.length>0&&(yield V("images","",r),yield"",yield*Yi(e,r),yield"");for(let o of e.subjects.filter(({inventory:a})=>a!==void 0&&a.length>0))yield V(`packages of ${o.reference}`,"",r),yield"",yield*Vt(o,r),yield"";yield V("verdict","",r),yield"";for(let o of[...G(e),q(e),...e.notes??[]].map(h))yield*b("  ","  ",o,n,a=>i("dim",a));yield"",yield*er(e,i,n)}function V(e,t,{paint:n,width:i}){let r=h(e),o=f(r)+f(t)+4>i?"":t,a=I(r,i-4),s="─".repeat(Math.max(2,i-f(a)-f(o)-(o===""?1:2)));return`${n("bold",a)} ${n("dim",s)}${o===""?"":` ${o}`}`}function*Xi({subject:e,message:t,locations:n},{paint:i,width:r}){yield*b(`  ${i("incomplete","?")} `,"    ",h($(e)).slice(0,R),r),yield*b("    ","    ",h(w(t)).slice(0,R),r),n.length>0&&(yield*b("    ","    ",E(n.map(S).map(h),5),r,o=>i("dim",o)))}function*Yi({findings:e,subjects:t},{paint:n,width:i}){let r={verified:"pass",unsigned:"high",untrusted:"high",invalid:"critical",unchecked:"dim"};for(let o of t){let a=[o.digest===void 0?"no digest":L(o.digest),o.platform??"",o.packages===void 0?"":g(o.packages,"package")].filter(l=>l!=="");yield*b(`  ${n(r[o.signature],o.signature.padEnd(9))}  `," ".repeat(13),h(o.reference),i),yield*b(" ".repeat(13)," ".repeat(13),h(a.join(" · ")),i,l=>n("dim",l)),o.signatureMessage!==void 0&&(yield*b(" ".repeat(13)," ".repeat(13),h(w(o.signatureMessage)).slice(0,R),i));let s=z(o,e);s!==void 0&&(yield*b(" ".repeat(13)," ".repeat(13),h(s).slice(0,R),i))}}function*er({verdict:e,reasons:t},n,i){yield`  ${n(e,`${N[e]} ${_[e]}`)}`;for(let r of t)yield*b("    ","    ",h(w(r)).slice(0,R),i)}var ea={html:ot,json:ae,markdown:pt,openvex:yt,sarif:kt,text:Xt};export{T as a,g as b,E as c,x as d,L as e,w as f,$ as g,U as h,H as i,hr as j,D as k,F as l,P as m,se as n,Qn as o,ei as p,ae as q,me as r,kt as s,ea as t};
