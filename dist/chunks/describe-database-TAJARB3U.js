import{h as a}from"./chunk-LE6VBLZK.js";import"./chunk-QHLWX7YQ.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as describeDatabase};
