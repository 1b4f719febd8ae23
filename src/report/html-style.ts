/** The page's style: dark and light as the reader has it, one column on a phone, everything unfolded on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f6f7f9; --line: #d9dde3; --text: #1c2128; --quiet: #59636e; --link: #0b57d0;
  --critical: #a40e26; --high: #c2410c; --medium: #8a5a00; --low: #1f5fa8; --unknown: #6b4fa0; --good: #1a7f37; --mark: #ffe9a8;
  --on-colour: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --raised: #171c23; --line: #2d343d; --text: #e3e8ee; --quiet: #9aa5b1; --link: #8ab4ff;
    --critical: #ff8a94; --high: #ffa66b; --medium: #ecc15c; --low: #82b7ff; --unknown: #c4adff; --good: #63d683; --mark: #5c4a12;
    --on-colour: #0f1318;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header.top, footer { max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
code, pre, .code, .where { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .92em; }
a { color: var(--link); }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
h2 small { color: var(--quiet); font-weight: normal; }
small { color: var(--quiet); font-size: .87em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }

header.top { padding-top: 1.5rem; }
.verdict { border: 1px solid var(--line); border-left: 6px solid var(--verdict); border-radius: 6px; background: var(--raised); padding: 1rem 1.2rem; }
.verdict.pass { --verdict: var(--good); }
.verdict.block { --verdict: var(--critical); }
.verdict.incomplete { --verdict: var(--medium); }
.verdict h1 { color: var(--verdict); }
.verdict h1 small { font-size: 1rem; font-weight: normal; margin-left: .4rem; }
.verdict ul { margin: .6rem 0 0; padding-left: 1.2rem; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: 1rem 0 0; padding: 0; list-style: none; color: var(--quiet); }
.counts b { color: var(--text); font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.counts .critical b { color: var(--critical); } .counts .high b { color: var(--high); } .counts .medium b { color: var(--medium); } .counts .low b { color: var(--low); }

#filters > details > summary { cursor: pointer; color: var(--quiet); font-size: .87em; }
#filters > details[open] > summary { margin-bottom: .5rem; }
#filters { border: 1px solid var(--line); border-radius: 6px; background: var(--raised); padding: .7rem .9rem; margin-bottom: .8rem; }
.row { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: end; }
.row + .row { margin-top: .6rem; align-items: center; }
.bar { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; margin-bottom: .5rem; }
#filters label { color: var(--quiet); font-size: .87em; }
#filters .row.fields label { display: grid; flex: 1 1 9rem; }
#filters input[type="search"], #filters select { font: inherit; font-size: 15px; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 4px; padding: 0 .4rem; height: 2.1rem; width: 100%; min-width: 0; }
#filters fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem .9rem; }
#filters legend { float: left; padding: 0; margin-right: .7rem; color: var(--quiet); font-size: .87em; line-height: 1.8rem; }
#filters .box { display: inline-flex; align-items: center; gap: .3rem; min-height: 1.8rem; color: var(--text); }
#filters .box input { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--link); }
#shown { color: var(--quiet); font-variant-numeric: tabular-nums; }
button { font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 4px; padding: .25rem .8rem; cursor: pointer; }

.list { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.list > * { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
.gap { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.6fr) minmax(0, .8fr); gap: 0 1rem; padding: .4rem; align-items: baseline; }
.list > * > details > summary { display: grid; grid-template-columns: 5.6rem minmax(0, 1fr) minmax(0, auto); gap: 0 .8rem; align-items: baseline; padding: .55rem .4rem; cursor: pointer; list-style: none; }
.list > * > details > summary::-webkit-details-marker { display: none; }
.list > * > details > summary:hover { background: var(--raised); }
.list > * > details[open] > summary { background: var(--raised); }
.where { color: var(--quiet); text-align: right; max-width: 24rem; font-size: .83em; }
.body { padding: .2rem .4rem 1.1rem 6.8rem; }
.severity, .signature { font-size: .82em; font-weight: 600; white-space: nowrap; }
.severity::before { content: ""; display: inline-block; width: .62em; height: .62em; border-radius: 2px; background: currentColor; margin-right: .4em; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); } .unknown { color: var(--unknown); }
.severity.critical::before { border-radius: 0; transform: rotate(45deg); }
.severity.low::before, .severity.unknown::before { border-radius: 50%; }
.signature.verified { color: var(--good); } .signature.unsigned, .signature.untrusted, .signature.invalid { color: var(--critical); } .signature.unchecked { color: var(--medium); }
.flag { display: inline-block; border: 1px solid var(--line); border-radius: 3px; color: var(--quiet); font-size: .78em; padding: 0 .4em; }
.flag.blocks { color: var(--on-colour); background: var(--critical); border-color: var(--critical); }
.finding[data-state="existing"] .what, .finding[data-state="waived"] .what { color: var(--quiet); }

dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .3rem 0 .6rem; }
dt { color: var(--quiet); } dd { margin: 0; }
ul.links { list-style: none; margin: 0; padding: 0; }
.label { color: var(--quiet); font-size: .87em; margin: .7rem 0 .2rem; }
.code, pre.suggestion { border: 1px solid var(--line); border-radius: 5px; background: var(--raised); overflow-x: auto; margin: 0; tab-size: 4; overflow-wrap: normal; }
.code table { border-collapse: collapse; min-width: 100%; }
.code th { position: sticky; left: 0; background: var(--raised); color: var(--quiet); font-weight: normal; text-align: right; padding: 0 .7rem; border-right: 1px solid var(--line); user-select: none; }
.code td { white-space: pre; padding: 0 .8rem; width: 100%; }
.code .hit th { color: var(--text); font-weight: 600; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
pre.suggestion { padding: .3rem .8rem; border-left: 3px solid var(--good); }
.scroll { overflow-x: auto; overflow-wrap: normal; }
.scroll table { border-collapse: collapse; min-width: 100%; font-size: .92em; }
.scroll th, .scroll td { text-align: left; vertical-align: top; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--line); }
.scroll th { color: var(--quiet); font-weight: normal; }
.scroll td { min-width: 4rem; max-width: 28rem; overflow-wrap: anywhere; }
.scroll td:first-child { white-space: nowrap; }
.layer, .more { margin-top: .5rem; }
.layer > summary, .more > summary { cursor: pointer; color: var(--quiet); }
footer { color: var(--quiet); font-size: .87em; margin-top: 2.5rem; padding-bottom: 2rem; }
[hidden] { display: none !important; }

@media (max-width: 40rem) {
  body { font-size: 16px; }
  .gap { grid-template-columns: minmax(0, 1fr); }
  .list > * > details > summary { grid-template-columns: minmax(0, 1fr); gap: .1rem; padding: .7rem .2rem; }
  .where { text-align: left; max-width: none; }
  .body { padding: 0 .2rem 1.1rem; }
  #filters .row.fields label { flex-basis: 44%; }
  #filters input[type="search"], #filters select { font-size: 16px; }
  .advisories thead { position: absolute; clip-path: inset(50%); }
  .advisories, .advisories tbody { display: block; }
  .advisories tr { display: flex; flex-wrap: wrap; gap: 0 .9rem; align-items: baseline; border-bottom: 1px solid var(--line); padding: .35rem 0; }
  .advisories td { border: 0; padding: 0; min-width: 0; }
  .advisories td:last-child { flex-basis: 100%; max-width: none; }
  .code { padding-bottom: .5rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .4rem; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --raised: #fff; --line: #bbb; --text: #000; --quiet: #444; --link: #000; --critical: #8e0b20; --high: #8a2e08; --medium: #6b4600; --low: #174a85; --unknown: #4d3880; --good: #145f2a; --mark: #ddd; --on-colour: #fff; }
  body { font-size: 9.5pt; }
  main, header.top, footer { max-width: none; padding: 0; }
  #filters, .bar, #save { display: none !important; }
  details::details-content { content-visibility: visible !important; block-size: auto !important; }
  .list > * { content-visibility: visible; break-inside: avoid-page; }
  .body { padding-left: 1rem; }
  .code, .scroll { overflow: visible; } .code td { white-space: pre-wrap; overflow-wrap: anywhere; }
  .severity::before, mark, .flag.blocks { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
