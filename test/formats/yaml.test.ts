import { describe, expect, test } from 'vitest'
import { type Dialect, parseYaml } from '../../src/formats/yaml.ts'
import { cpuMilliseconds } from '../builders/cpu-time.ts'

function parse(text: string | Uint8Array, dialect: Dialect = 'kubernetes', limits = {}) {
  return parseYaml('a.yaml', typeof text === 'string' ? new TextEncoder().encode(text) : text, { dialect, limits })
}

function values(text: string | Uint8Array, dialect: Dialect = 'kubernetes'): unknown[] {
  const { documents, errors } = parse(text, dialect)
  expect(errors).toEqual([])
  return documents.map((document) => JSON.parse(JSON.stringify(document.toJson())))
}

describe('scalars', () => {
  test('Kubernetes reads the words and numbers of YAML 1.1, without dates and sixties', () => {
    const text = 'a: yes\nb: Off\nc: n\nd: 0755\ne: 0o17\nf: 0x1F\ng: 1_000\nh: 2024-01-01\ni: 12:30:45\nj: ~\nk: 1e3\nl: 08\nm: nO\n'
    expect(values(text)).toEqual([
      { a: true, b: false, c: false, d: 493, e: 15, f: 31, g: 1000, h: '2024-01-01', i: '12:30:45', j: null, k: 1000, l: 8, m: 'nO' },
    ])
  })

  test('the core schema knows true and false alone', () => {
    expect(values('a: yes\nb: 0755\nc: 0o17\nd: True\ne: 1_000\non: x\n', 'core')).toEqual([
      { a: 'yes', b: 755, c: 15, d: true, e: '1_000', on: 'x' },
    ])
  })

  test('keys are named as the API server names them', () => {
    expect(values('on: 1\n010: 2\n"null": 3\n')).toEqual([{ true: 1, 8: 2, null: 3 }])
    expect(parse('a: 1\nnull: 3\n').errors).toEqual([{ line: 2, column: 1, message: 'a key that is null' }])
  })

  // Each was tried with sigs.k8s.io/yaml v1.6.0.
  test.each([
    ['"yes"', 'yes'],
    ['!!str 1', '1'],
    ['!!bool "yes"', true],
    ['!!int "0x10"', 16],
    ['!!float 3', 3],
    ['!!timestamp 2001-01-01', '2001-01-01'],
    ['!!null ""', null],
    ['!!binary aGk=', 'hi'],
    ['! true', 'true'],
    ['! "12"', '12'],
    ['!!map off', 'off'],
    ['1e400', '1e400'],
    ['+1', 1],
    ['-0b11', -3],
    ['0b12', '0b12'],
    ['.5', 0.5],
    ['5.', 5],
    ['1_', 1],
    ['_1', '_1'],
    ['0x', '0x'],
  ])('Kubernetes reads %s as %j', (written, value) => {
    expect(values(`k: ${written}\n`)).toEqual([{ k: value }])
  })

  test('integers of any length stay exact', () => {
    expect(
      parse('a: 18446744073709551616\nb: -9007199254740993')
        .documents[0]?.entries()
        .map(([, field]) => field.value),
    ).toEqual([18446744073709551616n, -9007199254740993n])
  })

  test('the text of a scalar is what is written', () => {
    const root = parse('mode: 0755\nname: "yes" # no\n').documents[0]
    expect([root?.at('mode').text, root?.at('name').text]).toEqual(['0755', '"yes"'])
  })
})

describe('places', () => {
  test('a value and its key have their lines and columns', () => {
    const field = parse('spec:\n  containers:\n    - name: a\n      image: "x:1"  # comment\n').documents[0]?.at(
      'spec',
      'containers',
      0,
      'image',
    )
    expect(field?.location()).toEqual({ file: 'a.yaml', startLine: 4, endLine: 4, startColumn: 14, endColumn: 19 })
    expect(field?.keyLocation()).toEqual({ file: 'a.yaml', startLine: 4, endLine: 4, startColumn: 7, endColumn: 12 })
    expect(field?.path).toEqual(['spec', 'containers', 0, 'image'])
  })

  test('a field that is absent stands at the key of its nearest parent', () => {
    const field = parse('a:\n  b:\n    c: 1\n').documents[0]?.at('a', 'b', 'x', 0, 'y')
    expect(field?.kind).toBe('absent')
    expect(field?.location()).toEqual({ file: 'a.yaml', startLine: 2, endLine: 2, startColumn: 3, endColumn: 4 })
    expect(field?.path).toEqual(['a', 'b', 'x', 0, 'y'])
  })

  test('a map ends where its last value ends', () => {
    expect(parse('a:\n  b: 1\n  c: 2\n\n# comment\nd: 3\n').documents[0]?.at('a').location()).toMatchObject({
      startLine: 2,
      endLine: 3,
      endColumn: 7,
    })
  })

  test('a key without a value has its own place', () => {
    expect(parse('a:\nb: 1\n').documents[0]?.at('a').location()).toMatchObject({ startLine: 1, startColumn: 1, endColumn: 2 })
  })

  test('later documents count lines from the start of the file', () => {
    expect(parse('a: 1\n---\n# c\nb: 2\n').documents[1]?.at('b').location()).toMatchObject({ startLine: 4, startColumn: 4 })
  })

  test('Windows line ends, a byte order mark and UTF-16 leave lines and columns as an editor shows them', () => {
    const text = 'a: 1\r\nb: ünï\r\n'
    const little = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const bytes of [Buffer.from(`\ufeff${text}`), little, Buffer.from(little).swap16(), Buffer.from(text, 'utf16le')]) {
      const { documents, errors, lines } = parse(bytes)
      expect(errors).toEqual([])
      expect(lines).toEqual(['a: 1', 'b: ünï', ''])
      expect(documents[0]?.at('b').location()).toMatchObject({ startLine: 2, startColumn: 4, endColumn: 7 })
    }
  })
})

