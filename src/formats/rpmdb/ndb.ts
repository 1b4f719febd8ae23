/** RPM's own database, `Packages.db`: slots that point at blobs. rpm, `lib/backend/ndb/rpmpkg.c` ("RPM package database format") */
import type { RpmRecord } from './rpmdb.ts'

const headerMagic = 0x506d7052 // "RpmP"
const slotMagic = 0x746f6c53 // "Slot"
const blobMagic = 0x53626c42 // "BlbS"
const pageBytes = 4096
const slotBytes = 16
const blockBytes = 16
const blobHeaderBytes = 16

export function isNdb(bytes: Buffer): boolean {
  return bytes.length >= 32 && bytes.readUInt32LE(0) === headerMagic
}

/** Throws RangeError where the slots that the header promises are not there. */
export function* readNdb(bytes: Buffer): Generator<RpmRecord> {
  const version = bytes.readUInt32LE(4)
  if (version !== 0) throw new RangeError(`NDB has version ${version}, and 0 was expected`)
  const slotsEnd = bytes.readUInt32LE(12) * pageBytes
  if (slotsEnd === 0 || slotsEnd > bytes.length) throw new RangeError(`NDB has ${bytes.length} bytes, and its slots end at ${slotsEnd}`)
  // Blobs lie beside each other: together they are no more than the file, however often slots point at them.
  let bytesLeft = bytes.length
  // The header takes the place of the first two slots.
  for (let slot = 2 * slotBytes; slot < slotsEnd; slot += slotBytes) {
    const index = bytes.readUInt32LE(slot + 4)
    if (bytes.readUInt32LE(slot) !== slotMagic) yield { fault: `slot at byte ${slot} has no magic` }
    else if (index !== 0) {
      const record = readBlob(bytes, index, bytes.readUInt32LE(slot + 8) * blockBytes)
      if ('header' in record) bytesLeft -= record.header.length
      if (bytesLeft < 0) throw new RangeError('packages have more bytes than the file')
      yield record
    }
  }
}

function readBlob(bytes: Buffer, index: number, offset: number): RpmRecord {
  const start = offset + blobHeaderBytes
  if (start > bytes.length) return { fault: `package ${index} is beyond the end of the file` }
  if (bytes.readUInt32LE(offset) !== blobMagic || bytes.readUInt32LE(offset + 4) !== index)
    return { fault: `package ${index} is not where its slot points` }
  const length = bytes.readUInt32LE(offset + 12)
  if (start + length > bytes.length) return { fault: `package ${index} is cut short` }
  return { header: bytes.subarray(start, start + length) }
}
