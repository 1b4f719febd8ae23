import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** What each room may import, besides itself and what all share. Whatever is not listed here is on its right, or its sibling. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  formats: [],
  policy: [],
  repo: [],
  oci: ['policy', 'repo'],
  scan: ['policy', 'repo', 'oci'],
  verify: ['policy', 'repo', 'oci'],
  manifests: ['policy', 'repo', 'oci'],
  advisories: ['policy', 'repo', 'oci'],
  gate: ['policy', 'repo', 'oci', 'scan', 'verify', 'manifests', 'advisories'],
  report: ['policy', 'repo', 'oci', 'scan', 'verify', 'manifests', 'advisories', 'gate'],
  publish: ['policy', 'repo', 'oci', 'scan', 'verify', 'manifests', 'advisories', 'gate', 'report'],
  cli: ['policy', 'repo', 'oci', 'scan', 'verify', 'manifests', 'advisories', 'gate', 'report', 'publish'],
}
const shared = ['formats']
const source = 'src'

function sourceFiles(): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8')
  const specifiers = text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'(\.[^']+)'/gu)
  return [...specifiers].map(([, specifier = '']) => normalize(join(dirname(file), specifier)))
}

function roomOf(file: string): string | undefined {
  const [first = '', ...rest] = file.split('/')
  return rest.length === 0 ? undefined : first
}

test('every folder of src is a room with a place in the order', () => {
  const rooms = new Set(sourceFiles().map(roomOf))
  rooms.delete(undefined)
  expect([...rooms].filter((room) => !(String(room) in mayImport))).toEqual([])
})

test('no room imports from its right or from a sibling', () => {
  const wrong = sourceFiles().flatMap((file) => {
    const room = roomOf(file)
    if (room === undefined) return []
    return importsOf(file)
      .filter((target) => {
        const other = roomOf(target)
        return other !== undefined && other !== room && !shared.includes(other) && !mayImport[room]?.includes(other)
      })
      .map((target) => `${file} imports ${target}`)
  })
  expect(wrong).toEqual([])
})

test('what all rooms share imports no room but the formats', () => {
  const doors = ['action.ts', 'cli.ts']
  const wrong = sourceFiles()
    .filter((file) => roomOf(file) === undefined && !doors.includes(file))
    .flatMap((file) => importsOf(file).filter((target) => ![undefined, ...shared].includes(roomOf(target))))
  expect(wrong).toEqual([])
})

test('every relative import names its file, with its extension', () => {
  const all = new Set(sourceFiles())
  const missing = sourceFiles().flatMap((file) =>
    importsOf(file)
      .filter((target) => !all.has(target))
      .map((target) => `${file}: ${target}`),
  )
  expect(missing).toEqual([])
})
