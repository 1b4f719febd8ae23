import{e as a}from"./chunk-BTT7MTEV.js";import"./chunk-QHLWX7YQ.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as newestVersion};
