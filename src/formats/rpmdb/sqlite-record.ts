/** Rows as SQLite stores them. https://www.sqlite.org/fileformat2.html, 1.6 and 2.1 */

export type SqliteValue = null | bigint | number | string | Uint8Array

/** 2.1: a header of serial types, then the values. */
export function parseRecord(payload: Buffer): SqliteValue[] {
  const [size, first] = varint(payload, 0)
  const values: SqliteValue[] = []
  let value = Number(size)
  for (let at = first; at < Number(size); ) {
    const [type, next] = varint(payload, at)
    const length = lengthOf(Number(type))
    values.push(decode(Number(type), slice(payload, value, length)))
    at = next
    value += length
  }
  return values
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2)
  const length = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type]
  if (length === undefined) throw new RangeError(`serial type ${type} is reserved`)
  return length
}

function decode(type: number, bytes: Buffer): SqliteValue {
  if (type === 0) return null
  if (type === 6) return bytes.readBigInt64BE(0)
  if (type === 7) return bytes.readDoubleBE(0)
  if (type === 8 || type === 9) return type - 8
  if (type < 8) return bytes.readIntBE(0, bytes.length)
  return type % 2 === 0 ? bytes : bytes.toString('utf8')
}

/** 1.6: big-endian, seven bits a byte, eight in the ninth. */
export function varint(bytes: Buffer, offset: number): [value: bigint, end: number] {
  let value = 0n
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(offset + index)
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return [value, offset + index + 1]
  }
  return [(value << 8n) | BigInt(bytes.readUInt8(offset + 8)), offset + 9]
}

export function slice(bytes: Buffer, start: number, length: number): Buffer {
  if (start + length > bytes.length) throw new RangeError('value goes beyond its end')
  return bytes.subarray(start, start + length)
}