describe('aliases and merge keys', () => {
  test('a field below an alias has the place where it is written, the alias its own', () => {
    const root = parse('p: &p\n  image: a\nq: *p\n').documents[0]
    expect(root?.at('q', 'image').location()).toMatchObject({ startLine: 2 })
    expect(root?.at('q').location()).toMatchObject({ startLine: 3, startColumn: 4 })
  })

  test('a merge key above is overridden, and of several maps the first wins', () => {
    expect(values('a: &a {p: 1, q: 1}\nb: &b {q: 2, r: 2}\nc:\n  <<: [*a, *b]\n  r: 3\n')).toMatchObject([{ c: { p: 1, q: 1, r: 3 } }])
  })

  test('a merge key below wins for Kubernetes and loses in the core dialect', () => {
    const text = 'a: &a {privileged: true}\nc:\n  privileged: false\n  <<: *a\n'
    expect(values(text)).toMatchObject([{ c: { privileged: true } }])
    expect(values(text, 'core')).toMatchObject([{ c: { privileged: false } }])
  })

  test('"<<" in quotes is a key like any other', () => {
    expect(values('a: {"<<": {b: 1}}\n')).toEqual([{ a: { '<<': { b: 1 } } }])
  })

  test('a merge key takes maps alone', () => {
    expect(parse('a:\n  <<: 1\n').errors).toEqual([{ line: 2, column: 7, message: 'a merge key takes a map or a list of maps' }])
  })

  test('aliases that multiply are an error on their line, in milliseconds, and the next document is read', () => {
    const levels = 'abcdefghijkl'.split('').map((name, index, all) => {
      const inner = index === 0 ? 'x' : `*${all[index - 1]}`
      return `${name}: &${name} [${Array(9).fill(inner).join(', ')}]\n`
    })
    const bomb = `${levels.join('')}---\nb: 1\n`
    expect(cpuMilliseconds(() => parse(bomb))).toBeLessThan(200)
    const { documents, errors } = parse(bomb)
    expect(errors).toEqual([{ line: 7, column: 8, message: 'aliases that repeat more than 1000000 values' }])
    expect(documents.map((document) => document.toJson())).toEqual([{ b: 1 }])
  })

  test('a chain of aliases is no deeper than the limit', () => {
    const chain = Array.from({ length: 200 }, (_, index) => `- &n${index} [${index === 0 ? 'x' : `*n${index - 1}`}]\n`).join('')
    expect(parse(chain).errors).toMatchObject([{ line: 99, message: 'nesting deeper than 100 levels' }])
  })

  test('an alias to what it stands in, and one without an anchor, are errors', () => {
    expect(parse('a: &a\n  b: *a\n').errors).toEqual([{ line: 2, column: 6, message: 'alias "a" stands inside what it repeats' }])
    expect(parse('a: *b\n').errors).toEqual([{ line: 1, column: 4, message: 'alias "b" has no anchor before it' }])
  })
})

describe('what readers disagree on', () => {
  test('a key that is written twice is an error, and the last one is read', () => {
    const { documents, errors } = parse('a: 1\nb:\n  c: 1\n  "c": 2\n')
    expect(errors).toEqual([{ line: 4, column: 3, message: 'key "c" is written twice in one map' }])
    expect(documents[0]?.toJson()).toEqual({ a: 1, b: { c: 2 } })
    expect(documents[0]?.at('b').entries()).toHaveLength(1)
  })

  test('a tag that is not known is an error, and the document is read', () => {
    const { documents, errors } = parse('a: !secret b\nc: !!int x\n')
    expect(errors).toMatchObject([{ line: 2, message: 'tag "tag:yaml.org,2002:int" on "x"' }])
    expect(documents).toHaveLength(0)
    expect(parse('a: !secret b\n')).toMatchObject({ documents: [{}], errors: [{ line: 1, message: 'tag "!secret" is not known' }] })
    expect(parse('a: !reset null\n', 'core').errors).toEqual([])
  })

  test('a carriage return alone, NEL, LS and PS break lines, as they do for the API server', () => {
    for (const breaker of ['\r', '\u0085', '\u2028', '\u2029']) {
      expect(values(`a: b${breaker}privileged: true\n`)).toEqual([{ a: 'b', privileged: true }])
      expect(values(`# comment${breaker}privileged: true\n`)).toEqual([{ privileged: true }])
    }
    expect(values('a: b\u2028c\n', 'core')).toEqual([{ a: 'b\u2028c' }])
  })
})

