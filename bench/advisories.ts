/** The local database: 200,000 records built, and 500 packages matched with it, each in a process of its own. Run with `build` or `match`, it is that process. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildDatabase } from '../src/advisories/build-database.ts'
import { openDatabase } from '../src/advisories/database.ts'
import { findVulnerabilities } from '../src/advisories/find.ts'
import type { Package } from '../src/findings.ts'
import { createHttp } from '../src/http.ts'
import { zipOf } from '../test/builders/advisories.ts'

const recordCount = 200_000
const packageCount = 500
/** Ecosystems, each with a fifth of the records; one in five of which has no fix. */
const ecosystems = ['Alpine:v3.20', 'Debian:12', 'Go', 'npm', 'PyPI'] as const
const recordsPerName = 8
const rounds = 5
const signal = new AbortController().signal

export async function benchAdvisories(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const zips = ecosystems.map((ecosystem, index) => {
      const path = join(folder, `${index}.zip`)
      writeFileSync(path, zipOf(makeRecords(ecosystem)))
      return path
    })
    const zipBytes = zips.reduce((sum, path) => sum + statSync(path).size, 0)
    const self = await bundleSelf(folder)
    const output = join(folder, 'advisories.db')
    const built = run([self, 'build', output, ...zips])
    const databaseBytes = statSync(output).size
    const matched = Array.from({ length: rounds }, () => run([self, 'match', output])).sort((a, b) => a.milliseconds - b.milliseconds)
    const median = matched[Math.floor(rounds / 2)] ?? built
    console.log(
      `advisories build, ${recordCount} records: ${(built.processorMilliseconds / 1000).toFixed(1)} s of processor time  (to reach: 60)`,
    )
    console.log(
      `its file: ${(databaseBytes / 1e6).toFixed(1)} MB, ${((100 * databaseBytes) / zipBytes).toFixed(0)} % of the zips' ${(zipBytes / 1e6).toFixed(1)} MB  (to reach: 60 %)`,
    )
    console.log(
      `${packageCount} packages matched, ${median.found} findings: ${median.milliseconds.toFixed(0)} ms with opening, ${median.processorMilliseconds.toFixed(0)} ms of processor time  (to reach: 150)`,
    )
    console.log(`memory at most: ${(median.memoryBytes / 1e6).toFixed(0)} MB  (to reach: 120)`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Figures {
  readonly milliseconds: number
  readonly processorMilliseconds: number
  readonly memoryBytes: number
  readonly found: number
}

/** As users run it: in one file, without the types. */
async function bundleSelf(folder: string): Promise<string> {
  const { buildSync } = await import('esbuild')
  const outfile = join(folder, 'self.mjs')
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
  buildSync({
    entryPoints: [import.meta.filename],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['esbuild'],
    banner: { js: banner },
  })
  return outfile
}

function run(call: readonly string[]): Figures {
  const { status, stdout, stderr } = spawnSync(process.execPath, call, { encoding: 'utf8', maxBuffer: 1e8 })
  if (status !== 0) throw new Error(`${call[1]} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Figures
}

async function measured(action: () => Promise<number>): Promise<Figures> {
  const [start, processor] = [performance.now(), process.cpuUsage()]
  const found = await action()
  const { user, system } = process.cpuUsage(processor)
  return { milliseconds: performance.now() - start, processorMilliseconds: (user + system) / 1000, memoryBytes: mostMemoryBytes(), found }
}

/** proc_pid_status(5). The system's other count begins with the memory of the process that started this one. */
function mostMemoryBytes(): number {
  const known = existsSync('/proc/self/status') ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] : undefined
  return known === undefined ? process.memoryUsage.rss() : Number(known) * 1024
}

async function build(output: string, sources: readonly string[]): Promise<number> {
  const http = createHttp({ offline: true })
  return (await buildDatabase({ output, sources, http, now: new Date() }, signal)).records
}

async function match(path: string): Promise<number> {
  const packages = Array.from({ length: packageCount }, (_, index): Package => {
    const [ecosystem, type] = [index % 2 === 0 ? 'Debian:12' : 'npm', index % 2 === 0 ? 'deb' : 'npm']
    const name = nameOf(ecosystem, index * 7)
    const version = type === 'deb' ? '1.3.0-1' : '1.3.0'
    return { name, version, purl: `pkg:${type}/${name}@${version}`, type, source: name, sourceVersion: version, layer: '', path: 'status' }
  })
  const source = await openDatabase(path)
  const { problems } = await findVulnerabilities({ packages, distribution: { id: 'debian', version: '12', idLike: [] } }, [source], signal)
  source.close()
  return problems.length
}

const nameOf = (ecosystem: string, index: number): string => `${ecosystem.toLowerCase().replace(/\W.*/, '')}-library-${index}`

function makeRecords(ecosystem: string): Readonly<Record<string, string>> {
  const random = numbers(ecosystem.length)
  const count = recordCount / ecosystems.length
  const files: Record<string, string> = {}
  for (let index = 0; index < count; index++) {
    const cve = `CVE-${2015 + (index % 10)}-${10_000 + index}`
    const id = `${ecosystem.toUpperCase().replace(/\W.*/, '')}-${cve}`
    const suffix = ecosystem.startsWith('Debian') ? '-1' : ecosystem.startsWith('Alpine') ? '-r0' : ''
    // Most of what is installed is fixed, as in a kept image.
    const fixed = `1.${random() % 10 === 0 ? 4 + (random() % 9) : random() % 3}.${random() % 20}${suffix}`
    const words = Array.from({ length: 60 + (random() % 60) }, () => vocabulary[random() % vocabulary.length]).join(' ')
    const record = {
      schema_version: '1.7.3',
      id,
      modified: `2024-0${1 + (index % 9)}-11T10:00:00Z`,
      published: '2024-01-01T00:00:00Z',
      aliases: [cve],
      summary: words.slice(0, 80),
      details: words,
      severity: [
        {
          type: 'CVSS_V3',
          score: `CVSS:3.1/AV:${pick('NALP', random)}/AC:L/PR:${pick('NLH', random)}/UI:N/S:U/C:${pick('HLN', random)}/I:H/A:${pick('HLN', random)}`,
        },
      ],
      affected: [
        {
          package: {
            ecosystem,
            name: nameOf(ecosystem, Math.floor(index / recordsPerName)),
            purl: `pkg:generic/${nameOf(ecosystem, Math.floor(index / recordsPerName))}`,
          },
          ranges: [
            {
              type: 'ECOSYSTEM',
              events: [
                { introduced: '0' },
                ...(index % 5 === 0 && index % 50 !== 0 ? [{ fixed: `0.${random() % 9}.0${suffix}` }] : [{ fixed }]),
              ],
            },
          ],
        },
      ],
      references: [
        { type: 'ADVISORY', url: `https://advisories.example/${id}` },
        { type: 'FIX', url: `https://git.example/commit/${(random() * 65_537 + index).toString(16)}` },
      ],
    }
    files[`${id}.json`] = JSON.stringify(record, null, 2)
  }
  return files
}

const vocabulary =
  'a an the in of to and or by when which allows attacker remote local crafted buffer overflow read write memory heap stack parser decoder header request response token session cookie injection traversal denial service version before through certain function module library component handler validation missing improper check leads disclosure execution arbitrary code privilege escalation'.split(
    ' ',
  )

const pick = (letters: string, random: () => number): string => letters[random() % letters.length] ?? 'N'

/** Always the same. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state >> 8
  }
}

if (process.argv[2] === 'build' || process.argv[2] === 'match') {
  const [command, path = '', ...sources] = process.argv.slice(2)
  console.log(JSON.stringify(await measured(() => (command === 'build' ? build(path, sources) : match(path)))))
}
