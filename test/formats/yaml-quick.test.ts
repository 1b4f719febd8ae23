/** The quick reader against the whole one: on documents of every form, and on thousands that were damaged at random (from a fixed seed). */
import { describe, expect, test } from 'vitest'
import { composeDocuments } from '../../src/formats/yaml/compose.ts'
import { defaultLimits } from '../../src/formats/yaml/limits.ts'
import type { YamlNode } from '../../src/formats/yaml/node.ts'
import { readQuickly } from '../../src/formats/yaml/quick.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop # the name
  labels: {app: shop, "tier": 'front end'}
spec:
  replicas: 3
  template:
    spec:

      # containers
      containers:
      - name: main
        image: ghcr.io/acme/shop:1.4@sha256:00
        args: ["--port", '8080', --log=json, -v,]
        env:
        - name: A
          value: "a \\"b\\" \\u00e9"
        -   name: B
            value: it's
      initContainers:
        -
          name: first
        - - nested
          - list: 1
      volumes:
`

const configMap = `---
apiVersion: v1
kind: ConfigMap
data:
  a.conf: |
    server {

      listen 80; # no comment
    }

  b: |-
      deep
       deeper
  c: |+ # keep
    x

  "quoted key": 'it''s'
  empty:
  url: http://x/#y
  tilde: ~
`

const json = '{\n\t"kind": "Pod",\r\n  "n":[1, -2.5e3, true, {}, [], {"a":null}],\n  "s": "\\ud83d\\ude00 \\/"\n}\n'

const understood = [
  deployment,
  configMap,
  json,
  '- a\n- b: c\n  d: e\n-\n- - x\n',
  '# nothing\n',
  'key with blanks: v\n-1: x\n',
  '[]\n',
  'a: |\n  x\n',
]

describe('documents that it reads', () => {
  test.each(understood)('%j gives the nodes of the whole reader', (text) => {
    const quick = readQuickly(text, 0, text.length, 'kubernetes', defaultLimits)
    expect(quick).toBeDefined()
    expect(plain(quick?.root)).toEqual(wholeReader(text))
  })
})

test.each([
  ['an anchor', 'a: &b c\n'],
  ['an alias', 'a: *b\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a merge key', 'a:\n  <<: {b: 1}\n'],
  ['a complex key', '? a\n: b\n'],
  ['a folded block', 'a: >\n  b\n'],
  ['an indentation indicator', 'a: |2\n   b\n'],
  ['a scalar on two lines', 'a: b\n  c\n'],
  ['a quoted scalar on two lines', 'a: "b\n  c"\n'],
  ['a flow list on two lines', 'a: [b,\n  c]\n'],
  ['a tab', 'a:\tb\n'],
  ['a carriage return', 'a: b\r\n'],
  ['a duplicate key', 'a: 1\na: 2\n'],
  ['a duplicate among many', `${Array.from({ length: 40 }, (_, index) => `k${index}: 1\n`).join('')}k20: 2\n`],
  ['a map inside a scalar', 'a: b: c\n'],
  ['a wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
  ['an end of the document', 'a: 1\n...\n'],
  ['a scalar alone', 'abc\n'],
  ['an escape that JSON has not', 'a: "\\x41"\n'],
  ['nesting beyond the limit', `a: ${'['.repeat(101)}${']'.repeat(101)}\n`],
])('%s is left to the whole reader', (_, text) => {
  expect(readQuickly(text, 0, text.length, 'kubernetes', defaultLimits)).toBe(undefined)
})

test('wherever it reads a damaged document, the whole reader reads the same', () => {
  const random = generator(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  let read = 0
  for (let round = 0; round < 3000; round++) {
    let text = pick(understood)
    for (let wounds = 1 + Math.floor(random() * 3); wounds > 0; wounds--) text = wound(text, random, pick)
    if (/\n---(?:\s|$)|^%|\n%/.test(text)) continue
    const quick = readQuickly(text, 0, text.length, 'kubernetes', defaultLimits)
    if (!quick) continue
    read++
    expect(plain(quick.root), JSON.stringify(text)).toEqual(wholeReader(text))
  }
  expect(read).toBeGreaterThan(750)
}, 60_000)

const inserted = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n\n',
    ':',
    ': ',
    ' #',
    '#',
    '-',
    '- ',
    '---',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '|',
    '|-',
    '|+',
    '|2',
    '>',
    '...',
  ],
  ...['&a ', '*a', '!', '!!str ', '?', '? ', '%', '@', '`', '\t', 'a', '0', '~', '\\', '\\n', '<<: ', 'é', '.', '=', '\ufeff', '\r'],
]

function wound(text: string, random: () => number, pick: <T>(list: readonly T[]) => T): string {
  const at = Math.floor(random() * (text.length + 1))
  const choice = random()
  if (choice < 0.55) return text.slice(0, at) + pick(inserted) + text.slice(at)
  if (choice < 0.8) return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 4))
  const lines = text.split('\n')
  const line = Math.floor(random() * lines.length)
  if (choice < 0.9) lines.splice(line, 1)
  else lines[line] = random() < 0.5 ? ` ${lines[line]}` : (lines[line] ?? '').replace(/^ /, '')
  return lines.join('\n')
}

function wholeReader(text: string): unknown {
  try {
    const documents = [...composeDocuments(text, 0, 'kubernetes', defaultLimits)]
    if (documents.length > 1 || documents.some(({ problems }) => problems.length > 0)) return 'refused'
    return plain(documents[0]?.root)
  } catch (error) {
    return error
  }
}

function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined
  const { kind, start, end } = node
  if (node.kind === 'scalar') return [kind, start, end, node.content, node.plain, node.tag]
  if (node.kind === 'list') return [kind, start, end, node.items.map(plain)]
  if (node.kind === 'alias') return [kind, start, end]
  return [kind, start, end, node.pairs.map(({ key, keyStart, keyEnd, isMerge, value }) => [key, keyStart, keyEnd, isMerge, plain(value)])]
}

/** mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
