import { expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { networkSection } from '../../src/report/markdown-network.ts'

const report = { reachability: { added: [{ from: 'outside', to: 'Pod/shop/a```\n<b>', ports: ['80'] }], removed: [] } } as unknown as Report

test('a change of the network is drawn, and no name ends the fence', () => {
  expect(networkSection(report).entries.map(({ text }) => text)).toEqual([
    '```mermaid\nflowchart LR\n  n0["Pod/shop/a#96;#96;#96;#10;#60;b#62;"]\n  n1["outside"]\n  n1 ==>|"80"| n0\n```',
  ])
})

test('no change draws nothing', () => {
  expect(networkSection({} as Report).entries).toEqual([])
})
