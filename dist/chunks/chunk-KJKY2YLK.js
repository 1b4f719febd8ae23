import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as C}from"./chunk-REHCOHO6.js";import{createHash as Pn}from"node:crypto";var fe=/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,Kt=e=>e.replace(/\s+/gu," ").trim(),pe=e=>e==="️"?e:`\\u{${(e.codePointAt(0)??0).toString(16)}}`;function h(e){return Kt(e).replace(fe,pe)}function Ue(e){return e.replace(fe,pe)}function ze(e){return e.replace(/^((?:\s|\x1b\[[0-9;]*m)*):(?=:)/u,"$1: ").replaceAll("##[","## [").replaceAll("##vso[","##vso [")}function X(e){return e.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]|##(?=\[|vso\[)/gu,t=>t.split("").map(n=>`\\u${n.charCodeAt(0).toString(16).padStart(4,"0")}`).join(""))}function Qt(e){return e.replaceAll("%","%25").replaceAll("\r","%0D").replaceAll(`
`,"%0A")}function Qi(e){return Qt(e).replaceAll(":","%3A").replaceAll(",","%2C")}function Ge(e){return e.replace(fe,t=>t===`
`||t==="	"?t:pe(t)).replace(/[&<>"'`]/g,t=>`&#${t.charCodeAt(0)};`)}function y(e){return h(e).split(/(`[^`]+`)/).map((t,n)=>n%2===1&&Xt(t)?P(t.slice(1,-1)):Yt(t).replaceAll("`","\\`")).join("")}var Xt=e=>e.slice(1,-1).trim()!==""&&!e.includes("|");function Yt(e){return e.replace(tn,t=>t==="&"?"&amp;":t==="<"?"&lt;":t===">"?"&gt;":/^[\\*_[\]|~$]$/.test(t)?`\\${t}`:/^[-+=]$/.test(t)?`\\${t}`:t+en)}var en="&#8203;",tn=/[\\*_[\]|~$&<>#]|(?<![a-z0-9])@|@(?!sha(?:256|512):)|^[-+=]|^\d+(?=[.)](?:\s|$))|\bGH(?=-\d)|(?:mailto|xmpp):|www(?=\.)|:(?=\/\/)|(?<![a-z0-9]):(?=[:\w+-]+:)|^:(?=:)/gi;function P(e){let t=h(e);if(t==="")return"` `";let n="`".repeat(qe(t,"`")+1),i=t.startsWith("`")||t.endsWith("`")?" ":"";return`${n}${i}${t}${i}${n}`}function A(e){return P(e).replace(/\\(?=\|)/g,"\\​").replaceAll("|","\\|")}function Xi(e,t){let n="`".repeat(Math.max(3,qe(t,"`")+1));return`${n}${e}
${t}
${n}`}function Y(e){if(!URL.canParse(e))return;let t=new URL(e);if(!(t.protocol!=="https:"||t.username!==""||t.password!==""))return t.href.replace(/[()<>[\]\\`|*_~@]/g,n=>`%${n.charCodeAt(0).toString(16).toUpperCase().padStart(2,"0")}`)}function qe(e,t){let n=0,i=0;for(let r of e)i=r===t?i+1:0,n=Math.max(n,i);return n}function d(e,...t){return{html:e.map((n,i)=>n+Je(t[i])).join("")}}function Je(e){return e===void 0?"":typeof e=="string"?Ge(e):typeof e=="number"?e.toLocaleString("en-US"):"html"in e?e.html:e.map(Je).join("")}function ge(e){return d`${e.split(/(`[^`]+`)/).map((t,n)=>n%2===1?d`<code>${t.slice(1,-1)}</code>`:t)}`}function M(e,t){if(e===void 0||!URL.canParse(e))return d`${t}`;let n=new URL(e);return n.protocol!=="https:"||n.username!==""||n.password!==""?d`${t}`:d`<a href="${n.href}" rel="noreferrer noopener">${t}</a>`}function T(e,t){return Number(t.blocking)-Number(e.blocking)||He[e.state]-He[t.state]||C.indexOf(e.severity)-C.indexOf(t.severity)||Number(t.knownExploited??!1)-Number(e.knownExploited??!1)||(t.score??-1)-(e.score??-1)||$(e.rule,t.rule)||$(e.subject,t.subject)||$(e.fingerprint,t.fingerprint)}var He={new:0,existing:1,waived:2};function $(e,t){return e<t?-1:e>t?1:0}function ee(e,t){return $(e.file,t.file)||e.startLine-t.startLine||(e.startColumn??0)-(t.startColumn??0)||e.endLine-t.endLine||(e.endColumn??0)-(t.endColumn??0)}function g(e,t,n=`${t}s`){return`${e.toLocaleString("en-US")} ${e===1?t:n}`}function O(e,t){let n=e.length-t;return n>0?`${e.slice(0,t).join(", ")} and ${n.toLocaleString("en-US")} more`:e.join(", ")}function v(e){return C.map(t=>({severity:t,number:e.filter(n=>n.severity===t).length})).filter(({number:t})=>t>0).map(({severity:t,number:n})=>`${n.toLocaleString("en-US")} ${t}`).join(", ")}function L(e){return e.replace(/^(sha(?:256|512):[0-9a-f]{12})[0-9a-f]+$/,"$1")}function x(e){return e.replace(/\b(sha(?:256|512):[0-9a-f]{12})[0-9a-f]{52,}/g,"$1")}function b(e){let t=e.lastIndexOf("@");return t<0?e:`${e.slice(0,t)}@${L(e.slice(t+1))}`}var W={pass:"passed",block:"blocked",incomplete:"incomplete"},N={pass:"✔",block:"✖",incomplete:"?"};function U({epss:e,knownExploited:t,score:n},i=!1){return[...n===void 0?[]:[n.toFixed(1)],...t===!0?["known exploited"]:[],...e===void 0||!i?[]:[`EPSS ${e<.01?"<1":Math.round(e*100)}%`]].join(", ")}var D={vulnerability:"Vulnerabilities",malware:"Malware",secret:"Secrets","image-config":"Image configuration",signature:"Signatures",attestation:"Attestations",manifest:"Manifests",dockerfile:"Dockerfiles",policy:"Policy"},te=Object.keys(D);var nn={new:"new",existing:"on the base",waived:"waived"},rn=new Set(["vulnerability","malware","secret","image-config","signature","attestation"]);function Ke(e){let t=C.filter(a=>e.some(l=>l.severity===a)),n=te.filter(a=>e.some(l=>l.check===a)),i=["new","existing","waived"].filter(a=>e.some(l=>l.state===a)),r=[...new Set(e.filter(a=>rn.has(a.check)&&a.subject.includes("@")).map(a=>a.subject))].sort($),o=[d`<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="rule, package"></label>`,d`<label>Path <input type="search" name="path" autocomplete="off" spellcheck="false" placeholder="deploy/"></label>`,he("Check","check",[d`<option value="">all</option>`,...n.map(a=>ne(a,D[a]))]),...r.length===0?[]:[he("Image","subject",[d`<option value="">all</option>`,...r.map(a=>ne(a,b(a)))])],he("Sort by","sort",[ne("order","importance"),...["path","rule","subject"].map(a=>ne(a,a))])],s=[Ve("Severity",t.map(a=>Ze("severity",a,d`<span class="severity ${a}">${a}</span>`,e))),...i.length<2?[]:[Ve("State",i.map(a=>Ze("state",a,d`${nn[a]}`,e)))]];return d`
<form id="filters" hidden aria-label="Filter the findings"><details open>
<summary>Filter and sort</summary>
<div class="row fields">${o}</div>
<div class="row">${s}<button type="reset">Reset</button></div>
</details></form>
<div class="bar" id="bar" hidden><output id="shown" aria-live="polite"></output><button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button></div>`}var ne=(e,t)=>d`<option value="${e}">${t}</option>`,he=(e,t,n)=>d`<label>${e} <select name="${t}">${n}</select></label>`,Ve=(e,t)=>d`<fieldset><legend>${e}</legend>${t}</fieldset>`;function Ze(e,t,n,i){let r=i.filter(o=>o[e]===t).length;return d`<label class="box"><input type="checkbox" name="${e}" value="${t}" checked> ${n} <small>${r}</small></label>`}function J(e,t){let n=new Map;for(let i of e.toSorted(T)){let r=on(i),o=n.get(r);o===void 0?n.set(r,[i]):o.push(i)}return[...n.values()].map(i=>{let r=i[0].check==="vulnerability"?i[0].package:void 0;return r===void 0?{findings:i}:{findings:i,package:{name:r.name,version:r.version,...sn(i,r.purl,t)}}})}function on(e){return e.check!=="vulnerability"||e.package===void 0?JSON.stringify([e.fingerprint,e.rule,e.subject]):JSON.stringify([e.subject,e.package.name,e.package.version,e.package.purl,e.state])}function sn(e,t,n){let i=e.map(s=>s.package?.fixed).filter(s=>s!==void 0),r=[...new Set(i)],o=r.length>1?n.newest?.(t,r):void 0;return{fixed:o===void 0?r:[o],unfixed:e.length-i.length}}function fr(e){let[t]=e.findings;return e.package===void 0?t.message===""?t.title:t.message:`${_(e.package)}: ${e.findings.length===1?t.rule:v(e.findings)}`}function _({name:e,version:t,fixed:n}){if(n.length===0)return`${e} ${t}, no fix`;let i=n.length>3?`, … (${n.length})`:"";return`${e} ${t} → ${n.slice(0,3).join(", ")}${i}`}function F(e,t){let n=t.rules?.get(e.rule),i=an[e.check];return{why:n?.why??i.why,fix:n?.fix??i.fix,references:[...new Set([...n?.references??[],...e.references??[]])],general:n===void 0}}function I(e,t){let[n]=e.findings;if(e.package===void 0)return F(n,t).fix;let{name:i,fixed:r,unfixed:o}=e.package;if(r.length===0)return`No fixed version of ${i} is known. Leave it out of the image, or waive it with a date.`;let s=r.length===1?`Update ${i} to ${r[0]}`:`Update ${i} to the newest of ${r.join(", ")}`;return o===0?`${s}.`:`${s}; for ${o} of ${e.findings.length} no fix is known.`}var an={vulnerability:{why:"The image holds a version of this package that is known to be vulnerable: who reaches the program can use what is published about it.",fix:"Update the package to a fixed version, or build on a newer base image."},malware:{why:"The image holds a file that is known to be malicious: it would run with all that its container may do.",fix:"Do not run this image. Find out which layer brought the file, and build again from a source that you trust."},secret:{why:"Whoever can read this place has the secret, and the history keeps it after it was removed.",fix:"Revoke the secret first, then take it out and read it from a secret store when the program runs."},"image-config":{why:"The configuration of the image decides with which rights and settings its program starts.",fix:"Change the Dockerfile instruction that sets it, and build the image again."},signature:{why:"Without a signature that the policy trusts, nobody vouches that this digest is what was built.",fix:"Sign the digest in the pipeline that builds it, or add its signer to the policy on the base branch."},attestation:{why:"The policy asks for proof of how this image was built, and the proof is missing or says something else.",fix:"Attach the attestation in the pipeline that builds the image."},manifest:{why:"The object asks for more than it needs, and who takes the program has all of it.",fix:"Take away what the program does not need."},dockerfile:{why:"What the Dockerfile does is in every image that is built from it.",fix:"Change the instruction."},policy:{why:"The policy on the base branch denies this.",fix:"Follow the policy, or change it on the base branch first."}};var Qe=3,ln=12,ye=400;function Xe(e,t){if(e[t.startLine-1]===void 0)return;let n=Math.min(t.endLine,t.startLine+ln-1),i=Math.max(1,t.startLine-Qe),r=e.at(-1)===""?e.length-1:e.length,o=Math.max(n,Math.min(r,n+Qe)),s=[];for(let a=i;a<=o;a++){let l=a>=t.startLine&&a<=t.endLine,c=e[a-1]??"";s.push(d`<tr${l?dn:void 0}><th>${String(a)}</th><td>${l?cn(c,a,t):xe(c)}\n</td></tr>`)}return d`<div class="code" tabindex="0" role="region" aria-label="${`${t.file}, lines ${i} to ${o}`}"><table>${s}</table></div>`}var dn=d` class="hit"`;function cn(e,t,{endColumn:n,endLine:i,startColumn:r,startLine:o}){let s=e.length-e.trimStart().length,a=t===o&&r!==void 0?r-1:s,l=t===i&&n!==void 0?n-1:e.trimEnd().length,c=Math.min(Math.max(0,a),e.length),u=Math.min(Math.max(c,l),e.length),m=e.slice(0,c),p=m.length>ye?`…${m.slice(-80)}`:m;return d`${p}<mark>${xe(e.slice(c,u))}</mark>${xe(e.slice(u))}`}function xe(e){return e.length>ye?`${e.slice(0,ye)}…`:e}function ie(e){let t=new Map;for(let i of e){let[r,...o]=i.locations;if(r===void 0)continue;let s=JSON.stringify([r,o,i.subject].flat()),a=t.get(s);a===void 0?t.set(s,{location:r,also:o,subject:i.subject,findings:[i]}):a.findings.push(i)}let n=[...t.values()].sort((i,r)=>ee(i.location,r.location)||$(i.subject,r.subject));return[...Map.groupBy(n,i=>i.location.file)].map(([i,r])=>({file:i,places:r}))}function re(e){let t=e.filter(n=>n.locations.length===0);return Map.groupBy(t.sort((n,i)=>$(n.subject,i.subject)),n=>n.subject)}function S(e){return`${e.file}:${e.startLine}`}var oe=3e3,un=10,Ye=3,mn=8;function et({group:e,locations:t},n,i){let[r]=e.findings,o=C.filter(a=>e.findings.some(l=>l.severity===a)),s=[...new Set(t.map(a=>a.file))];return d`
<div class="finding" role="listitem" data-severity="${o.join(" ")}" data-check="${r.check}" data-state="${r.state}" data-subject="${r.subject}" data-files="${s.map(a=>encodeURIComponent(a.toWellFormed())).join(" ")}" data-rule="${r.rule}" data-order="${String(n)}" data-count="${String(e.findings.length)}">
<details id="${`finding-${encodeURIComponent(r.fingerprint.toWellFormed())}`}"${r.blocking&&n<un?d` open`:void 0}>
<summary><span class="severity ${r.severity}">${r.severity}</span> <span class="what">${fn(e)}</span> <span class="where">${gn(t,r)}</span></summary>
<div class="body">
${e.package===void 0?hn(e,i):yn(e,i)}
${bn(t,i)}
</div>
</details>
</div>`}function fn(e){let[t]=e.findings,n=[t.blocking?d` <span class="flag blocks">blocks</span>`:void 0,e.findings.some(r=>r.knownExploited===!0)?d` <span class="flag">known exploited</span>`:void 0,t.state==="new"?void 0:d` <span class="flag">${pn(t)}</span>`];if(e.package===void 0)return d`<code>${t.rule}</code> ${t.message||t.title}${n}`;let i=e.findings.length===1?t.rule:v(e.findings);return d`<code>${_(e.package)}</code> ${i}${n}`}function pn({state:e,waiver:t}){return e==="existing"?"on the base":t===void 0?"waived":`waived until ${t.until}`}function gn(e,{subject:t}){let[n,...i]=e;return n===void 0?d`${b(t)}`:d`${S(n)}${i.length===0?void 0:` +${i.length}`}`}function hn(e,t){let[n]=e.findings,{general:i,references:r,why:o}=F(n,t),s=r.slice(0,mn).map(a=>d`<li>${M(a,a)}</li>`);return d`<dl>
<dt>Subject</dt><dd><code>${n.subject}</code></dd>
<dt>Check</dt><dd>${D[n.check]}</dd>
<dt>Why</dt><dd>${i?o:ge(o)}</dd>
<dt>Fix</dt><dd>${i?I(e,t):ge(I(e,t))}</dd>
${tt(n)}${s.length===0?void 0:d`<dt>More</dt><dd><ul class="links">${s}</ul></dd>`}
</dl>
${n.suggestion===void 0?void 0:d`<p class="label">Suggested for ${wn(n.suggestion)}</p><pre class="suggestion">${n.suggestion.replacement}</pre>`}`}function yn(e,t){let[n]=e.findings,i=n.package;return d`<dl>
<dt>Image</dt><dd><code>${n.subject}</code></dd>
${i?.layer===void 0?void 0:d`<dt>Layer</dt><dd><code>${L(i.layer)}</code></dd>`}
${i?.path===void 0?void 0:d`<dt>File</dt><dd><code>${i.path}</code></dd>`}
<dt>Fix</dt><dd>${I(e,t)}</dd>
${tt(n)}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="${`advisories of ${i?.name??"the package"}`}"><table class="advisories"><thead><tr><th>Advisory</th><th>Severity</th><th>Rating</th><th>Fixed in</th><th>Title</th></tr></thead><tbody>${e.findings.map(xn)}</tbody></table></div>`}function xn(e){let{aliases:t,package:n,references:i,rule:r,severity:o,title:s}=e,a=(t??[]).filter(c=>c!==r).slice(0,4),l=i?.find(c=>URL.canParse(c)&&c.startsWith("https:"));return d`<tr><td>${r}${a.length===0?void 0:d` <small>${a.join(", ")}</small>`}</td><td><span class="severity ${o}">${o}</span></td><td>${U(e,!0)}</td><td>${n?.fixed??"no fix"}</td><td>${s}${l===void 0?void 0:d` <small>${M(l,new URL(l).host)}</small>`}</td></tr>`}function tt({waiver:e}){if(e!==void 0)return d`<dt>Waived</dt><dd>until ${e.until} by ${e.owner}: ${e.reason}</dd>`}function bn(e,t){let n=e.slice(0,Ye).map(r=>d`<p class="label">${M(t.link?.(r),S(r))}</p>${Xe(t.lines(r.file),r)}`),i=e.slice(Ye).map(r=>d`<li>${M(t.link?.(r),S(r))}</li>`);return d`${n}${i.length===0?void 0:d`<details class="more"><summary>${i.length} more places</summary><ul>${i}</ul></details>`}`}function wn({endLine:e,startLine:t}){return e>t?`lines ${t} to ${e}`:`line ${t}`}var $n=20,vn=2e3;function nt(e,t,n){let i=t.get(e.digest??e.reference)??[],r=e.locations.slice(0,$n).map(s=>d`<li>${M(n.link?.(s),S(s))}</li>`),o=e.locations.length-r.length;return d`
<div class="image" role="listitem"><details>
<summary><span class="signature ${e.signature}">${e.signature}</span> <span class="what"><code>${e.reference}</code></span> <span class="where">${v(i)||"no findings"}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${e.digest??"not resolved"}</code></dd>
${e.signatureMessage===void 0?void 0:d`<dt>Signature</dt><dd>${e.signatureMessage}</dd>`}
${e.platform===void 0?void 0:d`<dt>Platform</dt><dd>${e.platform}</dd>`}
<dt>Packages</dt><dd>${e.packages??"not read"}</dd>
${r.length===0?void 0:d`<dt>Used at</dt><dd><ul class="links">${r}${o>0?d`<li>${o} more</li>`:void 0}</ul></dd>`}
</dl>
${kn(e,i)}
</div></details></div>`}function it(e){return Map.groupBy(e,({subject:t})=>t.slice(t.lastIndexOf("@")+1))}function kn(e,t){let n=e.inventory===void 0?Cn(t):e.inventory.map(Sn);if(n.length===0)return d``;let i=Map.groupBy(t.filter(o=>o.package!==void 0),({package:o})=>JSON.stringify([o?.name,o?.version])),r=vn;return d`${[...Map.groupBy(n,o=>o.layer)].map(([o,s])=>{let a=s.toSorted((u,m)=>$(u.name,m.name)||$(u.version,m.version)).slice(0,r);r-=a.length;let l=o===""?"layer not known":L(o),c=e.inventory===void 0?`${g(s.length,"package")} with findings`:g(s.length,"package");return d`<details class="layer"${n.length<=30?d` open`:void 0}><summary><code>${l}</code> ${c}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${l}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${a.map(u=>d`<tr><td>${u.name}</td><td>${u.version}</td><td>${u.type}</td><td>${v(i.get(JSON.stringify([u.name,u.version]))??[])}</td><td>${u.path}</td></tr>`)}</tbody></table></div>${a.length<s.length?d`<p>${s.length-a.length} more in the page’s data.</p>`:void 0}</details>`})}`}function Sn({layer:e,name:t,path:n,type:i,version:r}){return{name:t,version:r,layer:e,path:n,type:i}}function Cn(e){let t=new Map;for(let{package:n}of e){if(n===void 0)continue;let{layer:i="",name:r,path:o="",purl:s,version:a}=n;t.set(JSON.stringify([r,a,i,o]),{name:r,version:a,layer:i,path:o,type:/^pkg:([a-z0-9.+-]+)\//i.exec(s)?.[1]??""})}return[...t.values()]}var be=`(() => {
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
`;function se(e,t){let n=ie(e).flatMap(({places:r})=>r.flatMap(({also:o,findings:s,location:a})=>J(s,t).map(l=>({group:l,locations:[a,...o]})))),i=[...re(e).values()].flatMap(r=>J(r,t).map(o=>({group:o,locations:[]})));return[...n,...i].sort((r,o)=>T(r.group.findings[0],o.group.findings[0]))}var ae=function*(e){let t=JSON.stringify($e(e,"report"),null,2);yield`${X(t)}
`},Rn=["file","startLine","endLine","startColumn","endColumn"],Mn=new Map(Object.entries({report:["schema","verdict","reasons","summary","subjects","findings","gaps","coverage","policy"],summary:["critical","high","medium","low","unknown","blocking","existing","waived","gaps"],subjects:["kind","reference","digest","platform","signature","signatureMessage","packages","locations","inventory"],inventory:["name","version","purl","type","layer","path","source"],findings:["rule","check","severity","score","knownExploited","epss","title","message","subject","package","aliases","references","locations","suggestion","mode","state","blocking","fingerprint","waiver"],package:["name","version","purl","fixed","layer","path"],suggestion:["startLine","endLine","replacement"],waiver:["reason","owner","until"],locations:Rn,gaps:["subject","message","locations"],coverage:["files","objects","dockerfiles","images","skippedFiles"],files:["judged","skipped"],images:["judged","failed"],skippedFiles:["file","reason"],policy:["files","revision","failOn"]})),Ln=new Set(["aliases","references"]),Fn=new Set(["anchor"]);function $e(e,t){if(Array.isArray(e))return e.map(s=>$e(s,t));if(typeof e!="object"||e===null)return e;let n=new Map(Object.entries(e)),i=Mn.get(t)??[],r=[...n.keys()].filter(s=>!i.includes(s)&&!Fn.has(s)).sort(),o=Object.create(null);for(let s of[...i,...r]){let a=n.get(s);a===void 0||Ln.has(s)&&Array.isArray(a)&&a.length===0||(o[s]=$e(a,s))}return o}function le(e,t){let n=Map.groupBy(e.findings.filter(r=>r.check==="secret").flatMap(r=>r.locations),r=>r.file),i=new Map;return r=>{let o=n.get(r);if(o===void 0)return t.lines(r);let s=i.get(r);if(s!==void 0)return s;let a=jn(t.lines(r),o);return i.set(r,a),a}}function jn(e,t){let n=[...e];for(let{startLine:i,endLine:r,startColumn:o,endColumn:s}of t)for(let a=Math.max(1,i);a<=Math.min(r,n.length);a++){let l=n[a-1]??"",c=i===r&&o!==void 0&&s!==void 0&&s>o,u=c?o-1:l.length-l.trimStart().length,m=c?Math.min(s-1,l.length):l.length;m>u&&(n[a-1]=l.slice(0,u)+"•".repeat(m-u)+l.slice(m))}return n}function z({coverage:e,summary:t}){let{files:n,images:i}=e,r=n.skipped>0?` (${n.skipped.toLocaleString("en-US")} skipped)`:"",o=i.failed>0?`, ${i.failed.toLocaleString("en-US")} not readable`:"",s=[`${t.critical} critical, ${t.high} high, ${t.medium} medium, ${t.low} low`,...t.unknown>0?[`${t.unknown} unrated`]:[]].join(", "),a=[`${t.blocking} blocking`,...t.existing>0?[`${t.existing} already on the base`]:[],...t.waived>0?[`${t.waived} waived`]:[]].join(", ");return[`judged ${g(n.judged,"file")}${r}, ${g(e.objects,"object")}, ${g(e.dockerfiles,"Dockerfile")}, ${g(i.judged,"image")}${o}`,`found ${s}; ${a}`]}function G(e){let{policy:t}=e;if(t===void 0)return"";let n=t.files.length===0?"no policy file, the default is in force":`policy ${O(t.files,3)}`,i=t.revision===void 0?"":` at ${t.revision.slice(0,12)}`;return`${n}${i}: ${t.failOn==="never"?"nothing blocks by its severity":`blocks from ${t.failOn}`}`}var ve=1e3,ke=1e3,In=500,En=5,ot=function*(e,t){let n={...t,lines:le(e,t)},i=se(e.findings,n);if(yield On(e),yield Wn(e).html,yield"<main>",e.gaps.length>0&&(yield Dn(e.gaps,n).html),yield d`\n<section aria-labelledby="findings-title"><h2 id="findings-title">Findings <small>${e.findings.length}</small></h2>`.html,i.length===0)yield"<p>None.</p>";else{yield Ke(e.findings).html,yield'<div class="list" id="findings" role="list">';for(let[r,o]of i.slice(0,oe).entries())yield et(o,r,n).html;yield`
</div>`,i.length>oe&&(yield d`<p>${i.length-oe} more, the least important, are in the page’s data.</p>`.html)}if(yield"</section>",e.subjects.length>0){yield d`\n<section aria-labelledby="images-title"><h2 id="images-title">Images <small>${e.subjects.length}</small></h2><div class="list" role="list">`.html;let r=it(e.findings);for(let o of e.subjects.slice(0,ve))yield nt(o,r,n).html;yield`
</div>`,e.subjects.length>ve&&(yield d`<p>${e.subjects.length-ve} more are in the page’s data.</p>`.html),yield"</section>"}yield"</main>",yield _n(e,t).html,yield`<script type="application/json" id="report">${An(e,t)}</script>
<script>${be}</script>
</body>
</html>
`};function An(e,t){return[...ae(e,t)].join("").replaceAll("<","\\u003c")}function On({verdict:e}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; script-src ${rt(be)}; style-src ${rt(we)}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${W[e]} · Portcullis report</title>
<style>${we}</style>
</head>
<body>
`}var rt=e=>`'sha256-${Pn("sha256").update(e).digest("base64")}'`;function Wn({reasons:e,summary:t,verdict:n}){let i=["critical","high","medium","low"].map(o=>d`<li class="${o}"><b>${t[o]}</b> ${o}</li>`),r=[...t.unknown>0?[d`<li><b>${t.unknown}</b> unrated</li>`]:[],d`<li><b>${t.blocking}</b> blocking</li>`,...t.existing>0?[d`<li><b>${t.existing}</b> on the base</li>`]:[],...t.waived>0?[d`<li><b>${t.waived}</b> waived</li>`]:[],...t.gaps>0?[d`<li><b>${t.gaps}</b> not verified</li>`]:[]];return d`<header class="top"><div class="verdict ${n}"><h1>${N[n]} ${W[n]} <small>Portcullis</small></h1><ul>${e.map(o=>d`<li>${x(o)}</li>`)}</ul></div>
<ul class="counts">${i}${r}</ul></header>\n`}function Dn(e,t){let n=e.slice(0,ke).map(({locations:i,message:r,subject:o})=>{let s=i.slice(0,En).map(l=>d`<div>${M(t.link?.(l),S(l))}</div>`),a=i.length-s.length;return d`<div class="gap" role="listitem"><code>${b(o)}</code> <span>${x(r)}</span><div class="where">${s}${a>0?d`<div>+${a}</div>`:void 0}</div></div>`});return d`<section aria-labelledby="gaps-title"><h2 id="gaps-title">Not verified <small>${e.length}</small></h2>
<div class="list" role="list">${n}</div>
${e.length>ke?d`<p>${e.length-ke} more are in the page’s data.</p>`:void 0}</section>`}function _n(e,{version:t}){let n=e.coverage.skippedFiles??[],i=n.slice(0,In).map(({file:o,reason:s})=>d`<li><code>${o}</code>: ${s}</li>`),r=n.length-i.length;return d`<footer>${[...z(e),G(e)].filter(o=>o!=="").map(o=>d`<div>${o}</div>`)}
${i.length===0?void 0:d`<details><summary>${g(n.length,"skipped file")}</summary><ul>${i}${r>0?d`<li>${r} more</li>`:void 0}</ul></details>`}
<p>Portcullis ${t} <button type="button" id="save" hidden>Save as JSON</button></p></footer>\n`}var Se=8,Ce=4,Bn=400,H=200;function st(e,t){let n=e.filter(o=>o.blocking),i=e.filter(o=>!o.blocking&&o.state==="new"),r=e.filter(o=>!o.blocking&&o.state==="existing");return[{title:"What blocks",collapsed:!1,lead:"",entries:Re(n,t)},{title:`${g(i.length,"new finding")} that ${i.length===1?"does":"do"} not block`,collapsed:!0,lead:"",entries:Re(i,t)},{title:`${g(r.length,"finding")} already on the base`,collapsed:!0,lead:"",entries:Re(r,t)}]}function Re(e,t){return se(e,t).map(({group:n,locations:i})=>({heading:Tn(n.findings[0].subject,i,t),text:Nn(n,t)}))}function Tn(e,[t,...n],i){let r=P(b(e).slice(0,H));if(t===void 0)return r;let o=e===t.file?"":` · ${r}`,s=n.slice(0,Ce).map(l=>de(l,i)),a=n.length>Ce?` and ${g(n.length-Ce,"more place")}`:"";return`${de(t,i)}${o}${s.length===0?"":` · also ${s.join(", ")}${a}`}`}function Nn(e,t){let[n]=e.findings;if(e.package!==void 0)return`- **${n.severity}** ${Un(e)}`;let i=F(n,t).general?"":`<br>${y(I(e,t))}`;return`- **${n.severity}** ${P(n.rule.slice(0,H))}: ${y(x(n.message||n.title).slice(0,Bn))}${i}`}function Un(e){let t=e.package===void 0?"":P(_(e.package).slice(0,H)),n=e.findings.slice(0,Se).map(o=>{let s=U(o);return`${P(o.rule.slice(0,H))}${s===""?"":` (${s})`}`}),i=e.findings.length>Se?` and ${(e.findings.length-Se).toLocaleString("en-US")} more`:"",r=e.findings.length===1?"":`${v(e.findings)}: `;return`${t}: ${r}${n.join(", ")}${i}`}function de(e,t,n=P){return`${n(e.file.slice(0,H))} ${zn(e,t)}`}function zn(e,t){let n=e.endLine>e.startLine?`lines ${e.startLine}–${e.endLine}`:`line ${e.startLine}`,i=Y(t.link?.(e)??"");return i===void 0?n:`[${n}](${i})`}function at(e,t){let n=t,i=e.map(r=>ce(r,r.entries).length+2);return e.map((r,o)=>{let s=i.slice(o+1).reduce((l,c)=>l+Math.min(c,t*.08),0),a=Gn(r,Math.floor(n-s));return n-=a.length+2,a})}function Gn(e,t){if(e.entries.length===0)return"";let n=ce(e,e.entries);if(n.length<=t)return n;let i=ce(e,[]).length+80,r=new Set,o=e.entries.filter(a=>{let l=r.has(a.heading)?0:a.heading.length+e.lead.length+6;return i+l+a.text.length+1>t?!1:(i+=l+a.text.length+1,r.add(a.heading),!0)}),s=ce(e,o);return s.length<=t?s:""}function ce({collapsed:e,entries:t,lead:n,title:i},r){if(t.length===0)return"";let o=[...Map.groupBy(r,l=>l.heading)].map(([l,c])=>{let u=[...n===""?[]:[n],...c.map(m=>m.text)].join(`
`);return l===""?u:`${l}

${u}`}),s=t.length-r.length;s>0&&o.push(`_${s.toLocaleString("en-US")} more left out for length._`);let a=o.join(`

`);return e?`<details>
<summary>${i}</summary>

${a}

</details>`:`### ${i}

${a}`}var E=300,qn=160,Jn=3,Hn=14;function lt(e,t){return{title:"Not verified",collapsed:!1,lead:`| what | why | where |
| :-- | :-- | :-- |`,entries:e.map(({locations:n,message:i,subject:r})=>({heading:"",text:Me(A(b(r).slice(0,E)),y(x(i).slice(0,E)),ut(n,t))}))}}function dt(e,t){return{title:"Images",collapsed:!1,lead:`| image | digest | signature | packages | used at |
| :-- | :-- | :-- | --: | :-- |`,entries:e.map(({digest:n,locations:i,packages:r,platform:o,reference:s,signature:a,signatureMessage:l})=>({heading:"",text:Me(`${A(s.slice(0,E))}${o===void 0?"":` ${y(o.slice(0,60))}`}`,n===void 0?"?":A(L(n).slice(0,E)),`${Vn[a]} ${a}${l===void 0?"":`<br>${y(x(l).slice(0,qn))}`}`,r===void 0?"?":r.toLocaleString("en-US"),ut(i,t))}))}}var Vn={verified:"✔",unsigned:"✖",untrusted:"✖",invalid:"✖",unchecked:"?"};function ct(e,t){let n=e.filter(i=>i.state==="waived").sort((i,r)=>$(i.waiver?.until??"9",r.waiver?.until??"9"));return{title:`${g(n.length,"waived finding")}`,collapsed:!0,lead:`| finding | subject | until | owner | reason |
| :-- | :-- | :-- | :-- | :-- |`,entries:n.map(({rule:i,severity:r,subject:o,waiver:s})=>({heading:"",text:Me(`${r} ${A(i.slice(0,E))}`,A(b(o).slice(0,E)),s===void 0?"?":Zn(s.until,t.today),s===void 0?"":y(s.owner.slice(0,E)),s===void 0?"":y(s.reason.slice(0,E)))}))}}function Zn(e,t){let n=t===void 0?Number.NaN:Math.round((Date.parse(e)-Date.parse(t))/864e5),i=y(e.slice(0,20));return n>=0&&n<=Hn?`**${i}**, in ${g(n,"day")}`:i}function ut(e,t){let n=e.slice(0,Jn).map(r=>de(r,t,A)),i=e.length-n.length;return[...n,...i>0?[`${i.toLocaleString("en-US")} more`]:[]].join("<br>")}var Me=(...e)=>`| ${e.join(" | ")} |`;var Kn=65536,Qn=20,Xn=300,ft=function*(e,t){yield Yn(e,t,Kn)};function Yn(e,t,n){let i=[`## ${N[e.verdict]} Portcullis: ${W[e.verdict]}`,ei(e),ti(e.findings)],r=[...z(e),G(e)].filter(m=>m!=="").map(m=>`<sub>${y(m)}</sub>`),o=[...i,r.join(`<br>
`)].filter(m=>m!=="").join(`

`),[s,a,l]=st(e.findings,t),c=[s,lt(e.gaps,t),dt(e.subjects,t),a,ct(e.findings,t),l],u=at(c,Math.max(n,4096)-o.length-16);return`${[...i,...u,r.join(`<br>
`)].filter(m=>m!=="").join(`

`)}
`}function ei({reasons:e}){let t=e.slice(0,Qn).map(i=>`- ${y(x(i).slice(0,Xn))}`),n=e.length-t.length;return[...t,...n>0?[`- ${g(n,"more reason")}`]:[]].join(`
`)}function ti(e){return e.length===0?"":["| | critical | high | medium | low | unrated | on the base | waived |","| :-- | --: | --: | --: | --: | --: | --: | --: |",...te.map(n=>({check:n,all:e.filter(i=>i.check===n)})).filter(({all:n})=>n.length>0).map(({check:n,all:i})=>{let r=i.filter(a=>a.state==="new"),o=C.map(a=>mt(r.filter(l=>l.severity===a).length)),s=["existing","waived"].map(a=>mt(i.filter(l=>l.state===a).length));return`| ${[D[n],...o,...s].join(" | ")} |`})].join(`
`)}var mt=e=>e===0?"·":e.toLocaleString("en-US");import{gzipSync as ai}from"node:zlib";var ni=255,pt=1024,ii=10;function ht(e,t){let n=Map.groupBy(e,i=>i.rule);return new Map([...n].map(([i,r],o)=>[i,{index:o,descriptor:ri(i,r,t)}]))}function ri(e,t,n){let[i]=t;if(i===void 0)return{};let{fix:r,references:o,why:s}=F(i,n),a=n.rules?.get(e)?.title??(i.title||e),l=o.map(Y).filter(u=>u!==void 0).slice(0,ii),c=t.map(oi).reduce((u,m)=>Math.max(u,m),0);return{id:e.toWellFormed()||"unnamed",name:(e.toWellFormed()||"unnamed").slice(0,ni).toWellFormed(),shortDescription:{text:gt(a)||"unnamed"},fullDescription:{text:gt(s)},help:{text:[s,r,...l].join(`

`),markdown:[`**Why** ${y(s)}`,`**What to do** ${y(r)}`,...l.length===0?[]:[l.map(u=>`- <${u}>`).join(`
`)]].join(`

`)},...l[0]===void 0?{}:{helpUri:l[0]},properties:{tags:["security",i.check],precision:"high",...c>0?{"security-severity":c.toFixed(1)}:{}}}}function oi({score:e,severity:t}){let[n,i,r]=si[t];return Math.min(Math.max(e??i,n),r)}var si={critical:[9,9.5,10],high:[7,8,8.9],medium:[4,5.5,6.9],low:[.1,2,3.9],unknown:[0,0,0]};function gt(e){let t=e.toWellFormed();return t.length<=pt?t:`${t.slice(0,pt-1).toWellFormed()}…`}var V={resultsPerRun:25e3,gzipBytes:10*1024*1024,locationsPerResult:10},xt=function*(e,t){let n=Math.min(e.findings.length,V.resultsPerRun),i=yt(e,t,n);for(;n>0&&i.length*3>V.gzipBytes;){let r=ai(i,{level:1}).length;if(r<=V.gzipBytes)break;n=Math.floor(n*Math.min(.9,V.gzipBytes/r*.95)),i=yt(e,t,n)}yield i};function yt(e,t,n){let i=e.findings.toSorted(T).slice(0,n),r=e.findings.length-i.length,o=ht(i,t),s={$schema:"https://json.schemastore.org/sarif-2.1.0.json",version:"2.1.0",runs:[{tool:{driver:{name:"Portcullis",version:t.version,semanticVersion:t.version,rules:[...o.values()].map(({descriptor:a})=>a)}},automationDetails:{id:"portcullis/"},columnKind:"utf16CodeUnits",originalUriBaseIds:{[Le]:{description:{text:"The root of the repository."}}},invocations:[{executionSuccessful:e.gaps.length===0,toolExecutionNotifications:[...e.gaps.map(a=>fi(a,t)),...r>0?[pi(r,e.findings.length)]:[]]}],results:i.map(a=>di(a,o.get(a.rule),t)),properties:{verdict:e.verdict,reasons:e.reasons.map(Z),leftOut:r}}]};return`${X(JSON.stringify(s,null,1))}
`}var Le="%SRCROOT%",li={critical:"error",high:"error",medium:"warning",low:"note",unknown:"warning"};function di(e,t,n){let{fingerprint:i,locations:r,message:o,severity:s,state:a,subject:l,title:c}=e,u=r.slice(0,V.locationsPerResult);return{ruleId:e.rule.toWellFormed()||"unnamed",...t===void 0?{}:{ruleIndex:t.index},level:li[s],message:{text:Z(o)||Z(c)||e.rule||"no message"},locations:u.length===0?[ci(l)]:u.map(m=>bt(m,l,n)),partialFingerprints:{primaryLocationLineHash:i.toWellFormed(),"portcullis/v1":i.toWellFormed()},...a==="waived"?{suppressions:[ui(e)]}:{},...mi(e,n),properties:{check:e.check,severity:s,...e.score===void 0?{}:{score:e.score},...e.knownExploited===void 0?{}:{knownExploited:e.knownExploited},...e.epss===void 0?{}:{epss:e.epss},state:a,blocking:e.blocking,subject:l.toWellFormed(),...e.package===void 0?{}:{purl:e.package.purl.toWellFormed()},...e.package?.fixed===void 0?{}:{fixed:e.package.fixed.toWellFormed()},...r.length>u.length?{locationsLeftOut:r.length-u.length}:{}}}}function bt({file:e,...t},n,{rootPath:i=""}){let r={startLine:t.startLine,...t.startColumn===void 0?{}:{startColumn:t.startColumn},endLine:t.endLine,...t.endColumn===void 0?{}:{endColumn:t.endColumn}};return{physicalLocation:{artifactLocation:{uri:Fe(i+e),uriBaseId:Le},region:r},logicalLocations:[{fullyQualifiedName:n.toWellFormed()}]}}function ci(e){let t=e.replace(/@sha256:[0-9a-f]*$/,"").replace(/:[^:/]*$/,"");return{physicalLocation:{artifactLocation:{uri:Fe(t||"subject")},region:{startLine:1}},logicalLocations:[{fullyQualifiedName:e.toWellFormed()}]}}function Fe(e){return e.toWellFormed().split("/").map(t=>encodeURIComponent(t).replace(/[!'()*]/g,n=>`%${n.charCodeAt(0).toString(16).toUpperCase()}`)).join("/").replace(/^\/+/,"")}function ui({waiver:e}){return e===void 0?{kind:"external",status:"accepted"}:{kind:"external",status:"accepted",justification:Z(`${e.reason} (${e.owner}, until ${e.until})`)}}function mi({locations:[e],suggestion:t},n){if(e===void 0||t===void 0)return{};let i=n.lines(e.file)[t.endLine-1];if(i===void 0)return{};let o={deletedRegion:{startLine:t.startLine,startColumn:1,endLine:t.endLine,endColumn:i.length+1},insertedContent:{text:t.replacement.toWellFormed()}},s={artifactLocation:{uri:Fe((n.rootPath??"")+e.file),uriBaseId:Le},replacements:[o]};return{fixes:[{description:{text:"Suggested change"},artifactChanges:[s]}]}}function fi({locations:e,message:t,subject:n},i){return{descriptor:{id:"gap"},level:"error",message:{text:Z(`${n}: ${t}`)},...e.length===0?{}:{locations:e.map(r=>bt(r,n,i))}}}function pi(e,t){return{descriptor:{id:"left-out"},level:"warning",message:{text:`${g(e,"finding")} of ${t.toLocaleString("en-US")} left out`}}}var Z=e=>e.toWellFormed().replaceAll("](","] (");var je=String.raw`(?:\u001B\u005C|\u009C)`,wt=String.raw`\u0018\u001A\u001B\u0080-\u009F`,gi=String.raw`(?:\u001B\]|\u009D)[^\u0007${wt}]*(?:\u0007|${je})`,hi=String.raw`(?:\u001B[PX^_k]|[\u0090\u0098\u009E\u009F])[^${wt}]*${je}`,yi=String.raw`\u001B\](?:P[\dA-Fa-f]{7}|R)(?:\u0007|${je})?`,xi=String.raw`(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]`,bi=String.raw`\u001B(?:[\u0020-\u002F]+[\u0030-\u007E]|[\dA-PR-TZcf-oq-uy=><~|}])`,wi=`${yi}|${gi}|${hi}|${xi}|${bi}`;function Pe({onlyFirst:e=!1}={}){return new RegExp(wi,e?void 0:"g")}var $i=Pe();function Ie(e){if(typeof e!="string")throw new TypeError(`Expected a \`string\`, got \`${typeof e}\``);return!e.includes("\x1B")&&!e.includes("")?e:e.replace($i,"")}var $t=[161,161,164,164,167,168,170,170,173,174,176,180,182,186,188,191,198,198,208,208,215,216,222,225,230,230,232,234,236,237,240,240,242,243,247,250,252,252,254,254,257,257,273,273,275,275,283,283,294,295,299,299,305,307,312,312,319,322,324,324,328,331,333,333,338,339,358,359,363,363,462,462,464,464,466,466,468,468,470,470,472,472,474,474,476,476,593,593,609,609,708,708,711,711,713,715,717,717,720,720,728,731,733,733,735,735,768,879,913,929,931,937,945,961,963,969,1025,1025,1040,1103,1105,1105,8208,8208,8211,8214,8216,8217,8220,8221,8224,8226,8228,8231,8240,8240,8242,8243,8245,8245,8251,8251,8254,8254,8308,8308,8319,8319,8321,8324,8364,8364,8451,8451,8453,8453,8457,8457,8467,8467,8470,8470,8481,8482,8486,8486,8491,8491,8531,8532,8539,8542,8544,8555,8560,8569,8585,8585,8592,8601,8632,8633,8658,8658,8660,8660,8679,8679,8704,8704,8706,8707,8711,8712,8715,8715,8719,8719,8721,8721,8725,8725,8730,8730,8733,8736,8739,8739,8741,8741,8743,8748,8750,8750,8756,8759,8764,8765,8776,8776,8780,8780,8786,8786,8800,8801,8804,8807,8810,8811,8814,8815,8834,8835,8838,8839,8853,8853,8857,8857,8869,8869,8895,8895,8978,8978,9312,9449,9451,9547,9552,9587,9600,9615,9618,9621,9632,9633,9635,9641,9650,9651,9654,9655,9660,9661,9664,9665,9670,9672,9675,9675,9678,9681,9698,9701,9711,9711,9733,9734,9737,9737,9742,9743,9756,9756,9758,9758,9792,9792,9794,9794,9824,9825,9827,9829,9831,9834,9836,9837,9839,9839,9886,9887,9919,9919,9926,9933,9935,9939,9941,9953,9955,9955,9960,9961,9963,9969,9972,9972,9974,9977,9979,9980,9982,9983,10045,10045,10102,10111,11094,11097,12872,12879,57344,63743,65024,65039,65533,65533,127232,127242,127248,127277,127280,127337,127344,127373,127375,127376,127387,127404,917760,917999,983040,1048573,1048576,1114109],vt=12288,kt=65510,St=[12288,12288,65281,65376,65504,65510];var Ct=4352,Rt=262141,Ee=[4352,4447,8986,8987,9001,9002,9193,9196,9200,9200,9203,9203,9725,9726,9748,9749,9776,9783,9800,9811,9855,9855,9866,9871,9875,9875,9889,9889,9898,9899,9917,9918,9924,9925,9934,9934,9940,9940,9962,9962,9970,9971,9973,9973,9978,9978,9981,9981,9989,9989,9994,9995,10024,10024,10060,10060,10062,10062,10067,10069,10071,10071,10133,10135,10160,10160,10175,10175,11035,11036,11088,11088,11093,11093,11904,11929,11931,12019,12032,12245,12272,12287,12289,12350,12353,12438,12441,12543,12549,12591,12593,12686,12688,12773,12783,12830,12832,12871,12880,42124,42128,42182,43360,43388,44032,55203,63744,64255,65040,65049,65072,65106,65108,65126,65128,65131,94176,94180,94192,94198,94208,101594,101631,101664,101760,101874,101888,102801,102816,102866,110576,110579,110581,110587,110589,110590,110592,110888,110898,110898,110928,110930,110933,110933,110948,110952,110960,111355,119552,119638,119648,119670,126980,126980,127183,127183,127374,127374,127377,127386,127406,127406,127488,127490,127504,127547,127552,127560,127568,127569,127584,127589,127744,127776,127789,127797,127799,127868,127870,127891,127904,127946,127951,127955,127968,127984,127988,127988,127992,128062,128064,128064,128066,128252,128255,128317,128331,128334,128336,128359,128378,128378,128405,128406,128420,128420,128507,128591,128640,128709,128716,128716,128720,128722,128725,128729,128732,128735,128747,128748,128756,128764,128986,128986,128992,129003,129008,129008,129292,129338,129340,129349,129351,129535,129648,129660,129664,129734,129736,129736,129740,129757,129759,129771,129775,129786,131072,196605,196608,262141];var ue=(e,t)=>{let n=0,i=Math.floor(e.length/2)-1;for(;n<=i;){let r=Math.floor((n+i)/2),o=r*2;if(t<e[o])i=r-1;else if(t>e[o+1])n=r+1;else return!0}return!1};var Mt=19968,[Si,Ci]=Ri(Ee);function Ri(e){let t=e[0],n=e[1];for(let i=0;i<e.length;i+=2){let r=e[i],o=e[i+1];if(Mt>=r&&Mt<=o)return[r,o];o-r>n-t&&(t=r,n=o)}return[t,n]}var Lt=e=>e<161||e>1114109?!1:ue($t,e),Ft=e=>e<vt||e>kt?!1:ue(St,e);var jt=e=>e>=Si&&e<=Ci?!0:e<Ct||e>Rt?!1:ue(Ee,e);function Mi(e){if(!Number.isSafeInteger(e))throw new TypeError(`Expected a code point, got \`${typeof e}\`.`)}function K(e,{ambiguousAsWide:t=!1}={}){return Mi(e),Ft(e)||jt(e)||t&&Lt(e)?2:1}var Li=new Intl.Segmenter,At=new RegExp("[^\\u{20}-\\u{7E}]","v"),Ot=String.raw`\u{600}-\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}`,Fi=new RegExp(`^[${Ot}]+`,"v"),Oe=new RegExp(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Enclosing_Mark}\p{Nonspacing_Mark}[\p{Format}--[${Ot}]]]`,"v"),Pt=new RegExp("^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})","v"),ji=new RegExp("^[\\p{Emoji_Presentation}--[\\u{10000}-\\u{10FFFF}]]\\u{FE0E}","v");function Ae(e,t){if(t>=e.length)return 0;let n=new RegExp("(?<![\\p{Emoji_Modifier_Base}\\u{200D}])\\p{Emoji_Modifier}","gv");n.lastIndex=t;let i=0;for(;n.test(e);)i++;return i}var It=new RegExp("\\u{200D}\\p{Extended_Pictographic}","v");function Et(e){let t=e.search(Oe);return t===-1?void 0:e.slice(t)}function Pi(e){return e>=4352&&e<=4607||e>=43360&&e<=43388||e>=44032&&e<=55203||e>=55216&&e<=55238||e>=55243&&e<=55291}function Ii(e,t){let n=0;for(let i of e){if(i==="‍")break;Oe.test(i)&&(n+=K(i.codePointAt(0),t))}return n}function Wt(e,t){let n=e.codePointAt(0),i=n===69821||n===69837||n>=1536&&n<=2303?Fi.exec(e):void 0;if(i){let a=e.slice(i[0].length),l=Wt(a,t),c=Et(a);return l>=2&&(K(c.codePointAt(0),t)===2||Pt.test(c)||It.test(c))?l:[...i[0]].length+l}let r=Et(e);if(r===void 0)return 0;if(Pi(n))return K(n,t)+Ae(e,1)*2;if(ji.test(r))return 1;let o=Pt.exec(r);if(o)return 2+Ae(r,o[0].length)*2;let s=It.exec(r);return s?2+Ae(r,s.index+s[0].length)*2:Ii(r,t)}function Ei(e,t){let n=0,i=e.search(At);i>1&&(n=i-1,e=e.slice(n));let r=e.length;for(;r>0;){let s=e.codePointAt(r-1);if(s<32||s>126)break;r--}if(r+1<e.length&&(n+=e.length-r-1,e=e.slice(0,r+1)),!new RegExp("[^\\u{20}-\\u{7E}\\u{4E00}-\\u{9FFF}\\u{AC00}-\\u{D7A3}]","v").test(e))return n+e.length+e.replaceAll(new RegExp("[\\u{20}-\\u{7E}]","gv"),"").length;e=e.toWellFormed(),e=e.replaceAll(new RegExp("(?<=[\\u{16D63}-\\u{16D6A}])[\\u{16D63}-\\u{16D6A}]+","gv"),"");let o={ambiguousAsWide:!t};for(let{segment:s}of Li.segment(e)){if(s.length===1){Oe.test(s)&&(n+=K(s.codePointAt(0),o));continue}n+=Wt(s,o)}return n}function We(e,t={}){if(typeof e!="string"||e.length===0)return 0;let{ambiguousIsNarrow:n=!0,countAnsiEscapeCodes:i=!1}=t,r=e;return!i&&(r.includes("\x1B")||r.includes(""))&&(r=Ie(r)),At.test(r)?Ei(r,n):r.length}var Dt=4,_t=/^[\x20-\x7e]*$/;function f(e){return _t.test(e)?e.length:We(e)}function Bt(e,t){let n=Math.max(8,t),i=[],r="",o=0;for(let s of e.split(" "))for(let[a,l]of Ai(s,n).entries()){let c=f(l);r!==""&&(a>0||o+1+c>n)?(i.push(r),r=l,o=c):(o+=c+(r===""?0:1),r=r===""?l:`${r} ${l}`)}return[...i,r]}function Ai(e,t){if(f(e)<=t)return[e];let n=[],i="",r=0;for(let o of De(e)){let s=f(o);r+s>t&&i!==""&&(n.push(i),i="",r=0),i+=o,r+=s}return[...n,i]}function j(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of De(e)){if(i+=f(r),i>t-1)break;n+=r}return`${n}…`}function Tt(e,t){if(f(e)<=t)return e;let n="",i=0;for(let r of De(e).reverse()){if(i+=f(r),i>t-1)break;n=r+n}return`…${n}`}function Q(e,t){let n="",i=t;for(let[r,o]of e.split("	").entries()){if(r>0){let a=Dt-i%Dt;n+=" ".repeat(a),i+=a}let s=Ue(o);n+=s,i+=f(s)}return n}function De(e){return _t.test(e)?[...e]:[...new Intl.Segmenter("en",{granularity:"grapheme"}).segment(e)].map(({segment:t})=>t)}var Nt={bold:"1",dim:"2",plain:"",critical:"1;31",high:"31",medium:"33",low:"34",unknown:"35",pass:"1;32",block:"1;31",incomplete:"1;33"};function Ut(e){return(t,n)=>e&&n!==""&&Nt[t]!==""?`\x1B[${Nt[t]}m${n}\x1B[0m`:n}var Oi=2e3,Wi=44,Di=36;function*zt({inventory:e=[]},{paint:t,width:n}){let i=e.slice(0,Oi),r=_e(i.map(({type:a})=>a.length),12),o=_e(i.map(({name:a})=>a.length),Wi),s=_e(i.map(({version:a})=>a.length),Di);for(let a of i){let[l,c,u]=[a.type,a.name,a.version].map(h);yield`${`  ${Be(l??"",r)}  ${Be(c??"",o)}  ${Be(u??"",s)}`}  ${t("dim",j(h(_i(a)),Math.max(4,n-r-o-s-10)))}`.trimEnd()}e.length>i.length&&(yield`  and ${e.length-i.length} more`)}function _i({path:e,type:t}){return t==="apk"||t==="deb"||t==="rpm"?"":e}function _e(e,t){return Math.min(t,e.reduce((n,i)=>Math.max(n,i),0))}function Be(e,t){let n=j(e,t);return n+" ".repeat(Math.max(0,t-f(n)))}var R=600;function*w(e,t,n,i,r=o=>o){if(n!=="")for(let[o,s]of Bt(n,i-f(t)).entries())yield`${o===0?e:t}${r(s)}`}var me=2e3,Gt=3;function qt(e,t,n,i,r){let o=t.startLine,s=e[o-1];if(s===void 0)return[];let a=Math.max(16,i-n-4),l=Math.min(t.endLine,e.length),c=[],u=(m,p)=>`${r("dim",`${m.padStart(n)} │`)} ${p}`.trimEnd();if(l<=o){let{text:m,start:p,end:k}=Bi(s,t,a);return c.push(u(String(o),m)),k>p&&c.push(u("",`${" ".repeat(p)}${r("bold","^".repeat(k-p))}`)),c}for(let m=o;m<=Math.min(l,o+Gt-1);m++)c.push(u(String(m),j(Q((e[m-1]??"").slice(0,me),0),a)));return l>=o+Gt&&c.push(u("…",r("dim",`to line ${l}`))),c}function Bi(e,{startColumn:t,endColumn:n},i){let r=e.length-e.trimStart().length,o=Te((t??r+1)-1,0,e.length),s=Te((n??e.trimEnd().length+1)-1,o,e.length),a=Q(e.slice(Math.max(0,o-me),o),0),l=f(a),c=Q(e.slice(o,Math.min(s,o+me)),l),u=l+Math.max(1,f(c)),m=Q(e.slice(s,s+me),l+f(c));if(l+f(c)+f(m)<=i)return{text:a+c+m,start:l,end:u};let p=Tt(a,Te(i-f(c)-8,8,Math.max(8,l))),k=j(c,i-f(p)),Zt=j(m,Math.max(1,i-f(p)-f(k)));return{text:f(p)+f(k)<i?p+k+Zt:p+k,start:f(p),end:f(p)+Math.max(1,f(k))}}var Te=(e,t,n)=>Math.min(Math.max(e,t),n);var Ti=12,B=" ".repeat(14);function*Jt({location:e,also:t,subject:n,findings:i},r,o){let{paint:s,width:a}=o;(r===void 0||ee(r,e)!==0)&&(yield*Ni(e,i,o)),yield*w("  ","  ",h(b(n)).slice(0,R),a,l=>s("dim",l)),t.length>0&&(yield*w("  ","  ",`also ${O(t.map(l=>h(S(l))),5)}`,a,l=>s("dim",l))),yield*Ne(i,o)}function*Ni(e,t,{lines:n,paint:i,width:r}){let o=Math.max(4,String(e.endLine).length+2),a=t.some(l=>l.state==="new")?qt(n(e.file),e,o,r,i):[];a.length>0?yield*a:yield i("dim",`  line ${e.startLine}`)}function*Ne(e,t){for(let n of J(e,t.context))yield*Ui(n,t)}function*Ui(e,t){let{context:n,paint:i,told:r,width:o}=t,[s]=e.findings,a=s.state==="new",l=a?s.severity:"dim",c=s.blocking?"✖":a?"•":"·",u=h(e.package===void 0?s.rule:_(e.package)).slice(0,R),m=h(x(zi(e))).slice(0,R);if(yield*w(`  ${i(l,`${c} ${s.severity.padEnd(8)}`)}  `,B,m===""?u:`${u}: ${m}`,o,p=>p.startsWith(u)?i(a?"bold":"dim",u)+p.slice(u.length):p),!a){yield*w(B,B,Gi(s),o,p=>i("dim",p));return}if(e.package===void 0){let p=I(e,n);if(r.has(p)||(r.add(p),F(s,n).general&&(s.check==="manifest"||s.check==="dockerfile")))return;yield*w(B,B,h(p),o,k=>i("dim",k))}else{let p=e.findings.length===1?s.title:O(e.findings.map(Ht),Ti);yield*w(B,B,h(p).slice(0,R),o,k=>i("dim",k))}}function zi({findings:e,package:t}){let[n]=e;return t===void 0?n.message===""?n.title:n.message:e.length===1?Ht(n):v(e)}function Ht(e){let t=U(e);return t===""?e.rule:`${e.rule} (${t})`}function Gi({state:e,waiver:t}){return e==="existing"?"already on the base":t===void 0?"waived":h(`waived until ${t.until} by ${t.owner}: ${t.reason}`).slice(0,R)}var Vt=function*(e,t){for(let n of qi(e,t))yield`${ze(n)}
`};function*qi(e,t){let n=Math.min(Math.max(t.width||80,40),160),i=Ut(t.colour),r={context:t,paint:i,width:n,lines:le(e,t),told:new Set};for(let{file:o,places:s}of ie(e.findings)){yield q(o,v(s.flatMap(a=>a.findings)),r),r.told.clear(),yield"";for(let[a,l]of s.entries())yield*Jt(l,s[a-1]?.location,r),yield""}for(let[o,s]of re(e.findings))yield q(b(o),v(s),r),r.told.clear(),yield"",yield*Ne(s,r),yield"";if(e.gaps.length>0){yield q("not verified",g(e.gaps.length,"gap"),r),yield"";for(let o of e.gaps)yield*Ji(o,r);yield""}e.subjects.length>0&&(yield q("images","",r),yield"",yield*Hi(e.subjects,r),yield"");for(let o of e.subjects.filter(({inventory:s})=>s!==void 0&&s.length>0))yield q(`packages of ${o.reference}`,"",r),yield"",yield*zt(o,r),yield"";yield q("verdict","",r),yield"";for(let o of[...z(e),G(e)].map(h))yield*w("  ","  ",o,n,s=>i("dim",s));yield"",yield*Vi(e,i,n)}function q(e,t,{paint:n,width:i}){let r=h(e),o=f(r)+f(t)+4>i?"":t,s=j(r,i-4),a="─".repeat(Math.max(2,i-f(s)-f(o)-(o===""?1:2)));return`${n("bold",s)} ${n("dim",a)}${o===""?"":` ${o}`}`}function*Ji({subject:e,message:t,locations:n},{paint:i,width:r}){yield*w(`  ${i("incomplete","?")} `,"    ",h(b(e)).slice(0,R),r),yield*w("    ","    ",h(x(t)).slice(0,R),r),n.length>0&&(yield*w("    ","    ",O(n.map(S).map(h),5),r,o=>i("dim",o)))}function*Hi(e,{paint:t,width:n}){let i={verified:"pass",unsigned:"high",untrusted:"high",invalid:"critical",unchecked:"dim"};for(let r of e){let o=[r.digest===void 0?"no digest":L(r.digest),r.platform??"",r.packages===void 0?"":g(r.packages,"package")].filter(s=>s!=="");yield*w(`  ${t(i[r.signature],r.signature.padEnd(9))}  `," ".repeat(13),h(r.reference),n),yield*w(" ".repeat(13)," ".repeat(13),h(o.join(" · ")),n,s=>t("dim",s)),r.signatureMessage!==void 0&&(yield*w(" ".repeat(13)," ".repeat(13),h(x(r.signatureMessage)).slice(0,R),n))}}function*Vi({verdict:e,reasons:t},n,i){yield`  ${n(e,`${N[e]} ${W[e]}`)}`;for(let r of t)yield*w("    ","    ",h(x(r)).slice(0,R),i)}var Ws={html:ot,json:ae,markdown:ft,sarif:xt,text:Vt};export{h as a,ze as b,Qt as c,Qi as d,y as e,P as f,A as g,Xi as h,Y as i,T as j,g as k,O as l,v as m,L as n,x as o,b as p,U as q,J as r,fr as s,_ as t,F as u,I as v,se as w,Kn as x,Yn as y,V as z,xt as A,Ws as B};
