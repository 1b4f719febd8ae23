import{a as p}from"./chunk-3QZ5KCAZ.js";import"./chunk-EMBIDUMY.js";function a(e,o){return`${p(e,o).map(n=>[`# TYPE ${n.name} ${n.type}
`,n.unit===void 0?"":`# UNIT ${n.name} ${n.unit}
`,`# HELP ${n.name} ${n.help}
`,...r(n)].join("")).join("")}# EOF
`}function f(e,o){return p(e,o).map(t=>{let n=`${t.name}${u(t)}`,s=t.type==="stateset"?"gauge":t.type;return[`# HELP ${n} ${t.help}
`,`# TYPE ${n} ${s}
`,...r(t)].join("")}).join("")}function r(e){return e.samples.map(({labels:o,value:t})=>{let n=Object.entries(o).map(([s,i])=>`${s}="${i}"`);return`${e.name}${u(e)}${n.length>0?`{${n.join(",")}}`:""} ${t}
`})}function u({type:e}){return e==="counter"?"_total":""}export{a as openMetrics,f as prometheusText};
