import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as c,c as f}from"./chunk-XR2D7ARI.js";import{a as s}from"./chunk-OYP4UMZS.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";var a=150;function m(e,{from:n,to:t},o,i){let r=`Portcullis: ${c(e)}: ${e.severity}: ${e.condition}`,l=f(e,s).join(`\r
`);return[`Date: ${i.toUTCString().replace("GMT","+0000")}`,`From: ${n}`,`To: ${t.join(`,\r
 `)}`,`Message-ID: <${o}@${n.slice(n.lastIndexOf("@")+1)}>`,`Subject: ${u(s(r).slice(0,a).toWellFormed())}`,"Auto-Submitted: auto-generated","MIME-Version: 1.0","Content-Type: text/plain; charset=utf-8","Content-Transfer-Encoding: base64","",g(Buffer.from(`${l}\r
`).toString("base64")),""].join(`\r
`)}function u(e){let n=[],t=Buffer.alloc(0),o=()=>{t.length>0&&n.push(`=?utf-8?B?${t.toString("base64")}?=`)};for(let i of e){let r=Buffer.from(i);t.length+r.length>36?(o(),t=r):t=Buffer.concat([t,r])}return o(),n.join(`\r
 `)}function g(e){return e.replace(/.{76}(?=.)/g,`$&\r
`)}export{m as mailMessage};
