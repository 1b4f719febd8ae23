/** Images of one repository as honest work makes them, one after the other, and what somebody may plant in one. The same seed gives the same images. */
import { random } from '../../src/scan/anomaly/forest.ts'
import { type BuiltImage, buildImage } from './image.ts'
import { apkDatabase } from './package-databases.ts'
import type { TarFiles } from './tar.ts'

export interface SeriesImage {
  readonly tag: string
  readonly image: BuiltImage
}

/** A file that is added to the last image, in a layer of its own. */
export type Planted = TarFiles

const names = [
  'busybox',
  'ca-certificates',
  'curl',
  'libcrypto3',
  'libcurl',
  'musl',
  'nghttp2-libs',
  'openssl',
  'pcre2',
  'tzdata',
  'xz-libs',
  'zlib',
]
const more = [
  'brotli-libs',
  'c-ares',
  'icu-libs',
  'jq',
  'libidn2',
  'libpng',
  'libxml2',
  'lz4-libs',
  'oniguruma',
  'sqlite-libs',
  'yaml',
  'zstd-libs',
]
const day = 86_400_000

/**
 * An application on Alpine: packages are updated and added now and then, the program grows, helpers come, a port is opened, the base changes, layers come and
 * go, and weeks or months pass. Sizes grow from one to the next.
 */
export function imageSeries(seed: number, length: number, planted: Planted = {}): readonly SeriesImage[] {
  const next = random(seed * 7919)
  const upTo = (bound: number): number => Math.floor(next() * bound)
  const packages = new Map<string, number>(names.slice(0, 6 + upTo(6)).map((name) => [name, 1]))
  const sudo = next() < 0.3
  const helpers: string[] = []
  const ports = ['8080/tcp']
  let [time, programBytes, instructions, release] = [Date.parse('2024-01-01'), 16_000 + upTo(40_000), 1 + upTo(3), 0]
  return Array.from({ length }, (_, index) => {
    time += day * (1 + upTo(40))
    programBytes += upTo(programBytes / 12)
    for (const [name, revision] of packages) if (next() < 0.2) packages.set(name, revision + 1)
    if (next() < 0.2) packages.set(more[upTo(more.length)] ?? '', 1)
    if (next() < 0.06) helpers.push(`srv/helper-${['convert', 'migrate', 'probe', 'report', 'serve'][upTo(5)]}`)
    if (next() < 0.05) ports.push(`${9000 + upTo(90)}/tcp`)
    if (next() < 0.08) instructions += next() < 0.5 ? 1 : -1
    if (next() < 0.04) release++
    const database = apkDatabase(
      Object.fromEntries([...packages].map(([name, revision]) => [name, { version: `1.${release}-r${revision}`, files: filesOf(name) }])),
    )
    const isLast = index === length - 1
    const image = buildImage({
      layers: [
        {
          'etc/os-release': `ID=alpine\nVERSION_ID=3.${18 + release}.0\n`,
          'lib/apk/db/installed': database,
          'bin/busybox': { content: program(seed, 8000), mode: 0o755 },
          ...(sudo ? { 'bin/bbsuid': { content: program(seed, 4000), mode: 0o4755 } } : {}),
          tmp: { directory: true, mode: 0o1777 },
        },
        ...Array.from({ length: Math.max(instructions, 0) }, (_, number) => ({ [`etc/app/${number}.conf`]: `level = ${number}\n` })),
        {
          'srv/app': { content: program(seed + index, programBytes), mode: 0o755 },
          ...Object.fromEntries(helpers.map((path) => [path, { content: program(seed, 8000), mode: 0o755 }])),
        },
        ...(isLast && Object.keys(planted).length > 0 ? [planted] : []),
      ],
      config: { User: 'app', Entrypoint: ['/srv/app'], ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])) },
      created: new Date(time).toISOString(),
    })
    return { tag: `1.${index}.0`, image }
  })
}

/** What somebody puts in who wants to mine and to come back: a packed miner, and a shell that runs as root. */
export const minerAndBackDoor: Planted = {
  'usr/lib/.cache/kworker': { content: packed(99, 60_000), mode: 0o755 },
  'usr/bin/passwd2': { content: program(7, 6000), mode: 0o4755 },
}

function filesOf(name: string): readonly string[] {
  return name === 'busybox' ? ['bin/busybox', 'bin/bbsuid'] : []
}

/** ELF by its magic, then bytes as unevenly spread as those of compiled code: some six bits each. */
export function program(seed: number, bytes: number): Buffer {
  return elf(seed, bytes, (value) => Math.floor(value ** 5 * 256))
}

/** The same with bytes as evenly spread as those of a packer. */
export function packed(seed: number, bytes: number): Buffer {
  return elf(seed, bytes, (value) => Math.floor(value * 256))
}

function elf(seed: number, bytes: number, byteOf: (value: number) => number): Buffer {
  const next = random(seed)
  const content = Buffer.alloc(bytes)
  for (let index = 0; index < bytes; index++) content[index] = byteOf(next())
  content.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])
  return content
}
