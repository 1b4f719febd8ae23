/** One check of 300 services with 60 images on a loopback registry: in one process, and as four shards in four processes, joined. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { largeImages } from './spread-images.ts'

const [services, images, shards] = [300, 60, 4]

/** Images of 40 to 200 MB, ten of which share a base. `cli`: the packaged command. */
export async function benchSpread(cli = 'dist/cli.js'): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'portcullis-spread-'))
  const registry = await largeImages({ images, smallest: 40_000_000, largest: 200_000_000, sharing: 10 })
  try {
    const pod = (index: number) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: service-${index} }\nspec: { containers: [{ name: main, image: "${registry.host}/app-${index % images}:1" }] }\n`
    await mkdir(path.join(directory, 'tree'))
    await writeFile(path.join(directory, 'tree', 'services.yaml'), Array.from({ length: services }, (_, index) => pod(index)).join('---\n'))
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
    const sizes = `${gigabytes(registry.imageBytes)}, of which ${gigabytes(registry.storedBytes)} in distinct layers`
    console.log(
      `${services} services, ${images} images of 40 to 200 MB: ${sizes}; ${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}`,
    )
    const file = (name: string) => path.join(directory, 'out', name)
    // What an engine for malware takes is its own, and measured apart.
    const call = [
      'check',
      path.join(directory, 'tree'),
      '--advisories',
      'examples/storefront/advisories',
      '--clamd',
      'none',
      '--format',
      'json',
    ]
    const run = (name: string, words: readonly string[]) => measured(cli, name, [...words, '--output', file(`${name}.json`)])
    await run('single-cold', [...call, '--cache', file('cache-1')])
    await run('single-warm', [...call, '--cache', file('cache-1')])
    for (const state of ['cold', 'warm']) {
      const started = performance.now()
      const parts = Array.from({ length: shards }, (_, index) => `${index + 1}/${shards}`)
      await Promise.all(parts.map((part) => run(`${state}-${part[0]}`, [...call, '--cache', file('cache-4'), '--shard', part])))
      await run(`${state}-merged`, ['merge', ...parts.map((part) => file(`${state}-${part[0]}.json`)), '--format', 'json'])
      const [one, joined] = await Promise.all(
        [`single-${state}`, `${state}-merged`].map(async (name) => JSON.parse(await readFile(file(`${name}.json`), 'utf8'))),
      )
      const seconds = ((performance.now() - started) / 1000).toFixed(2)
      console.log(
        `${state}: ${shards} shards and joining ${seconds} s; ${isDeepStrictEqual(one, joined) ? 'the same report' : 'ANOTHER REPORT'}`,
      )
    }
  } finally {
    await registry.close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** What the steps in `tekton/` and the image give Node. */
const asInTekton = ['--max-semi-space-size=2']

/** Peak memory as the kernel has it of the process; `maxRSS` would have that of its parent, which holds the registry. */
async function measured(cli: string, name: string, words: readonly string[]): Promise<void> {
  const started = performance.now()
  const measure =
    'import{readFileSync}from"node:fs";process.on("exit",()=>process.stderr.write("\\n"+/VmHWM:.*/.exec(readFileSync("/proc/self/status","utf8"))+"\\n"))'
  const child = spawn(process.execPath, [...asInTekton, '--import', `data:text/javascript,${encodeURIComponent(measure)}`, cli, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const status = await new Promise((done) => child.on('close', done))
  const peak = Number(/VmHWM:\s*(\d+)/u.exec(errors)?.[1] ?? 0) / 1024
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(2)} s, peak ${peak.toFixed(0)} MiB, exit status ${status}`)
}
