/** The limit of reading what layers hold: `node bench/gunzip.ts FILE…` unpacks and does no more, not even a digest. */
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

const chunkBytes = 1024 * 1024

for (const file of process.argv.slice(2)) {
  let unpackedBytes = 0
  const unpacked = createReadStream(file, { highWaterMark: chunkBytes }).pipe(createGunzip({ chunkSize: chunkBytes }))
  for await (const chunk of unpacked) unpackedBytes += chunk.length
  console.log(`${file} ${unpackedBytes}`)
}
