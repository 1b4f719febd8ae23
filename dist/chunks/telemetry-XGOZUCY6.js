import{ba as a}from"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as beginTelemetry};
