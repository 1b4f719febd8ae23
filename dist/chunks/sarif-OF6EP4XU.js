import{a,b}from"./chunk-ORLS4VCI.js";import"./chunk-TZMPSG6A.js";import"./chunk-5ZNBRCJV.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{b as sarif,a as sarifLimits};
