/** A zip of one file. APPNOTE.TXT 4.3: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { crc32, deflateRawSync } from 'node:zlib'

/** `name` in ASCII; at most 4 GiB, as no 64-bit fields are written. The same bytes for the same content: the time is the format's first. */
export function zipOne(name: string, content: Uint8Array): Buffer {
  const packed = deflateRawSync(content)
  const path = Buffer.from(name, 'ascii')
  // 4.3.7, from "version needed" to "extra field length"; the directory repeats it.
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4)
  // 1980-01-01
  common.writeUInt16LE(0x21, 8)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(path.length, 22)
  const local = Buffer.concat([signature(0x04034b50), common, path, packed])
  // 4.3.12; made by version 2.0, and from "file comment length" to the offset all is zero.
  const entry = Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), common, Buffer.alloc(14), path])
  // 4.3.16
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(entry.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, entry, signature(0x06054b50), end])
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
