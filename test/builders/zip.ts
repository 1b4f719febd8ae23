/** Zips, with the faults that a test wants. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipFault {
  /** Claims of the directory that differ from what is there. */
  readonly sizeBytes?: number
  readonly crc32?: number
  readonly method?: number
  readonly encrypted?: boolean
}

export type ZipContent = string | Uint8Array

/** `stored` members are not compressed, as the archives within a Spring Boot program. */
export function zipOf(
  members: Readonly<Record<string, ZipContent>>,
  options: { readonly stored?: boolean; readonly faults?: Readonly<Record<string, ZipFault>> } = {},
): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(members)) {
    const fault = options.faults?.[name] ?? {}
    const plain = Buffer.from(content as string)
    const data = options.stored ? plain : deflateRawSync(plain)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(fault.encrypted ? 1 : 0, 2)
    fields.writeUInt16LE(fault.method ?? (options.stored ? 0 : 8), 4)
    fields.writeUInt32LE(fault.crc32 ?? crc32(plain), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(fault.sizeBytes ?? plain.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end])
}
