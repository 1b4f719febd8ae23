/** The inventory of a Debian image with Python, npm and a JRE, beside the unpacking and hashing of the same layers. */
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { byteSource } from '../src/formats/byte-reader.ts'
import { readTar } from '../src/formats/tar.ts'
import { buildImage, dockerArchive, writeLayout } from '../test/builders/image.ts'
import { missingPrograms, run } from '../test/builders/programs.ts'
import { measure, print } from './measure.ts'

/** Kept from run to run: making it takes minutes and a Debian mirror. */
const directory = path.join(tmpdir(), 'portcullis-bench-images')
const packages = 'npm,default-jre-headless,python3-pip,openssl,ca-certificates'

/** Its files by their names: `1.gz`, `2.gz`, `layout`, `docker.tar`; undefined where it cannot be made here. */
export async function prepareImage(): Promise<((name: string) => string) | undefined> {
  if (!existsSync(path.join(directory, 'docker.tar'))) {
    if (missingPrograms('mmdebstrap').length > 0) return undefined
    await makeImage()
  }
  return inside
}

export async function benchImages(): Promise<void> {
  if (!(await prepareImage())) return console.log('skipped: needs mmdebstrap')
  const cli = [process.execPath, 'dist/cli.js', 'sbom', '--offline', '--output', path.join(directory, 'sbom.json')]
  const limit = [process.execPath, 'bench/unpack.ts']
  const [layers, docker, cache] = [['1.gz', '2.gz'].map(inside), inside('docker.tar'), inside('cache')]
  const from = `oci:${inside('layout')}:1`
  const results = measure(
    [
      { name: 'two gzip layers: unpack and sha256 alone, one thread', call: [...limit, ...layers] },
      { name: 'two gzip layers: inventory', call: [...cli, from] },
      { name: 'two gzip layers: inventory from its cache', call: [...cli, '--cache', cache, from] },
      { name: 'docker-archive: sha256 alone', call: [...limit, docker] },
      { name: 'docker-archive: inventory', call: [...cli, `docker-archive:${docker}`] },
    ],
    3,
  )
  const [unpack, inventory, cached, hash, archive] = results.map(({ medianMilliseconds }) => medianMilliseconds)
  const ratio = (part = Number.NaN, whole = Number.NaN): string => (part / whole).toFixed(2)
  const goals = [
    '',
    `${ratio(inventory, unpack)} of the limit; to reach: 1.5`,
    `${ratio(cached, inventory)} of the first run; to reach: 0.2`,
    '',
    `${ratio(archive, hash)} of the limit`,
  ]
  for (const [index, result] of results.entries()) print(result, goals[index])
}

async function makeImage(): Promise<void> {
  const part = `${directory}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true })
  console.log('making the image with mmdebstrap, once')
  const root = path.join(part, 'root.tar')
  await run('mmdebstrap', ['--variant=minbase', `--include=${packages}`, 'bookworm', root])
  const image = buildImage({ layers: (await splitTar(root)).map((tar) => ({ tar })) })
  await writeLayout(path.join(part, 'layout'), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
  for (const [index, { digest }] of image.layers.entries())
    await writeFile(path.join(part, `${index + 1}.gz`), image.blobs.get(digest) ?? '')
  await writeFile(path.join(part, 'docker.tar'), dockerArchive([{ image, tags: ['bench:1'] }]))
  await rm(root)
  await rename(part, directory)
}

/** Two tars, cut between two entries after the first quarter. */
async function splitTar(file: string): Promise<Uint8Array[]> {
  const bytes = await readFile(file)
  let cut = 0
  await using handle = await open(file)
  await readTar(byteSource(handle.createReadStream({ highWaterMark: 1024 * 1024 })), ({ bodyOffset, bodyBytes }) => {
    const end = bodyOffset + Math.ceil(bodyBytes / 512) * 512
    if (end < bytes.length / 4) cut = end
    return undefined
  })
  return [Buffer.concat([bytes.subarray(0, cut), Buffer.alloc(1024)]), bytes.subarray(cut)]
}

function inside(name: string): string {
  return path.join(directory, name)
}
