import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var s=new Set(["ClusterPolicy","NamespacedValidatingPolicy","Policy","ValidatingAdmissionPolicy","ValidatingPolicy"]);function t({objects:i}){return i.some(({kind:o,apiVersion:e})=>s.has(o)&&/^(?:admissionregistration\.k8s\.io|kyverno\.io|policies\.kyverno\.io)\//.test(e))}export{t as a};