describe('what is not readable', () => {
  test.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', 2],
    ['a quote that is not closed', 'a: "x\nb: 1\n', 3],
    ['a bracket that is not closed', 'a: [1, 2\nb: 1\n', 2],
    ['a key that is a list', '? [a]\n: b\n', 1],
    ['a template', 'a: {{ .Values.a }}\n', 1],
    ['a map inside a scalar', 'a: b: c\n', 1],
    ['a wrong indentation', 'a:\n    b: 1\n  c: 2\n', 3],
  ])('%s is an error with its line, and the next document is read', (_, text, line) => {
    const { documents, errors } = parse(`ok: 1\n---\n${text}---\nok: 2\n`)
    expect(errors.map((error) => error.line)).toContain(line + 2)
    expect(documents.map((document) => document.toJson())).toEqual([{ ok: 1 }, { ok: 2 }])
  })

  test('bytes that are no text', () => {
    expect(parse(Uint8Array.of(0x61, 0x3a, 0x20, 0xff, 0xfe))).toMatchObject({
      documents: [],
      errors: [{ line: 1, message: 'neither UTF-8 nor UTF-16 text' }],
    })
  })
})

describe('bounds', () => {
  test.each([
    ['bytes', 'a: 12345678\n', { bytes: 5 }, '12 bytes, more than the 5 that are read'],
    ['documents', 'a: 1\n---\nb: 1\n---\nc: 1\n', { documents: 2 }, 'more than 2 documents'],
    ['depth of block maps', 'a:\n b:\n  c:\n   d: 1\n', { depth: 3 }, 'nesting deeper than 3 levels'],
    ['depth of flow lists', `a: ${'['.repeat(50)}`, { depth: 10 }, 'nesting deeper than 10 levels'],
    ['words and signs', 'a: >\n b\n---\nc: >\n d\n', { lexemes: 10 }, 'more than 10 words and signs to read'],
    ['values', 'a: [1, 2, 3, 4, 5]\n', { nodes: 5 }, 'more than 5 values in one document'],
  ])('%s', (_, text, limits, message) => {
    expect(parse(text, 'kubernetes', limits).errors[0]?.message).toBe(message)
  })

  test.each([
    ['brackets', '['.repeat(1_000_000)],
    ['list items in a line', '- '.repeat(200_000)],
    ['question marks', '? '.repeat(200_000)],
    ['maps in brackets', '{a: '.repeat(200_000)],
  ])('a million %s end early', (_, text) => {
    expect(cpuMilliseconds(() => expect(parse(text).errors).toHaveLength(1))).toBeLessThan(1000)
  })
})

describe('large documents', () => {
  test.each([
    ['zeros', `a: ${'0'.repeat(1_000_000)}x\n`],
    ['digits', `a: ${'9'.repeat(1_000_000)}\n`],
    ['blanks in a binary value', `a: !!binary "${' '.repeat(1_000_000)}!"\n`],
    ['line breaks in a block', `a: |\n  x${'\n'.repeat(1_000_000)}  y\n`],
    ['keys', Array.from({ length: 50_000 }, (_, index) => `k${index}: 1\n`).join('')],
    ['aliases', `a: &a x\nb:\n${'- *a\n'.repeat(30_000)}`],
  ])('many %s take no long time', (_, text) => {
    const readAll = () => {
      for (const dialect of ['kubernetes', 'core'] as const) for (const document of parse(text, dialect).documents) document.toJson()
    }
    expect(cpuMilliseconds(readAll)).toBeLessThan(4000)
  })
})

describe('JSON', () => {
  test('is read with its places', () => {
    const text = '{\n\t"kind": "Pod",\n\t"n": [1, -2.5e3, true, null, "\\ud83d\\ude00\\/"]\n}\n'
    expect(values(text)).toEqual([{ kind: 'Pod', n: [1, -2500, true, null, '😀/'] }])
    expect(parse(text).documents[0]?.at('n', 1).location()).toMatchObject({ startLine: 3, startColumn: 11, endColumn: 17 })
  })

  test('data becomes maps without a prototype', () => {
    const data = parse('{"__proto__": {"x": 1}, "constructor": 2}').documents[0]?.toJson() as Record<string, unknown>
    expect(Object.getPrototypeOf(data)).toBe(null)
    expect(Object.keys(data)).toEqual(['__proto__', 'constructor'])
  })
})
