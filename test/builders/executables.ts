/** Programs as the linkers of Go and Rust lay them out, with padding in code's place. */
import { deflateSync } from 'node:zlib'

export interface GoProgram {
  readonly toolchain: string
  /** Lines of the module list, without the tabs' escapes. */
  readonly modules?: string
  /** `inline` since Go 1.18, `pointers` before it. */
  readonly form: 'inline' | 'pointers'
  /** Strings among the program's own, before its version. */
  readonly texts?: readonly (string | Uint8Array)[]
  readonly paddingBytes?: number
}

const listStart = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex')
const listEnd = Buffer.from('f932433186182072008242104116d8f2', 'hex')
const base = 0x400000

/** ELF, 64 bits, little-endian, without sections, as a stripped program is. */
export function goProgram({ toolchain, modules, form, texts = [], paddingBytes = 100_000 }: GoProgram): Buffer {
  const list = modules === undefined ? Buffer.alloc(0) : Buffer.concat([listStart, Buffer.from(modules), listEnd])
  const head = Buffer.alloc(4096)
  const before = Buffer.concat([Buffer.alloc(paddingBytes), ...texts.map((text) => Buffer.from(text as string))])
  const versionOffset = head.length + before.length
  const constants = Buffer.concat([before, Buffer.from(toolchain), Buffer.from('go1.99 is no version'), list])
  const rodata = Buffer.concat([constants, Buffer.alloc((4096 - (constants.length % 4096)) % 4096)])
  const dataOffset = head.length + rodata.length
  const data = form === 'inline' ? inlineInfo(toolchain, list) : pointerInfo(toolchain, versionOffset, dataOffset)
  head.write('\x7fELF\x02\x01\x01', 0, 'latin1')
  head.writeBigUInt64LE(64n, 32)
  head.writeUInt16LE(56, 54)
  head.writeUInt16LE(1, 56)
  head.writeUInt32LE(1, 64)
  head.writeBigUInt64LE(0n, 72)
  head.writeBigUInt64LE(BigInt(base), 80)
  head.writeBigUInt64LE(BigInt(dataOffset + data.length), 96)
  head.write('Go\0\0', 0xfac, 'latin1')
  return Buffer.concat([head, rodata, data])
}

function inlineInfo(toolchain: string, list: Buffer): Buffer {
  const header = Buffer.alloc(32)
  header.write('\xff Go buildinf:\x08\x02', 0, 'latin1')
  return Buffer.concat([header, varint(toolchain.length), Buffer.from(toolchain), varint(list.length), list, Buffer.alloc(64)])
}

function pointerInfo(toolchain: string, versionOffset: number, dataOffset: number): Buffer {
  const data = Buffer.alloc(200_000)
  const stringHeader = 150_000
  data.write('\xff Go buildinf:\x08\x00', 0, 'latin1')
  data.writeBigUInt64LE(BigInt(base + dataOffset + stringHeader), 16)
  data.writeBigUInt64LE(BigInt(base + dataOffset + stringHeader + 16), 24)
  data.writeBigUInt64LE(BigInt(base + versionOffset), stringHeader)
  data.writeBigUInt64LE(BigInt(toolchain.length), stringHeader + 8)
  return data
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.of(...bytes, rest)
    bytes.push((rest % 128) | 128)
  }
}

/** The section that cargo-auditable adds lies behind everything that is loaded. */
export function rustProgram(document: unknown, level = 7): Buffer {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  const head = Buffer.alloc(120_000)
  head.write('\x7fELF\x02\x01\x01', 0, 'latin1')
  head.write('/rustc/0123456789abcdef/library/core/src/fmt/mod.rs', 60_000)
  // Bytes that only look like the beginning of a zlib stream.
  head.write('x\x9c\x05\x01\x02\x03x\xda\x8d', 70_000, 'latin1')
  return Buffer.concat([head, deflateSync(text, { level }), Buffer.alloc(100)])
}
