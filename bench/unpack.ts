/** The physical limit of reading layers, in one thread: `node bench/unpack.ts FILE…` unpacks what is gzip and hashes the stored bytes, no more. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

const chunkBytes = 1024 * 1024

for (const file of process.argv.slice(2)) {
  const hash = createHash('sha256')
  const stored = createReadStream(file, { highWaterMark: chunkBytes })
  stored.on('data', (chunk) => hash.update(chunk))
  let unpackedBytes = 0
  const unpacked = file.endsWith('.tar') ? stored : stored.pipe(createGunzip({ chunkSize: chunkBytes }))
  for await (const chunk of unpacked) unpackedBytes += chunk.length
  console.log(`${file} ${hash.digest('hex')} ${unpackedBytes}`)
}
