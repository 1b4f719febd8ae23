import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as k}from"./chunk-REHCOHO6.js";import{createHash as Ln}from"node:crypto";var ce=/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,Ht=e=>e.replace(/\s+/gu," ").trim(),ue=e=>e==="️"?e:`\\u{${(e.codePointAt(0)??0).toString(16)}}`;function h(e){return Ht(e).replace(ce,ue)}function Be(e){return e.replace(ce,ue)}function De(e){return e.replace(/^((?:\s|\x1b\[[0-9;]*m)*):(?=:)/u,"$1: ").replaceAll("##[","## [").replaceAll("##vso[","##vso [")}function X(e){return e.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]|##(?=\[|vso\[)/gu,t=>t.split("").map(n=>`\\u${n.charCodeAt(0).toString(16).padStart(4,"0")}`).join(""))}function Ue(e){return e.replace(ce,t=>t===`
`||t==="	"?t:ue(t)).replace(/[&<>"'`]/g,t=>`&#${t.charCodeAt(0)};`)}function b(e){return h(e).split(/(`[^`]+`)/).map((t,n)=>n%2===1&&Vt(t)?R(t.slice(1,-1)):Zt(t).replaceAll("`","\\`")).join("")}var Vt=e=>e.slice(1,-1).trim()!==""&&!e.includes("|");function Zt(e){return e.replace(Qt,t=>t==="&"?"&amp;":t==="<"?"&lt;":t===">"?"&gt;":/^[\\*_[\]|~$]$/.test(t)?`\\${t}`:/^[-+=]$/.test(t)?`\\${t}`:t+Kt)}var Kt="&#8203;",Qt=/[\\*_[\]|~$&<>@#]|^[-+=]|^\d+(?=[.)])|\bGH(?=-\d)|(?:mailto|xmpp):|www(?=\.)|:(?=\/\/|[:\w+-]+:)|^:(?=:)/gi;function R(e){let t=h(e);if(t==="")return"` `";let n="`".repeat(Ne(t,"`")+1),i=t.startsWith("`")||t.endsWith("`")?" ":"";return`${n}${i}${t}${i}${n}`}function O(e){return R(e).replace(/\\(?=\|)/g,"\\​").replaceAll("|","\\|")}function Hi(e,t){let n="`".repeat(Math.max(3,Ne(t,"`")+1));return`${n}${e}
${t}
${n}`}function Y(e){if(!URL.canParse(e))return;let t=new URL(e);if(!(t.protocol!=="https:"||t.username!==""||t.password!==""))return t.href.replace(/[()<>[\]\\`|*_~@]/g,n=>`%${n.charCodeAt(0).toString(16).toUpperCase().padStart(2,"0")}`)}function Ne(e,t){let n=0,i=0;for(let r of e)i=r===t?i+1:0,n=Math.max(n,i);return n}function d(e,...t){return{html:e.map((n,i)=>n+ze(t[i])).join("")}}function ze(e){return e===void 0?"":typeof e=="string"?Ue(e):typeof e=="number"?e.toLocaleString("en-US"):"html"in e?e.html:e.map(ze).join("")}function me(e){return d`${e.split(/(`[^`]+`)/).map((t,n)=>n%2===1?d`<code>${t.slice(1,-1)}</code>`:t)}`}function M(e,t){if(e===void 0||!URL.canParse(e))return d`${t}`;let n=new URL(e);return n.protocol!=="https:"||n.username!==""||n.password!==""?d`${t}`:d`<a href="${n.href}" rel="noreferrer noopener">${t}</a>`}function P(e,t){return Number(t.blocking)-Number(e.blocking)||Ge[e.state]-Ge[t.state]||k.indexOf(e.severity)-k.indexOf(t.severity)||(t.score??-1)-(e.score??-1)||x(e.rule,t.rule)||x(e.subject,t.subject)||x(e.fingerprint,t.fingerprint)}var Ge={new:0,existing:1,waived:2};function x(e,t){return e<t?-1:e>t?1:0}function ee(e,t){return x(e.file,t.file)||e.startLine-t.startLine||(e.startColumn??0)-(t.startColumn??0)||e.endLine-t.endLine||(e.endColumn??0)-(t.endColumn??0)}function g(e,t,n=`${t}s`){return`${e.toLocaleString("en-US")} ${e===1?t:n}`}function W(e,t){let n=e.length-t;return n>0?`${e.slice(0,t).join(", ")} and ${n.toLocaleString("en-US")} more`:e.join(", ")}function $(e){return k.map(t=>({severity:t,number:e.filter(n=>n.severity===t).length})).filter(({number:t})=>t>0).map(({severity:t,number:n})=>`${n.toLocaleString("en-US")} ${t}`).join(", ")}function L(e){return e.replace(/^(sha(?:256|512):[0-9a-f]{12})[0-9a-f]+$/,"$1")}function w(e){let t=e.lastIndexOf("@");return t<0?e:`${e.slice(0,t)}@${L(e.slice(t+1))}`}var _={pass:"passed",block:"blocked",incomplete:"incomplete"},D={pass:"✔",block:"✖",incomplete:"?"},T={vulnerability:"Vulnerabilities",malware:"Malware",secret:"Secrets","image-config":"Image configuration",signature:"Signatures",attestation:"Attestations",manifest:"Manifests",dockerfile:"Dockerfiles",policy:"Policy"},te=Object.keys(T);var Xt={new:"new",existing:"on the base",waived:"waived"},Yt=new Set(["vulnerability","malware","secret","image-config","signature","attestation"]);function He(e){let t=k.filter(a=>e.some(l=>l.severity===a)),n=te.filter(a=>e.some(l=>l.check===a)),i=["new","existing","waived"].filter(a=>e.some(l=>l.state===a)),r=[...new Set(e.filter(a=>Yt.has(a.check)&&a.subject.includes("@")).map(a=>a.subject))].sort(x),o=[d`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,d`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,fe("Check","check",[d`<option value="">all</option>`,...n.map(a=>ne(a,T[a]))]),...r.length===0?[]:[fe("Image","subject",[d`<option value="">all</option>`,...r.map(a=>ne(a,w(a)))])],fe("Sort by","sort",[ne("order","importance"),...["path","rule","subject"].map(a=>ne(a,a))])],s=[qe("Severity",t.map(a=>Je("severity",a,d`<span class="severity ${a}">${a}</span>`,e))),...i.length<2?[]:[qe("State",i.map(a=>Je("state",a,d`${Xt[a]}`,e)))]];return d`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${o}</div>
<div class="row">${s}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`}var ne=(e,t)=>d`<option value="${e}">${t}</option>`,fe=(e,t,n)=>d`<label>${e} <select name="${t}">${n}</select></label>`,qe=(e,t)=>d`<fieldset><legend>${e}</legend>${t}</fieldset>`;function Je(e,t,n,i){let r=i.filter(o=>o[e]===t).length;return d`<label class="box"><input type="checkbox" name="${e}" value="${t}" checked> ${n} <small>${r}</small></label>`}function I(e,t){let n=new Map;for(let i of e.toSorted(P)){let r=en(i),o=n.get(r);o===void 0?n.set(r,[i]):o.push(i)}return[...n.values()].map(i=>{let r=i[0].check==="vulnerability"?i[0].package:void 0;return r===void 0?{findings:i}:{findings:i,package:{name:r.name,version:r.version,...tn(i,r.purl,t)}}})}function en(e){return e.check!=="vulnerability"||e.package===void 0?JSON.stringify([e.fingerprint,e.rule,e.subject]):JSON.stringify([e.subject,e.package.name,e.package.version,e.package.purl,e.state])}function tn(e,t,n){let i=e.map(s=>s.package?.fixed).filter(s=>s!==void 0),r=[...new Set(i)],o=r.length>1?n.newest?.(t,r):void 0;return{fixed:o===void 0?r:[o],unfixed:e.length-i.length}}function U({name:e,version:t,fixed:n}){if(n.length===0)return`${e} ${t}, no fix`;let i=n.length>3?`, … (${n.length})`:"";return`${e} ${t} → ${n.slice(0,3).join(", ")}${i}`}function F(e,t){let n=t.rules?.get(e.rule),i=nn[e.check];return{why:n?.why??i.why,fix:n?.fix??i.fix,references:[...new Set([...n?.references??[],...e.references??[]])],general:n===void 0}}function A(e,t){let[n]=e.findings;if(e.package===void 0)return F(n,t).fix;let{name:i,fixed:r,unfixed:o}=e.package;if(r.length===0)return`No fixed version of ${i} is known. Leave it out of the image, or waive it with a date.`;let s=r.length===1?`Update ${i} to ${r[0]}`:`Update ${i} to the newest of ${r.join(", ")}`;return o===0?`${s}.`:`${s}; for ${o} of ${e.findings.length} no fix is known.`}var nn={vulnerability:{why:"The image holds a version of this package that is known to be vulnerable: who reaches the program can use what is published about it.",fix:"Update the package to a fixed version, or build on a newer base image."},malware:{why:"The image holds a file that is known to be malicious: it would run with all that its container may do.",fix:"Do not run this image. Find out which layer brought the file, and build again from a source that you trust."},secret:{why:"Whoever can read this place has the secret, and the history keeps it after it was removed.",fix:"Revoke the secret first, then take it out and read it from a secret store when the program runs."},"image-config":{why:"The configuration of the image decides with which rights and settings its program starts.",fix:"Change the Dockerfile instruction that sets it, and build the image again."},signature:{why:"Without a signature that the policy trusts, nobody vouches that this digest is what was built.",fix:"Sign the digest in the pipeline that builds it, or add its signer to the policy on the base branch."},attestation:{why:"The policy asks for proof of how this image was built, and the proof is missing or says something else.",fix:"Attach the attestation in the pipeline that builds the image."},manifest:{why:"The object asks for more than it needs, and who takes the program has all of it.",fix:"Take away what the program does not need."},dockerfile:{why:"What the Dockerfile does is in every image that is built from it.",fix:"Change the instruction."},policy:{why:"The policy on the base branch denies this.",fix:"Follow the policy, or change it on the base branch first."}};var Ve=3,rn=12,pe=400;function Ze(e,t){if(e[t.startLine-1]===void 0)return;let n=Math.min(t.endLine,t.startLine+rn-1),i=Math.max(1,t.startLine-Ve),r=e.at(-1)===""?e.length-1:e.length,o=Math.max(n,Math.min(r,n+Ve)),s=[];for(let a=i;a<=o;a++){let l=a>=t.startLine&&a<=t.endLine,c=e[a-1]??"";s.push(d`<tr${l?on:void 0}><th>${String(a)}</th><td>${l?sn(c,a,t):ge(c)}\n</td></tr>`)}return d`<div class="code" tabindex="0" role="region" aria-label="${`${t.file}, lines ${i} to ${o}`}"><table>${s}</table></div>`}var on=d` class="hit"`;function sn(e,t,{endColumn:n,endLine:i,startColumn:r,startLine:o}){let s=e.length-e.trimStart().length,a=t===o&&r!==void 0?r-1:s,l=t===i&&n!==void 0?n-1:e.trimEnd().length,c=Math.min(Math.max(0,a),e.length),u=Math.min(Math.max(c,l),e.length),m=e.slice(0,c),p=m.length>pe?`…${m.slice(-80)}`:m;return d`${p}<mark>${ge(e.slice(c,u))}</mark>${ge(e.slice(u))}`}function ge(e){return e.length>pe?`${e.slice(0,pe)}…`:e}function N(e){let t=new Map;for(let i of e){let[r,...o]=i.locations;if(r===void 0)continue;let s=JSON.stringify([r,o,i.subject].flat()),a=t.get(s);a===void 0?t.set(s,{location:r,also:o,subject:i.subject,findings:[i]}):a.findings.push(i)}let n=[...t.values()].sort((i,r)=>ee(i.location,r.location)||x(i.subject,r.subject));return[...Map.groupBy(n,i=>i.location.file)].map(([i,r])=>({file:i,places:r}))}function z(e){let t=e.filter(n=>n.locations.length===0);return Map.groupBy(t.sort((n,i)=>x(n.subject,i.subject)),n=>n.subject)}function v(e){return`${e.file}:${e.startLine}`}var ie=3e3,an=10,Ke=3,ln=8;function Qe(e,t){let n=N(e).flatMap(({places:r})=>r.flatMap(({also:o,findings:s,location:a})=>I(s,t).map(l=>({group:l,locations:[a,...o]})))),i=[...z(e).values()].flatMap(r=>I(r,t).map(o=>({group:o,locations:[]})));return[...n,...i].sort((r,o)=>P(r.group.findings[0],o.group.findings[0]))}function Xe({group:e,locations:t},n,i){let[r]=e.findings,o=k.filter(a=>e.findings.some(l=>l.severity===a)),s=[...new Set(t.map(a=>a.file))];return d`
<div class="finding" role="listitem" data-severity="${o.join(" ")}" data-check="${r.check}" data-state="${r.state}" data-subject="${r.subject}" data-files="${s.map(a=>encodeURIComponent(a.toWellFormed())).join(" ")}" data-rule="${r.rule}" data-order="${String(n)}" data-count="${String(e.findings.length)}">
<details id="${`finding-${encodeURIComponent(r.fingerprint.toWellFormed())}`}"${r.blocking&&n<an?d` open`:void 0}>
<summary><span class="severity ${r.severity}">${r.severity}</span> <span class="what">${dn(e)}</span> <span class="where">${un(t,r)}</span></summary>
<div class="body">
${e.package===void 0?mn(e,i):fn(e,i)}
${gn(t,i)}
</div>
</details>
</div>`}function dn(e){let[t]=e.findings,n=[t.blocking?d` <span class="flag blocks">blocks</span>`:void 0,t.state==="new"?void 0:d` <span class="flag">${cn(t)}</span>`];if(e.package===void 0)return d`<code>${t.rule}</code> ${t.message||t.title}${n}`;let i=e.findings.length===1?t.rule:$(e.findings);return d`<code>${U(e.package)}</code> ${i}${n}`}function cn({state:e,waiver:t}){return e==="existing"?"on the base":t===void 0?"waived":`waived until ${t.until}`}function un(e,{subject:t}){let[n,...i]=e;return n===void 0?d`${w(t)}`:d`${v(n)}${i.length===0?void 0:` +${i.length}`}`}function mn(e,t){let[n]=e.findings,{general:i,references:r,why:o}=F(n,t),s=r.slice(0,ln).map(a=>d`<li>${M(a,a)}</li>`);return d`<dl>
<dt>Subject</dt><dd><code>${n.subject}</code></dd>
<dt>Check</dt><dd>${T[n.check]}</dd>
<dt>Why</dt><dd>${i?o:me(o)}</dd>
<dt>Fix</dt><dd>${i?A(e,t):me(A(e,t))}</dd>
${Ye(n)}${s.length===0?void 0:d`<dt>More</dt><dd><ul class="links">${s}</ul></dd>`}
</dl>
${n.suggestion===void 0?void 0:d`<p class="label">Suggested for ${hn(n.suggestion)}</p><pre class="suggestion">${n.suggestion.replacement}</pre>`}`}function fn(e,t){let[n]=e.findings,i=n.package;return d`<dl>
<dt>Image</dt><dd><code>${n.subject}</code></dd>
${i?.layer===void 0?void 0:d`<dt>Layer</dt><dd><code>${L(i.layer)}</code></dd>`}
${i?.path===void 0?void 0:d`<dt>File</dt><dd><code>${i.path}</code></dd>`}
<dt>Fix</dt><dd>${A(e,t)}</dd>
${Ye(n)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${i?.name??"the package"}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th class="number">Score</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${e.findings.map(pn)}</tbody></table></div>`}function pn({aliases:e,package:t,references:n,rule:i,score:r,severity:o,title:s}){let a=(e??[]).filter(c=>c!==i).slice(0,4),l=n?.find(c=>URL.canParse(c)&&c.startsWith("https:"));return d`<tr><td>${i}${a.length===0?void 0:d` <small>${a.join(", ")}</small>`}</td><td><span class="severity ${o}">${o}</span></td><td class="number">${r?.toFixed(1)}</td><td>${t?.fixed??"no fix"}</td><td>${s}${l===void 0?void 0:d` <small>${M(l,new URL(l).host)}</small>`}</td></tr>`}function Ye({waiver:e}){if(e!==void 0)return d`<dt>Waived</dt><dd>until ${e.until} by ${e.owner}: ${e.reason}</dd>`}function gn(e,t){let n=e.slice(0,Ke).map(r=>d`<p class="label">${M(t.link?.(r),v(r))}</p>${Ze(t.lines(r.file),r)}`),i=e.slice(Ke).map(r=>d`<li>${M(t.link?.(r),v(r))}</li>`);return d`${n}${i.length===0?void 0:d`<details class="more"><summary>${i.length} more places</summary><ul>${i}</ul></details>`}`}function hn({endLine:e,startLine:t}){return e>t?`lines ${t} to ${e}`:`line ${t}`}var yn=20,bn=2e3;function et(e,t,n){let i=t.filter(s=>xn(s,e)),r=e.locations.slice(0,yn).map(s=>d`<li>${M(n.link?.(s),v(s))}</li>`),o=e.locations.length-r.length;return d`
<div class="image" role="listitem"><details>
<summary><span class="signature ${e.signature}">${e.signature}</span> <span class="what"><code>${e.reference}</code></span> <span class="where">${$(i)||"no findings"}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${e.digest??"not resolved"}</code></dd>
${e.platform===void 0?void 0:d`<dt>Platform</dt><dd>${e.platform}</dd>`}
<dt>Packages</dt><dd>${e.packages??"not read"}</dd>
${r.length===0?void 0:d`<dt>Used at</dt><dd><ul class="links">${r}${o>0?d`<li>${o} more</li>`:void 0}</ul></dd>`}
</dl>
${wn(e,i)}
</div></details></div>`}function xn(e,{digest:t,reference:n}){return e.subject===n||t!==void 0&&e.subject===`${n}@${t}`||t!==void 0&&e.subject.endsWith(`@${t}`)}function wn(e,t){let n=e.inventory===void 0?vn(t):e.inventory.map($n);if(n.length===0)return d``;let i=Map.groupBy(t.filter(o=>o.package!==void 0),({package:o})=>JSON.stringify([o?.name,o?.version])),r=bn;return d`${[...Map.groupBy(n,o=>o.layer)].map(([o,s])=>{let a=s.toSorted((u,m)=>x(u.name,m.name)||x(u.version,m.version)).slice(0,r);r-=a.length;let l=o===""?"layer not known":L(o),c=e.inventory===void 0?`${g(s.length,"package")} with findings`:g(s.length,"package");return d`<details class="layer"${n.length<=30?d` open`:void 0}><summary><code>${l}</code> ${c}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${l}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${a.map(u=>d`<tr><td>${u.name}</td><td>${u.version}</td><td>${u.type}</td><td>${$(i.get(JSON.stringify([u.name,u.version]))??[])}</td><td>${u.path}</td></tr>`)}</tbody></table></div>${a.length<s.length?d`<p>${s.length-a.length} more in the page’s data.</p>`:void 0}</details>`})}`}function $n({layer:e,name:t,path:n,type:i,version:r}){return{name:t,version:r,layer:e,path:n,type:i}}function vn(e){let t=new Map;for(let{package:n}of e){if(n===void 0)continue;let{layer:i="",name:r,path:o="",purl:s,version:a}=n;t.set(JSON.stringify([r,a,i,o]),{name:r,version:a,layer:i,path:o,type:/^pkg:([a-z0-9.+-]+)\//i.exec(s)?.[1]??""})}return[...t.values()]}var he=`(() => {
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
`;var ye=`
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
.number { text-align: right !important; font-variant-numeric: tabular-nums; }
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
`;var re=function*(e){let t=JSON.stringify(be(e,"report"),null,2);yield`${X(t)}
`},kn=["file","startLine","endLine","startColumn","endColumn"],Sn=new Map(Object.entries({report:["schema","verdict","reasons","summary","subjects","findings","gaps","coverage","policy"],summary:["critical","high","medium","low","unknown","blocking","existing","waived","gaps"],subjects:["kind","reference","digest","platform","signature","packages","locations","inventory"],inventory:["name","version","purl","type","layer","path","source"],findings:["rule","check","severity","score","title","message","subject","package","aliases","references","locations","suggestion","state","blocking","fingerprint","waiver"],package:["name","version","purl","fixed","layer","path"],suggestion:["startLine","endLine","replacement"],waiver:["reason","owner","until"],locations:kn,gaps:["subject","message","locations"],coverage:["files","objects","dockerfiles","images","skippedFiles"],files:["judged","skipped"],images:["judged","failed"],skippedFiles:["file","reason"],policy:["files","revision","failOn"]})),Cn=new Set(["aliases","references"]),Rn=new Set(["anchor"]);function be(e,t){if(Array.isArray(e))return e.map(s=>be(s,t));if(typeof e!="object"||e===null)return e;let n=new Map(Object.entries(e)),i=Sn.get(t)??[],r=[...n.keys()].filter(s=>!i.includes(s)&&!Rn.has(s)).sort(),o=Object.create(null);for(let s of[...i,...r]){let a=n.get(s);a===void 0||Cn.has(s)&&Array.isArray(a)&&a.length===0||(o[s]=be(a,s))}return o}function oe(e,t){let n=Map.groupBy(e.findings.filter(r=>r.check==="secret").flatMap(r=>r.locations),r=>r.file),i=new Map;return r=>{let o=n.get(r);if(o===void 0)return t.lines(r);let s=i.get(r);if(s!==void 0)return s;let a=Mn(t.lines(r),o);return i.set(r,a),a}}function Mn(e,t){let n=[...e];for(let{startLine:i,endLine:r,startColumn:o,endColumn:s}of t)for(let a=Math.max(1,i);a<=Math.min(r,n.length);a++){let l=n[a-1]??"",c=i===r&&o!==void 0&&s!==void 0&&s>o,u=c?o-1:l.length-l.trimStart().length,m=c?Math.min(s-1,l.length):l.length;m>u&&(n[a-1]=l.slice(0,u)+"•".repeat(m-u)+l.slice(m))}return n}function G({coverage:e,summary:t}){let{files:n,images:i}=e,r=n.skipped>0?` (${n.skipped.toLocaleString("en-US")} skipped)`:"",o=i.failed>0?`, ${i.failed.toLocaleString("en-US")} not readable`:"",s=[`${t.critical} critical, ${t.high} high, ${t.medium} medium, ${t.low} low`,...t.unknown>0?[`${t.unknown} unrated`]:[]].join(", "),a=[`${t.blocking} blocking`,...t.existing>0?[`${t.existing} already on the base`]:[],...t.waived>0?[`${t.waived} waived`]:[]].join(", ");return[`judged ${g(n.judged,"file")}${r}, ${g(e.objects,"object")}, ${g(e.dockerfiles,"Dockerfile")}, ${g(i.judged,"image")}${o}`,`found ${s}; ${a}`]}function q(e){let{policy:t}=e;if(t===void 0)return"";let n=t.files.length===0?"no policy file, the default is in force":`policy ${W(t.files,3)}`,i=t.revision===void 0?"":` at ${t.revision.slice(0,12)}`;return`${n}${i}: ${t.failOn==="never"?"nothing blocks by its severity":`blocks from ${t.failOn}`}`}var xe=1e3,we=1e3,Fn=500,jn=5,nt=function*(e,t){let n={...t,lines:oe(e,t)},i=Qe(e.findings,n);if(yield In(e),yield An(e).html,yield"<main>",e.gaps.length>0&&(yield En(e.gaps,n).html),yield d`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${e.findings.length}</small></h2>`.html,i.length===0)yield"<p>None.</p>";else{yield He(e.findings).html,yield'<div class="list" id="findings" role="list">';for(let[r,o]of i.slice(0,ie).entries())yield Xe(o,r,n).html;yield`
</div>`,i.length>ie&&(yield d`<p>${i.length-ie} more, the least important, are in the page’s data.</p>`.html)}if(yield"</section>",e.subjects.length>0){yield d`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${e.subjects.length}</small></h2><div class="list" role="list">`.html;for(let r of e.subjects.slice(0,xe))yield et(r,e.findings,n).html;yield`
</div>`,e.subjects.length>xe&&(yield d`<p>${e.subjects.length-xe} more are in the page’s data.</p>`.html),yield"</section>"}yield"</main>",yield On(e,t).html,yield`<script type="application/json" id="report">${Pn(e,t)}</script>
<script>${he}</script>
</body>
</html>
`};function Pn(e,t){return[...re(e,t)].join("").replaceAll("<","\\u003c")}function In({verdict:e}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; script-src ${tt(he)}; style-src ${tt(ye)}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${_[e]} · Portcullis report</title>
<style>${ye}</style>
</head>
<body>
`}var tt=e=>`'sha256-${Ln("sha256").update(e).digest("base64")}'`;function An({reasons:e,summary:t,verdict:n}){let i=["critical","high","medium","low"].map(o=>d`<li class="${o}"><b>${t[o]}</b> ${o}</li>`),r=[...t.unknown>0?[d`<li><b>${t.unknown}</b> unrated</li>`]:[],d`<li><b>${t.blocking}</b> blocking</li>`,...t.existing>0?[d`<li><b>${t.existing}</b> on the base</li>`]:[],...t.waived>0?[d`<li><b>${t.waived}</b> waived</li>`]:[],...t.gaps>0?[d`<li><b>${t.gaps}</b> not verified</li>`]:[]];return d`<header class="top"><div class="verdict ${n}"><h1>${D[n]} ${_[n]} <small>Portcullis</small></h1><ul>${e.map(o=>d`<li>${o}</li>`)}</ul></div>
<ul class="counts">${i}${r}</ul></header>\n`}function En(e,t){let n=e.slice(0,we).map(({locations:i,message:r,subject:o})=>{let s=i.slice(0,jn).map(l=>d` <span class="where">${M(t.link?.(l),v(l))}</span>`),a=i.length-s.length;return d`<div class="gap" role="listitem"><code>${o}</code> <span>${r}</span>${s}${a>0?d` <span class="where">+${a}</span>`:void 0}</div>`});return d`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${e.length}</small></h2>
<div class="list" role="list">${n}</div>
${e.length>we?d`<p>${e.length-we} more are in the page’s data.</p>`:void 0}</section>`}function On(e,{version:t}){let n=e.coverage.skippedFiles??[],i=n.slice(0,Fn).map(({file:o,reason:s})=>d`<li><code>${o}</code>: ${s}</li>`),r=n.length-i.length;return d`<footer>${[...G(e),q(e)].filter(o=>o!=="").map(o=>d`<div>${o}</div>`)}
${i.length===0?void 0:d`<details><summary>${g(n.length,"skipped file")}</summary><ul>${i}${r>0?d`<li>${r} more</li>`:void 0}</ul></details>`}
<p>Portcullis ${t} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`}var $e=8,ve=4,Wn=400,J=200;function it(e,t){let n=e.filter(o=>o.blocking),i=e.filter(o=>!o.blocking&&o.state==="new"),r=e.filter(o=>!o.blocking&&o.state==="existing");return[{title:"What blocks",collapsed:!1,lead:"",entries:ke(n,t)},{title:`${g(i.length,"new finding")} that ${i.length===1?"does":"do"} not block`,collapsed:!0,lead:"",entries:ke(i,t)},{title:`${g(r.length,"finding")} already on the base`,collapsed:!0,lead:"",entries:ke(r,t)}]}function ke(e,t){let n=N(e).flatMap(({places:r})=>r.flatMap(o=>I(o.findings,t).map(s=>({group:s,heading:_n(o,t)})))),i=[...z(e)].flatMap(([r,o])=>I(o,t).map(s=>({group:s,heading:R(w(r).slice(0,J))})));return[...n,...i].sort((r,o)=>P(r.group.findings[0],o.group.findings[0])).map(({group:r,heading:o})=>({heading:o,text:Tn(r,t)}))}function _n({also:e,location:t,subject:n},i){let r=n===t.file?"":` · ${R(w(n).slice(0,J))}`,o=e.slice(0,ve).map(a=>se(a,i)),s=e.length>ve?` and ${g(e.length-ve,"more place")}`:"";return`${se(t,i)}${r}${o.length===0?"":` · also ${o.join(", ")}${s}`}`}function Tn(e,t){let[n]=e.findings;if(e.package!==void 0)return`- **${n.severity}** ${Bn(e)}`;let i=F(n,t).general?"":`<br>${b(A(e,t))}`;return`- **${n.severity}** ${R(n.rule.slice(0,J))}: ${b((n.message||n.title).slice(0,Wn))}${i}`}function Bn(e){let t=e.package===void 0?"":R(U(e.package).slice(0,J)),n=e.findings.slice(0,$e).map(({rule:o,score:s})=>`${R(o.slice(0,J))}${s===void 0?"":` (${s.toFixed(1)})`}`),i=e.findings.length>$e?` and ${(e.findings.length-$e).toLocaleString("en-US")} more`:"",r=e.findings.length===1?"":`${$(e.findings)}: `;return`${t}: ${r}${n.join(", ")}${i}`}function se(e,t,n=R){return`${n(e.file.slice(0,J))} ${Dn(e,t)}`}function Dn(e,t){let n=e.endLine>e.startLine?`lines ${e.startLine}–${e.endLine}`:`line ${e.startLine}`,i=Y(t.link?.(e)??"");return i===void 0?n:`[${n}](${i})`}function rt(e,t){let n=t,i=e.map(r=>ae(r,r.entries).length+2);return e.map((r,o)=>{let s=i.slice(o+1).reduce((l,c)=>l+Math.min(c,t*.08),0),a=Un(r,Math.floor(n-s));return n-=a.length+2,a})}function Un(e,t){if(e.entries.length===0)return"";let n=ae(e,e.entries);if(n.length<=t)return n;let i=ae(e,[]).length+80,r=new Set,o=e.entries.filter(a=>{let l=r.has(a.heading)?0:a.heading.length+e.lead.length+6;return i+l+a.text.length+1>t?!1:(i+=l+a.text.length+1,r.add(a.heading),!0)}),s=ae(e,o);return s.length<=t?s:""}function ae({collapsed:e,entries:t,lead:n,title:i},r){if(t.length===0)return"";let o=[...Map.groupBy(r,l=>l.heading)].map(([l,c])=>{let u=[...n===""?[]:[n],...c.map(m=>m.text)].join(`
`);return l===""?u:`${l}

${u}`}),s=t.length-r.length;s>0&&o.push(`_${s.toLocaleString("en-US")} more left out for length._`);let a=o.join(`

`);return e?`<details>
<summary>${i}</summary>

${a}

</details>`:`### ${i}

${a}`}var E=300,Nn=3,zn=14;function ot(e,t){return{title:"Not verified",collapsed:!1,lead:`| what | why | where |
| :-- | :-- | :-- |`,entries:e.map(({locations:n,message:i,subject:r})=>({heading:"",text:Se(O(w(r).slice(0,E)),b(i.slice(0,E)),lt(n,t))}))}}function st(e,t){return{title:"Images",collapsed:!1,lead:`| image | digest | signature | packages | used at |
| :-- | :-- | :-- | --: | :-- |`,entries:e.map(({digest:n,locations:i,packages:r,platform:o,reference:s,signature:a})=>({heading:"",text:Se(`${O(s.slice(0,E))}${o===void 0?"":` ${b(o.slice(0,60))}`}`,n===void 0?"?":O(L(n).slice(0,E)),`${Gn[a]} ${a}`,r===void 0?"?":r.toLocaleString("en-US"),lt(i,t))}))}}var Gn={verified:"✔",unsigned:"✖",untrusted:"✖",invalid:"✖",unchecked:"?"};function at(e,t){let n=e.filter(i=>i.state==="waived").sort((i,r)=>x(i.waiver?.until??"9",r.waiver?.until??"9"));return{title:`${g(n.length,"waived finding")}`,collapsed:!0,lead:`| finding | subject | until | owner | reason |
| :-- | :-- | :-- | :-- | :-- |`,entries:n.map(({rule:i,severity:r,subject:o,waiver:s})=>({heading:"",text:Se(`${r} ${O(i.slice(0,E))}`,O(w(o).slice(0,E)),s===void 0?"?":qn(s.until,t.today),s===void 0?"":b(s.owner.slice(0,E)),s===void 0?"":b(s.reason.slice(0,E)))}))}}function qn(e,t){let n=t===void 0?Number.NaN:Math.round((Date.parse(e)-Date.parse(t))/864e5),i=b(e.slice(0,20));return n>=0&&n<=zn?`**${i}**, in ${g(n,"day")}`:i}function lt(e,t){let n=e.slice(0,Nn).map(r=>se(r,t,O)),i=e.length-n.length;return[...n,...i>0?[`${i.toLocaleString("en-US")} more`]:[]].join("<br>")}var Se=(...e)=>`| ${e.join(" | ")} |`;var Jn=65536,Hn=20,Vn=300,ct=function*(e,t){yield Zn(e,t,Jn)};function Zn(e,t,n){let i=[`## ${D[e.verdict]} Portcullis: ${_[e.verdict]}`,Kn(e),Qn(e.findings)],r=[...G(e),q(e)].filter(m=>m!=="").map(m=>`<sub>${b(m)}</sub>`),o=[...i,r.join(`<br>
`)].filter(m=>m!=="").join(`

`),[s,a,l]=it(e.findings,t),c=[s,ot(e.gaps,t),st(e.subjects,t),a,at(e.findings,t),l],u=rt(c,Math.max(n,4096)-o.length-16);return`${[...i,...u,r.join(`<br>
`)].filter(m=>m!=="").join(`

`)}
`}function Kn({reasons:e}){let t=e.slice(0,Hn).map(i=>`- ${b(i.slice(0,Vn))}`),n=e.length-t.length;return[...t,...n>0?[`- ${g(n,"more reason")}`]:[]].join(`
`)}function Qn(e){return e.length===0?"":["| | critical | high | medium | low | unrated | on the base | waived |","| :-- | --: | --: | --: | --: | --: | --: | --: |",...te.map(n=>({check:n,all:e.filter(i=>i.check===n)})).filter(({all:n})=>n.length>0).map(({check:n,all:i})=>{let r=i.filter(a=>a.state==="new"),o=k.map(a=>dt(r.filter(l=>l.severity===a).length)),s=["existing","waived"].map(a=>dt(i.filter(l=>l.state===a).length));return`| ${[T[n],...o,...s].join(" | ")} |`})].join(`
`)}var dt=e=>e===0?"·":e.toLocaleString("en-US");import{gzipSync as ii}from"node:zlib";var Xn=255,ut=1024,Yn=10;function ft(e,t){let n=Map.groupBy(e,i=>i.rule);return new Map([...n].map(([i,r],o)=>[i,{index:o,descriptor:ei(i,r,t)}]))}function ei(e,t,n){let[i]=t;if(i===void 0)return{};let{fix:r,references:o,why:s}=F(i,n),a=n.rules?.get(e)?.title??(i.title||e),l=o.map(Y).filter(u=>u!==void 0).slice(0,Yn),c=t.map(ti).reduce((u,m)=>Math.max(u,m),0);return{id:e.toWellFormed()||"unnamed",name:(e.toWellFormed()||"unnamed").slice(0,Xn).toWellFormed(),shortDescription:{text:mt(a)||"unnamed"},fullDescription:{text:mt(s)},help:{text:[s,r,...l].join(`

`),markdown:[`**Why** ${b(s)}`,`**What to do** ${b(r)}`,...l.length===0?[]:[l.map(u=>`- <${u}>`).join(`
`)]].join(`

`)},...l[0]===void 0?{}:{helpUri:l[0]},properties:{tags:["security",i.check],precision:"high",...c>0?{"security-severity":c.toFixed(1)}:{}}}}function ti({score:e,severity:t}){let[n,i,r]=ni[t];return Math.min(Math.max(e??i,n),r)}var ni={critical:[9,9.5,10],high:[7,8,8.9],medium:[4,5.5,6.9],low:[.1,2,3.9],unknown:[0,0,0]};function mt(e){let t=e.toWellFormed();return t.length<=ut?t:`${t.slice(0,ut-1).toWellFormed()}…`}var V={resultsPerRun:25e3,gzipBytes:10*1024*1024,locationsPerResult:10},gt=function*(e,t){let n=Math.min(e.findings.length,V.resultsPerRun),i=pt(e,t,n);for(;n>0&&i.length*3>V.gzipBytes;){let r=ii(i,{level:1}).length;if(r<=V.gzipBytes)break;n=Math.floor(n*Math.min(.9,V.gzipBytes/r*.95)),i=pt(e,t,n)}yield i};function pt(e,t,n){let i=e.findings.toSorted(P).slice(0,n),r=e.findings.length-i.length,o=ft(i,t),s={$schema:"https://json.schemastore.org/sarif-2.1.0.json",version:"2.1.0",runs:[{tool:{driver:{name:"Portcullis",version:t.version,semanticVersion:t.version,rules:[...o.values()].map(({descriptor:a})=>a)}},automationDetails:{id:"portcullis/"},columnKind:"utf16CodeUnits",originalUriBaseIds:{[Ce]:{description:{text:"The judged tree."}}},invocations:[{executionSuccessful:e.gaps.length===0,toolExecutionNotifications:[...e.gaps.map(di),...r>0?[ci(r,e.findings.length)]:[]]}],results:i.map(a=>oi(a,o.get(a.rule),t)),properties:{verdict:e.verdict,reasons:e.reasons.map(Z),leftOut:r}}]};return`${X(JSON.stringify(s,null,1))}
`}var Ce="%SRCROOT%",ri={critical:"error",high:"error",medium:"warning",low:"note",unknown:"warning"};function oi(e,t,n){let{fingerprint:i,locations:r,message:o,severity:s,state:a,subject:l,title:c}=e,u=r.slice(0,V.locationsPerResult);return{ruleId:e.rule.toWellFormed()||"unnamed",...t===void 0?{}:{ruleIndex:t.index},level:ri[s],message:{text:Z(o)||Z(c)||e.rule||"no message"},locations:u.length===0?[si(l)]:u.map(m=>ht(m,l)),partialFingerprints:{primaryLocationLineHash:i.toWellFormed(),"portcullis/v1":i.toWellFormed()},...a==="waived"?{suppressions:[ai(e)]}:{},...li(e,n),properties:{check:e.check,severity:s,...e.score===void 0?{}:{score:e.score},state:a,blocking:e.blocking,subject:l.toWellFormed(),...e.package===void 0?{}:{purl:e.package.purl.toWellFormed()},...e.package?.fixed===void 0?{}:{fixed:e.package.fixed.toWellFormed()},...r.length>u.length?{locationsLeftOut:r.length-u.length}:{}}}}function ht({file:e,...t},n){let i={startLine:t.startLine,...t.startColumn===void 0?{}:{startColumn:t.startColumn},endLine:t.endLine,...t.endColumn===void 0?{}:{endColumn:t.endColumn}};return{physicalLocation:{artifactLocation:{uri:Re(e),uriBaseId:Ce},region:i},logicalLocations:[{fullyQualifiedName:n.toWellFormed()}]}}function si(e){let t=e.replace(/@sha256:[0-9a-f]*$/,"").replace(/:[^:/]*$/,"");return{physicalLocation:{artifactLocation:{uri:Re(t||"subject")},region:{startLine:1}},logicalLocations:[{fullyQualifiedName:e.toWellFormed()}]}}function Re(e){return e.toWellFormed().split("/").map(t=>encodeURIComponent(t).replace(/[!'()*]/g,n=>`%${n.charCodeAt(0).toString(16).toUpperCase()}`)).join("/").replace(/^\/+/,"")}function ai({waiver:e}){return e===void 0?{kind:"external",status:"accepted"}:{kind:"external",status:"accepted",justification:Z(`${e.reason} (${e.owner}, until ${e.until})`)}}function li({locations:[e],suggestion:t},n){if(e===void 0||t===void 0)return{};let i=n.lines(e.file)[t.endLine-1];if(i===void 0)return{};let o={deletedRegion:{startLine:t.startLine,startColumn:1,endLine:t.endLine,endColumn:i.length+1},insertedContent:{text:t.replacement.toWellFormed()}},s={artifactLocation:{uri:Re(e.file),uriBaseId:Ce},replacements:[o]};return{fixes:[{description:{text:"Suggested change"},artifactChanges:[s]}]}}function di({locations:e,message:t,subject:n}){return{descriptor:{id:"gap"},level:"error",message:{text:Z(`${n}: ${t}`)},...e.length===0?{}:{locations:e.map(i=>ht(i,n))}}}function ci(e,t){return{descriptor:{id:"left-out"},level:"warning",message:{text:`${g(e,"finding")} of ${t.toLocaleString("en-US")} left out`}}}var Z=e=>e.toWellFormed().replaceAll("](","] (");var Me=String.raw`(?:\u001B\u005C|\u009C)`,yt=String.raw`\u0018\u001A\u001B\u0080-\u009F`,ui=String.raw`(?:\u001B\]|\u009D)[^\u0007${yt}]*(?:\u0007|${Me})`,mi=String.raw`(?:\u001B[PX^_k]|[\u0090\u0098\u009E\u009F])[^${yt}]*${Me}`,fi=String.raw`\u001B\](?:P[\dA-Fa-f]{7}|R)(?:\u0007|${Me})?`,pi=String.raw`(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]`,gi=String.raw`\u001B(?:[\u0020-\u002F]+[\u0030-\u007E]|[\dA-PR-TZcf-oq-uy=><~|}])`,hi=`${fi}|${ui}|${mi}|${pi}|${gi}`;function Le({onlyFirst:e=!1}={}){return new RegExp(hi,e?void 0:"g")}var yi=Le();function Fe(e){if(typeof e!="string")throw new TypeError(`Expected a \`string\`, got \`${typeof e}\``);return!e.includes("\x1B")&&!e.includes("")?e:e.replace(yi,"")}var bt=[161,161,164,164,167,168,170,170,173,174,176,180,182,186,188,191,198,198,208,208,215,216,222,225,230,230,232,234,236,237,240,240,242,243,247,250,252,252,254,254,257,257,273,273,275,275,283,283,294,295,299,299,305,307,312,312,319,322,324,324,328,331,333,333,338,339,358,359,363,363,462,462,464,464,466,466,468,468,470,470,472,472,474,474,476,476,593,593,609,609,708,708,711,711,713,715,717,717,720,720,728,731,733,733,735,735,768,879,913,929,931,937,945,961,963,969,1025,1025,1040,1103,1105,1105,8208,8208,8211,8214,8216,8217,8220,8221,8224,8226,8228,8231,8240,8240,8242,8243,8245,8245,8251,8251,8254,8254,8308,8308,8319,8319,8321,8324,8364,8364,8451,8451,8453,8453,8457,8457,8467,8467,8470,8470,8481,8482,8486,8486,8491,8491,8531,8532,8539,8542,8544,8555,8560,8569,8585,8585,8592,8601,8632,8633,8658,8658,8660,8660,8679,8679,8704,8704,8706,8707,8711,8712,8715,8715,8719,8719,8721,8721,8725,8725,8730,8730,8733,8736,8739,8739,8741,8741,8743,8748,8750,8750,8756,8759,8764,8765,8776,8776,8780,8780,8786,8786,8800,8801,8804,8807,8810,8811,8814,8815,8834,8835,8838,8839,8853,8853,8857,8857,8869,8869,8895,8895,8978,8978,9312,9449,9451,9547,9552,9587,9600,9615,9618,9621,9632,9633,9635,9641,9650,9651,9654,9655,9660,9661,9664,9665,9670,9672,9675,9675,9678,9681,9698,9701,9711,9711,9733,9734,9737,9737,9742,9743,9756,9756,9758,9758,9792,9792,9794,9794,9824,9825,9827,9829,9831,9834,9836,9837,9839,9839,9886,9887,9919,9919,9926,9933,9935,9939,9941,9953,9955,9955,9960,9961,9963,9969,9972,9972,9974,9977,9979,9980,9982,9983,10045,10045,10102,10111,11094,11097,12872,12879,57344,63743,65024,65039,65533,65533,127232,127242,127248,127277,127280,127337,127344,127373,127375,127376,127387,127404,917760,917999,983040,1048573,1048576,1114109],xt=12288,wt=65510,$t=[12288,12288,65281,65376,65504,65510];var vt=4352,kt=262141,je=[4352,4447,8986,8987,9001,9002,9193,9196,9200,9200,9203,9203,9725,9726,9748,9749,9776,9783,9800,9811,9855,9855,9866,9871,9875,9875,9889,9889,9898,9899,9917,9918,9924,9925,9934,9934,9940,9940,9962,9962,9970,9971,9973,9973,9978,9978,9981,9981,9989,9989,9994,9995,10024,10024,10060,10060,10062,10062,10067,10069,10071,10071,10133,10135,10160,10160,10175,10175,11035,11036,11088,11088,11093,11093,11904,11929,11931,12019,12032,12245,12272,12287,12289,12350,12353,12438,12441,12543,12549,12591,12593,12686,12688,12773,12783,12830,12832,12871,12880,42124,42128,42182,43360,43388,44032,55203,63744,64255,65040,65049,65072,65106,65108,65126,65128,65131,94176,94180,94192,94198,94208,101594,101631,101664,101760,101874,101888,102801,102816,102866,110576,110579,110581,110587,110589,110590,110592,110888,110898,110898,110928,110930,110933,110933,110948,110952,110960,111355,119552,119638,119648,119670,126980,126980,127183,127183,127374,127374,127377,127386,127406,127406,127488,127490,127504,127547,127552,127560,127568,127569,127584,127589,127744,127776,127789,127797,127799,127868,127870,127891,127904,127946,127951,127955,127968,127984,127988,127988,127992,128062,128064,128064,128066,128252,128255,128317,128331,128334,128336,128359,128378,128378,128405,128406,128420,128420,128507,128591,128640,128709,128716,128716,128720,128722,128725,128729,128732,128735,128747,128748,128756,128764,128986,128986,128992,129003,129008,129008,129292,129338,129340,129349,129351,129535,129648,129660,129664,129734,129736,129736,129740,129757,129759,129771,129775,129786,131072,196605,196608,262141];var le=(e,t)=>{let n=0,i=Math.floor(e.length/2)-1;for(;n<=i;){let r=Math.floor((n+i)/2),o=r*2;if(t<e[o])i=r-1;else if(t>e[o+1])n=r+1;else return!0}return!1};var St=19968,[wi,$i]=vi(je);function vi(e){let t=e[0],n=e[1];for(let i=0;i<e.length;i+=2){let r=e[i],o=e[i+1];if(St>=r&&St<=o)return[r,o];o-r>n-t&&(t=r,n=o)}return[t,n]}var Ct=e=>e<161||e>1114109?!1:le(bt,e),Rt=e=>e<xt||e>wt?!1:le($t,e);var Mt=e=>e>=wi&&e<=$i?!0:e<vt||e>kt?!1:le(je,e);function ki(e){if(!Number.isSafeInteger(e))throw new TypeError(`Expected a code point, got \`${typeof e}\`.`)}function K(e,{ambiguousAsWide:t=!1}={}){return ki(e),Rt(e)||Mt(e)||t&&Ct(e)?2:1}var Si=new Intl.Segmenter,Pt=new RegExp("[^\\u{20}-\\u{7E}]","v"),It=String.raw`\u{600}-\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}`,Ci=new RegExp(`^[${It}]+`,"v"),Ie=new RegExp(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Enclosing_Mark}\p{Nonspacing_Mark}[\p{Format}--[${It}]]]`,"v"),Lt=new RegExp("^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})","v"),Ri=new RegExp("^[\\p{Emoji_Presentation}--[\\u{10000}-\\u{10FFFF}]]\\u{FE0E}","v");function Pe(e,t){if(t>=e.length)return 0;let n=new RegExp("(?<![\\p{Emoji_Modifier_Base}\\u{200D}])\\p{Emoji_Modifier}","gv");n.lastIndex=t;let i=0;for(;n.test(e);)i++;return i}var Ft=new RegExp("\\u{200D}\\p{Extended_Pictographic}","v");function jt(e){let t=e.search(Ie);return t===-1?void 0:e.slice(t)}function Mi(e){return e>=4352&&e<=4607||e>=43360&&e<=43388||e>=44032&&e<=55203||e>=55216&&e<=55238||e>=55243&&e<=55291}function Li(e,t){let n=0;for(let i of e){if(i==="‍")break;Ie.test(i)&&(n+=K(i.codePointAt(0),t))}return n}function At(e,t){let n=e.codePointAt(0),i=n===69821||n===69837||n>=1536&&n<=2303?Ci.exec(e):void 0;if(i){let a=e.slice(i[0].length),l=At(a,t),c=jt(a);return l>=2&&(K(c.codePointAt(0),t)===2||Lt.test(c)||Ft.test(c))?l:[...i[0]].length+l}let r=jt(e);if(r===void 0)return 0;if(Mi(n))return K(n,t)+Pe(e,1)*2;if(Ri.test(r))return 1;let o=Lt.exec(r);if(o)return 2+Pe(r,o[0].length)*2;let s=Ft.exec(r);return s?2+Pe(r,s.index+s[0].length)*2:Li(r,t)}function Fi(e,t){let n=0,i=e.search(Pt);i>1&&(n=i-1,e=e.slice(n));let r=e.length;for(;r>0;){let s=e.codePointAt(r-1);if(s<32||s>126)break;r--}if(r+1<e.length&&(n+=e.length-r-1,e=e.slice(0,r+1)),!new RegExp("[^\\u{20}-\\u{7E}\\u{4E00}-\\u{9FFF}\\u{AC00}-\\u{D7A3}]","v").test(e))return n+e.length+e.replaceAll(new RegExp("[\\u{20}-\\u{7E}]","gv"),"").length;e=e.toWellFormed(),e=e.replaceAll(new RegExp("(?<=[\\u{16D63}-\\u{16D6A}])[\\u{16D63}-\\u{16D6A}]+","gv"),"");let o={ambiguousAsWide:!t};for(let{segment:s}of Si.segment(e)){if(s.length===1){Ie.test(s)&&(n+=K(s.codePointAt(0),o));continue}n+=At(s,o)}return n}function Ae(e,t={}){if(typeof e!="string"||e.length===0)return 0;let{ambiguousIsNarrow:n=!0,countAnsiEscapeCodes:i=!1}=t,r=e;return!i&&(r.includes("\x1B")||r.includes(""))&&(r=Fe(r)),Pt.test(r)?Fi(r,n):r.length}var Et=4,Ot=/^[\x20-\x7e]*$/;function f(e){return Ot.test(e)?e.length:Ae(e)}function Wt(e,t){let n=Math.max(8,t),i=[],r="",o=0;for(let s of e.split(" "))for(let[a,l]of ji(s,n).entries()){let c=f(l);r!==""&&(a>0||o+1+c>n)?(i.push(r),r=l,o=c):(o+=c+(r===""?0:1),r=r===""?l:`${r} ${l}`)}return[...i,r]}function ji(e,t){if(f(e)<=t)return[e];let n=[],i="",r=0;for(let o of Ee(e)){let s=f(o);r+s>t&&i!==""&&(n.push(i),i="",r=0),i+=o,r+=s}return[...n,i]}function j(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of Ee(e)){if(i+=f(r),i>t-1)break;n+=r}return`${n}…`}function _t(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of Ee(e).reverse()){if(i+=f(r),i>t-1)break;n=r+n}return`…${n}`}function Q(e,t){let n="",i=t;for(let[r,o]of e.split("	").entries()){if(r>0){let a=Et-i%Et;n+=" ".repeat(a),i+=a}let s=Be(o);n+=s,i+=f(s)}return n}function Ee(e){return Ot.test(e)?[...e]:[...new Intl.Segmenter("en",{granularity:"grapheme"}).segment(e)].map(({segment:t})=>t)}var Tt={bold:"1",dim:"2",plain:"",critical:"1;31",high:"31",medium:"33",low:"34",unknown:"35",pass:"1;32",block:"1;31",incomplete:"1;33"};function Bt(e){return(t,n)=>e&&n!==""&&Tt[t]!==""?`\x1B[${Tt[t]}m${n}\x1B[0m`:n}var Pi=2e3,Ii=44,Ai=36;function*Dt({inventory:e=[]},{paint:t,width:n}){let i=e.slice(0,Pi),r=Oe(i.map(({type:a})=>a.length),12),o=Oe(i.map(({name:a})=>a.length),Ii),s=Oe(i.map(({version:a})=>a.length),Ai);for(let a of i){let[l,c,u]=[a.type,a.name,a.version].map(h);yield`${`  ${We(l??"",r)}  ${We(c??"",o)}  ${We(u??"",s)}`}  ${t("dim",j(h(Ei(a)),Math.max(4,n-r-o-s-10)))}`.trimEnd()}e.length>i.length&&(yield`  and ${e.length-i.length} more`)}function Ei({path:e,type:t}){return t==="apk"||t==="deb"||t==="rpm"?"":e}function Oe(e,t){return Math.min(t,e.reduce((n,i)=>Math.max(n,i),0))}function We(e,t){let n=j(e,t);return n+" ".repeat(Math.max(0,t-f(n)))}var S=600;function*y(e,t,n,i,r=o=>o){if(n!=="")for(let[o,s]of Wt(n,i-f(t)).entries())yield`${o===0?e:t}${r(s)}`}var de=2e3,Ut=3;function Nt(e,t,n,i,r){let o=t.startLine,s=e[o-1];if(s===void 0)return[];let a=Math.max(16,i-n-4),l=Math.min(t.endLine,e.length),c=[],u=(m,p)=>`${r("dim",`${m.padStart(n)} │`)} ${p}`.trimEnd();if(l<=o){let{text:m,start:p,end:C}=Oi(s,t,a);return c.push(u(String(o),m)),C>p&&c.push(u("",`${" ".repeat(p)}${r("bold","^".repeat(C-p))}`)),c}for(let m=o;m<=Math.min(l,o+Ut-1);m++)c.push(u(String(m),j(Q((e[m-1]??"").slice(0,de),0),a)));return l>=o+Ut&&c.push(u("…",r("dim",`to line ${l}`))),c}function Oi(e,{startColumn:t,endColumn:n},i){let r=e.length-e.trimStart().length,o=_e((t??r+1)-1,0,e.length),s=_e((n??e.trimEnd().length+1)-1,o,e.length),a=Q(e.slice(Math.max(0,o-de),o),0),l=f(a),c=Q(e.slice(o,Math.min(s,o+de)),l),u=l+Math.max(1,f(c)),m=Q(e.slice(s,s+de),l+f(c));if(l+f(c)+f(m)<=i)return{text:a+c+m,start:l,end:u};let p=_t(a,_e(i-f(c)-8,8,Math.max(8,l))),C=j(c,i-f(p)),Jt=j(m,Math.max(1,i-f(p)-f(C)));return{text:f(p)+f(C)<i?p+C+Jt:p+C,start:f(p),end:f(p)+Math.max(1,f(C))}}var _e=(e,t,n)=>Math.min(Math.max(e,t),n);var Wi=12,B=" ".repeat(14);function*zt({location:e,also:t,subject:n,findings:i},r,o){let{paint:s,width:a}=o;(r===void 0||ee(r,e)!==0)&&(yield*_i(e,i,o)),yield*y("  ","  ",h(w(n)).slice(0,S),a,l=>s("dim",l)),t.length>0&&(yield*y("  ","  ",`also ${W(t.map(l=>h(v(l))),5)}`,a,l=>s("dim",l))),yield*Te(i,o)}function*_i(e,t,{lines:n,paint:i,width:r}){let o=Math.max(4,String(e.endLine).length+2),a=t.some(l=>l.state==="new")?Nt(n(e.file),e,o,r,i):[];a.length>0?yield*a:yield i("dim",`  line ${e.startLine}`)}function*Te(e,t){for(let n of I(e,t.context))yield*Ti(n,t)}function*Ti(e,t){let{context:n,paint:i,told:r,width:o}=t,[s]=e.findings,a=s.state==="new",l=a?s.severity:"dim",c=s.blocking?"✖":a?"•":"·",u=h(e.package===void 0?s.rule:U(e.package)).slice(0,S),m=h(Bi(e)).slice(0,S);if(yield*y(`  ${i(l,`${c} ${s.severity.padEnd(8)}`)}  `,B,m===""?u:`${u}: ${m}`,o,p=>p.startsWith(u)?i(a?"bold":"dim",u)+p.slice(u.length):p),!a){yield*y(B,B,Di(s),o,p=>i("dim",p));return}if(e.package===void 0){if(r.has(s.rule)||(r.add(s.rule),F(s,n).general&&(s.check==="manifest"||s.check==="dockerfile")))return;yield*y(B,B,h(A(e,n)),o,p=>i("dim",p))}else{let p=e.findings.length===1?s.title:W(e.findings.map(Gt),Wi);yield*y(B,B,h(p).slice(0,S),o,C=>i("dim",C))}}function Bi({findings:e,package:t}){let[n]=e;return t===void 0?n.message===""?n.title:n.message:e.length===1?Gt(n):$(e)}var Gt=({rule:e,score:t})=>t===void 0?e:`${e} (${t.toFixed(1)})`;function Di({state:e,waiver:t}){return e==="existing"?"already on the base":t===void 0?"waived":h(`waived until ${t.until} by ${t.owner}: ${t.reason}`).slice(0,S)}var qt=function*(e,t){for(let n of Ui(e,t))yield`${De(n)}
`};function*Ui(e,t){let n=Math.min(Math.max(t.width||80,40),160),i=Bt(t.colour),r={context:t,paint:i,width:n,lines:oe(e,t),told:new Set};for(let{file:o,places:s}of N(e.findings)){yield H(o,$(s.flatMap(a=>a.findings)),r),r.told.clear(),yield"";for(let[a,l]of s.entries())yield*zt(l,s[a-1]?.location,r),yield""}for(let[o,s]of z(e.findings))yield H(w(o),$(s),r),r.told.clear(),yield"",yield*Te(s,r),yield"";if(e.gaps.length>0){yield H("not verified",g(e.gaps.length,"gap"),r),yield"";for(let o of e.gaps)yield*Ni(o,r);yield""}e.subjects.length>0&&(yield H("images","",r),yield"",yield*zi(e.subjects,r),yield"");for(let o of e.subjects.filter(({inventory:s})=>s!==void 0&&s.length>0))yield H(`packages of ${o.reference}`,"",r),yield"",yield*Dt(o,r),yield"";yield H("verdict","",r),yield"";for(let o of[...G(e),q(e)].map(h))yield*y("  ","  ",o,n,s=>i("dim",s));yield"",yield*Gi(e,i,n)}function H(e,t,{paint:n,width:i}){let r=h(e),o=f(r)+f(t)+4>i?"":t,s=j(r,i-4),a="─".repeat(Math.max(2,i-f(s)-f(o)-(o===""?1:2)));return`${n("bold",s)} ${n("dim",a)}${o===""?"":` ${o}`}`}function*Ni({subject:e,message:t,locations:n},{paint:i,width:r}){yield*y(`  ${i("incomplete","?")} `,"    ",h(e).slice(0,S),r),yield*y("    ","    ",h(t).slice(0,S),r),n.length>0&&(yield*y("    ","    ",W(n.map(v).map(h),5),r,o=>i("dim",o)))}function*zi(e,{paint:t,width:n}){let i={verified:"pass",unsigned:"high",untrusted:"high",invalid:"critical",unchecked:"dim"};for(let r of e){let o=[r.digest===void 0?"no digest":L(r.digest),r.platform??"",r.packages===void 0?"":g(r.packages,"package")].filter(s=>s!=="");yield*y(`  ${t(i[r.signature],r.signature.padEnd(9))}  `," ".repeat(13),h(r.reference),n),yield*y(" ".repeat(13)," ".repeat(13),h(o.join(" · ")),n,s=>t("dim",s)),r.signatureMessage!==void 0&&(yield*y(" ".repeat(13)," ".repeat(13),h(r.signatureMessage).slice(0,S),n))}}function*Gi({verdict:e,reasons:t},n,i){yield`  ${n(e,`${D[e]} ${_[e]}`)}`;for(let r of t)yield*y("    ","    ",h(r).slice(0,S),i)}var Ms={html:nt,json:re,markdown:ct,sarif:gt,text:qt};export{h as a,b,R as c,O as d,Hi as e,Y as f,P as g,g as h,$ as i,L as j,w as k,I as l,U as m,F as n,A as o,Jn as p,Zn as q,Ms as r};
