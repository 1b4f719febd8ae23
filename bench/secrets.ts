/** All kinds of secrets over sources, JSON and logs, on one core, beside one look at each byte. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { secretKinds } from '../src/scan/secrets/kinds.ts'
import { secretEngine } from '../src/scan/secrets/search.ts'
import { alnum, hex } from '../test/scan/secrets/cases.ts'
import { type Measured, print, summary } from './measure.ts'

const sourceBytes = 80_000_000
const jsonBytes = 40_000_000
const logBytes = 50_000_000
const pieceBytes = 1024 * 1024
const rounds = 5
const goal = 150

interface Text {
  readonly path: string
  readonly bytes: Buffer
}

export function benchSecrets(): void {
  const texts = [...sources('node_modules', sourceBytes), json(), logs()]
  const bytes = texts.reduce((sum, text) => sum + text.bytes.length, 0)
  console.log(`${secretKinds.length} kinds, ${texts.length} texts of ${(bytes / 1e6).toFixed(0)} MB: sources, JSON, logs`)
  const engine = secretEngine(secretKinds)
  let found = 0
  const search = () => {
    found = 0
    for (const text of texts) {
      const open = engine.open(text.path, text.bytes.length)
      for (let at = 0; at < text.bytes.length; at += pieceBytes) open.write(text.bytes.subarray(at, at + pieceBytes))
      found += open.end().found.length
    }
  }
  const look = () => {
    let lines = 0
    for (const { bytes } of texts) for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0x0a) lines++
    return lines
  }
  const [limit, secrets] = measured([
    ['one look at each byte', look],
    ['secrets', search],
  ])
  const rate = ({ medianMilliseconds }: Measured) => bytes / 1000 / medianMilliseconds
  if (limit) print(limit, `${rate(limit).toFixed(0)} MB/s`)
  if (secrets) print(secrets, `${rate(secrets).toFixed(0)} MB/s, ${found} found; to reach: ${goal} MB/s`)
}

/** In turn, by the processor time of this process: other work of the machine does not count. */
function measured(contenders: readonly (readonly [string, () => unknown])[]): Measured[] {
  const times = contenders.map(() => [] as number[])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, [, work]] of contenders.entries()) {
      const start = process.cpuUsage()
      work()
      const { user, system } = process.cpuUsage(start)
      if (round > 0) times[index]?.push((user + system) / 1000)
    }
  }
  return contenders.map(([name], index) => summary(name, times[index] ?? []))
}

function* sources(folder: string, limit: number): Generator<Text> {
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (bytes > limit) return
    if (!entry.isFile() || !/\.(?:[cm]?[jt]s|json|md|yml)$/.test(entry.name)) continue
    const file = path.join(entry.parentPath, entry.name)
    const text = { path: file, bytes: readFileSync(file) }
    bytes += text.bytes.length
    yield text
  }
}

/** Objects as services send them: identifiers, addresses, encoded data, and a secret in every ten thousandth. */
function json(): Text {
  const objects: string[] = []
  for (let at = 0, length = 0; length < jsonBytes; at++) {
    const seed = String(at % 500)
    const object = JSON.stringify({
      id: hex(32, seed),
      url: `https://shop.example.org/orders/${at}?sort=asc`,
      user: { name: `user ${at}`, token_type: 'bearer', roles: ['reader', 'writer'] },
      data: alnum(120, seed),
      ...(at % 10_000 === 0 && { token: `dop_v1_${hex(64, seed)}` }),
    })
    length += object.length + 1
    objects.push(object)
  }
  return { path: 'data/orders.jsonl', bytes: Buffer.from(objects.join('\n')) }
}

function logs(): Text {
  const lines: string[] = []
  for (let at = 0, length = 0; length < logBytes; at++) {
    const time = `2026-01-01T12:${String(at % 60).padStart(2, '0')}:00.${String(at % 1000).padStart(3, '0')}Z`
    const line = `${time} INFO  [worker-${at % 8}] GET /api/v1/orders/${at} 200 ${at % 300}ms trace=${hex(32, String(at % 300))} authorization=none`
    length += line.length + 1
    lines.push(line)
  }
  return { path: 'var/log/app.log', bytes: Buffer.from(lines.join('\n')) }
}
