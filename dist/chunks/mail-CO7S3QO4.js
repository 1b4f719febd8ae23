import{a as s,n as p,o as m}from"./chunk-C2A4ZQHT.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";var f=150;function d(t,{from:o,to:r},n,i){let e=`Portcullis: ${p(t)}: ${t.severity}: ${t.condition}`,c=m(t,s).join(`\r
`);return[`Date: ${i.toUTCString().replace("GMT","+0000")}`,`From: ${o}`,`To: ${r.join(`,\r
 `)}`,`Message-ID: <${n}@${o.slice(o.lastIndexOf("@")+1)}>`,`Subject: ${l(s(e).slice(0,f).toWellFormed())}`,"Auto-Submitted: auto-generated","MIME-Version: 1.0","Content-Type: text/plain; charset=utf-8","Content-Transfer-Encoding: base64","",a(Buffer.from(`${c}\r
`).toString("base64")),""].join(`\r
`)}function l(t){let o=[],r=Buffer.alloc(0),n=()=>{r.length>0&&o.push(`=?utf-8?B?${r.toString("base64")}?=`)};for(let i of t){let e=Buffer.from(i);r.length+e.length>36?(n(),r=e):r=Buffer.concat([r,e])}return n(),o.join(`\r
 `)}function a(t){return t.replace(/.{76}(?=.)/g,`$&\r
`)}export{d as mailMessage};
