import{a}from"./chunk-DUG6M6IW.js";import"./chunk-B3D2ZORJ.js";import"./chunk-FDTPEHH6.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as environmentCredentials};
