import{ba as a}from"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as beginTelemetry};
