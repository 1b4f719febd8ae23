/** Small tars, byte for byte the same each time. Hostile ones are made by hand from `tarHeader`. */
import { Buffer } from 'node:buffer'

export interface TarFile {
  readonly content?: string | Uint8Array
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly modifiedSeconds?: number
  /** A symbolic link to this. */
  readonly symlink?: string
  /** A hard link to this. */
  readonly hardlink?: string
  readonly directory?: true
}

/** By path: text, bytes, or more about the file. */
export type TarFiles = Readonly<Record<string, string | Uint8Array | TarFile>>

export interface HeaderFields {
  readonly path: string
  readonly flag?: string
  readonly sizeBytes?: number
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly modifiedSeconds?: number
  readonly linkPath?: string
  /** Written over the header before the checksum: offset to text or bytes. */
  readonly raw?: Readonly<Record<number, string | Uint8Array>>
}

/** One ustar header of 512 bytes. */
export function tarHeader(fields: HeaderFields): Buffer {
  const header = Buffer.alloc(512)
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`
  header.write(fields.path, 0, 100)
  header.write(octal(fields.mode ?? 0o644, 8), 100)
  header.write(octal(fields.uid ?? 0, 8), 108)
  header.write(octal(fields.gid ?? 0, 8), 116)
  header.write(octal(fields.sizeBytes ?? 0, 12), 124)
  header.write(octal(fields.modifiedSeconds ?? 0, 12), 136)
  header.write(fields.flag ?? '0', 156)
  header.write(fields.linkPath ?? '', 157, 100)
  header.write('ustar\x0000', 257)
  for (const [offset, value] of Object.entries(fields.raw ?? {})) header.set(Buffer.from(value as string), Number(offset))
  header.fill(0x20, 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

export function padded(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content as string)
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

/** An extended header (`x`), or a global one (`g`). */
export function paxHeader(records: Readonly<Record<string, string>>, flag = 'x'): Buffer {
  const body = Object.entries(records)
    .map(([key, value]) => paxRecord(key, value))
    .join('')
  return Buffer.concat([tarHeader({ path: 'PaxHeaders/0', flag, sizeBytes: Buffer.byteLength(body) }), padded(body)])
}

export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = Buffer.byteLength(rest)
  while (Buffer.byteLength(`${length}${rest}`) !== length) length = Buffer.byteLength(`${length}${rest}`)
  return `${length}${rest}`
}

export function tarEntry(path: string, given: string | Uint8Array | TarFile): Buffer {
  const file: TarFile = typeof given === 'string' || given instanceof Uint8Array ? { content: given } : given
  const content = Buffer.from((file.content ?? '') as string)
  const flag = file.directory ? '5' : file.symlink !== undefined ? '2' : file.hardlink !== undefined ? '1' : '0'
  const linkPath = file.symlink ?? file.hardlink ?? ''
  const isLong = Buffer.byteLength(path) > 100 || Buffer.byteLength(linkPath) > 100
  const header = tarHeader({
    path,
    flag,
    sizeBytes: flag === '0' ? content.length : 0,
    mode: file.mode ?? (flag === '5' ? 0o755 : 0o644),
    linkPath,
    ...(file.uid === undefined ? {} : { uid: file.uid }),
    ...(file.gid === undefined ? {} : { gid: file.gid }),
    ...(file.modifiedSeconds === undefined ? {} : { modifiedSeconds: file.modifiedSeconds }),
  })
  const extended = isLong ? paxHeader({ path, ...(linkPath === '' ? {} : { linkpath: linkPath }) }) : Buffer.alloc(0)
  return Buffer.concat([extended, header, flag === '0' ? padded(content) : Buffer.alloc(0)])
}

export const tarEnd = (): Buffer => Buffer.alloc(1024)

export function buildTar(files: TarFiles): Buffer {
  return Buffer.concat([...Object.entries(files).map(([path, file]) => tarEntry(path, file)), tarEnd()])
}
