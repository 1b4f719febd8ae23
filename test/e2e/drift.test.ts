import { afterAll, beforeAll, expect, test } from 'vitest'
import { osvRecord } from '../builders/advisories.ts'
import { folderOf, portcullis, reportOf } from '../builders/command.ts'
import { imageSeries, minerAndBackDoor } from '../builders/image-series.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'
import { type GitFolder, gitFolder } from '../builders/tree.ts'

const record = osvRecord({ id: 'CVE-2024-1', name: 'other', events: ['introduced 0'], ecosystem: 'Alpine:v3.18' })

let registry: TestRegistry
let tree: GitFolder
let advisories: Awaited<ReturnType<typeof folderOf>>
const deployment = (tag: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: shop }\nspec:\n  containers:\n    - name: shop\n      image: ${registry.host}/shop:${tag}\n`

/** 1.3.0 is an honest update of 1.2.0, and 1.4.0 is not. */
beforeAll(async () => {
  registry = await startRegistry()
  for (const { tag, image } of imageSeries(2, 4)) registry.push('shop', tag, image)
  const last = imageSeries(2, 5, minerAndBackDoor).at(-1)
  if (last) registry.push('shop', last.tag, last.image)
  tree = gitFolder({ 'shop.yaml': deployment('1.2.0') })
  tree.commit('base')
  advisories = await folderOf({ '1.json': JSON.stringify(record) })
}, 60_000)
afterAll(async () => {
  await registry.close()
  tree[Symbol.dispose]()
  await advisories.remove()
})

const call = () => ['check', tree.path, '--base', 'HEAD', '--checks', 'images', '--advisories', advisories.directory]
const rules = (findings: readonly { readonly rule: string }[]) =>
  findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('drift/'))

test('an honest update of an image is told, and nothing of its drift is a finding', async () => {
  tree.write({ 'shop.yaml': deployment('1.3.0') })
  const { report } = await reportOf(call())
  expect({ from: report.subjects[0]?.drift?.from.reference, rules: rules(report.findings) }).toEqual({
    from: `${registry.host}/shop:1.2.0`,
    rules: [],
  })
}, 60_000)

test('a planted setuid file blocks at the line that names the image, and the terminal says what changed', async () => {
  tree.write({ 'shop.yaml': deployment('1.4.0') })
  const { report, status } = await reportOf(call())
  const setuid = report.findings.find(({ rule }) => rule === 'drift/setuid-added')
  expect({ status, line: setuid?.locations[0]?.startLine, blocking: setuid?.blocking, path: setuid?.content?.path }).toEqual({
    status: 1,
    line: 7,
    blocking: true,
    path: 'usr/bin/passwd2',
  })
  expect(rules(report.findings)).toEqual(expect.arrayContaining(['drift/binary-added', 'drift/setuid-added']))
  const { output } = await portcullis(call())
  expect(output.replaceAll(/\s+/gu, ' ')).toContain('setuid files 1 added (usr/bin/passwd2)')
}, 60_000)
