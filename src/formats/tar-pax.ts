/** Extended headers of a tar. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03 */
import { isUtf8 } from 'node:buffer'
import { quote } from '../findings.ts'
import { TarError } from './tar-error.ts'
import type { TarHeader } from './tar-header.ts'

/** In the order of the file: the old sparse form repeats its keys. */
export type PaxRecords = readonly (readonly [key: string, value: string])[]

/** Records are found by their length, so that a line end inside a value starts no other record. Throws TarError `malformed`. */
export function parsePax(body: Buffer): PaxRecords {
  const records: [string, string][] = []
  let start = 0
  while (start < body.length) {
    const space = body.indexOf(0x20, start)
    const digits = space === -1 ? '' : body.toString('latin1', start, space)
    const end = start + Number(digits)
    if (!/^\d{1,9}$/.test(digits) || end > body.length || end <= space + 1 || body[end - 1] !== 0x0a)
      throw new TarError('malformed', 'an extended tar header has a record whose length is wrong')
    const equals = body.indexOf(0x3d, space)
    if (equals === -1 || equals >= end || equals === space + 1)
      throw new TarError('malformed', 'an extended tar header has a record without a key')
    const value = body.subarray(equals + 1, end - 1)
    records.push([body.toString('utf8', space + 1, equals), isUtf8(value) ? value.toString('utf8') : value.toString('latin1')])
    start = end
  }
  return records
}

/** What the records say goes before what the header says; an empty value says nothing. Throws TarError `malformed`. */
export function applyPax(header: TarHeader, records: PaxRecords): void {
  for (const [key, value] of records) {
    if (value === '') continue
    if (key === 'path' || key === 'linkpath') {
      if (value.includes('\0')) throw new TarError('malformed', `an extended tar header has a NUL in its ${key}`)
      if (key === 'path') header.path = value
      else header.linkPath = value
    } else if (key === 'size') header.sizeBytes = integer(key, value)
    else if (key === 'uid') header.uid = integer(key, value)
    else if (key === 'gid') header.gid = integer(key, value)
    else if (key === 'SCHILY.xattr.security.capability') header.capability = value
    else if (key === 'mtime') header.modifiedSeconds = seconds(value)
  }
}

/** Runtimes apply no global header and GNU tar applies them all: one that would change what a file is cannot be read in one way. */
export function checkGlobalPax(records: PaxRecords): void {
  for (const [key] of records)
    if (key === 'path' || key === 'linkpath' || key === 'size' || key.startsWith('GNU.sparse.'))
      throw new TarError('unsupported', `a global tar header sets ${quote(key)} for all files`)
}

function integer(key: string, value: string): number {
  const result = Number(value)
  if (!/^-?\d{1,16}$/.test(value) || !Number.isSafeInteger(result) || (result < 0 && key === 'size'))
    throw new TarError('malformed', `an extended tar header gives ${quote(value, 40)} for ${key}`)
  return result
}

function seconds(value: string): number {
  if (!/^-?\d{1,15}(?:\.\d*)?$/.test(value)) throw new TarError('malformed', `an extended tar header gives ${quote(value, 40)} for mtime`)
  return Math.floor(Number(value))
}
