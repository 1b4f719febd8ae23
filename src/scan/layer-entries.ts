/** The entries of a layer in one string, and back: a layer has up to a million of them, and most count only for what they replace. */
import type { EntryType, LayerEntry } from '../oci/layer.ts'
import { isWhiteout, type LayerPaths, type MergeEntry } from '../oci/merge.ts'
import type { FileEvidence, LayerEvidence } from './layer-evidence.ts'
import type { FileRemarks } from './layer-remarks.ts'

const letters: Readonly<Record<EntryType, string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  'character-device': 'c',
  'block-device': 'b',
  fifo: 'p',
}

const types: ReadonlyMap<string, EntryType> = new Map((Object.keys(letters) as EntryType[]).map((type) => [letters[type], type]))

/** What most entries of a type have is not written. */
const usualModes: Readonly<Partial<Record<EntryType, number>>> = { file: 0o644, directory: 0o755, symlink: 0o777 }

export interface EntryAttributes extends Pick<LayerEntry, 'mode' | 'uid' | 'gid' | 'sizeBytes'> {
  /** The first of `factsAt`, which says what kind of program it is. */
  readonly mark: string
}

/** What evidence is kept of a path of the layer: of its last entry. */
export interface LayerItem {
  readonly file?: FileEvidence
  readonly remarks?: FileRemarks
}

/** The type's letter and the path, ended by NUL; of links the target too, ended by NUL; then mode, owner, group and size of base 36, and facts, ended by NUL. */
export function encodeEntry({ type, path, linkPath, mode, uid, gid, sizeBytes }: LayerEntry, facts: readonly string[] = []): string {
  let attributes = mode === usualModes[type] ? '' : mode.toString(36)
  // What is 0 is not written, nor the commas behind what comes last.
  if (uid || gid || sizeBytes || facts.length > 0) attributes += `,${digits(uid)}`
  if (gid || sizeBytes || facts.length > 0) attributes += `,${digits(gid)}`
  if (sizeBytes || facts.length > 0) attributes += `,${digits(sizeBytes)}`
  for (const fact of facts) attributes += `,${fact}`
  return linkPath === undefined ? `${letters[type]}${path}\0${attributes}\0` : `${letters[type]}${path}\0${linkPath}\0${attributes}\0`
}

function digits(value: number): string {
  return value === 0 ? '' : value.toString(36)
}

export function layerPaths({ entries, files, remarks }: LayerEvidence): LayerPaths<LayerItem> {
  const items = new Map<string, LayerItem>(files.map((file) => [file.path, { file }]))
  for (const one of remarks) if (!one.isReplaced) items.set(one.path, { ...items.get(one.path), remarks: one })
  return {
    entries: entriesOf(entries, false),
    whiteouts: entries.includes('.wh.') ? Array.from(entriesOf(entries, true), ({ path }) => path) : [],
    items,
  }
}

/** The entries of a layer that delete, or all others: one object, which says of each what it is until the next is asked for. */
function* entriesOf(entries: string, whiteouts: boolean): Generator<Required<MergeEntry>> {
  const hasWhiteouts = entries.includes('.wh.')
  const entry = { path: '', type: 'file' as EntryType, at: 0, linkPath: undefined as string | undefined }
  for (let start = 0; start < entries.length; ) {
    entry.at = start
    entry.type = types.get(entries.charAt(start)) ?? 'file'
    const end = entries.indexOf('\0', start)
    entry.path = entries.slice(start + 1, end)
    start = end + 1
    entry.linkPath = undefined
    if (isLink(entry.type)) {
      const linkEnd = entries.indexOf('\0', start)
      entry.linkPath = entries.slice(start, linkEnd)
      start = linkEnd + 1
    }
    start = entries.indexOf('\0', start) + 1
    // A string that was cut short would begin anew.
    if (start === 0) return
    if ((hasWhiteouts && isWhiteout(entry.path)) === whiteouts) yield entry
  }
}

/** Of every regular file, those that come again further on too. */
export function* fileSizes(entries: string): Generator<{ readonly at: number; readonly path: string; readonly sizeBytes: number }> {
  for (const { at, path, type } of entriesOf(entries, false))
    if (type === 'file') yield { at, path, sizeBytes: attributesAt(entries, at).sizeBytes }
}

/** Of the entry that starts there. By the character, since an image has a hundred thousand of them, and each is asked for several times. */
export function attributesAt(entries: string, at: number): EntryAttributes {
  let [mode, uid, gid, sizeBytes] = [-1, 0, 0, 0]
  let field = 0
  let number = -1
  let place = fieldsStart(entries, at)
  for (let isOver = false; field < 4 && !isOver; place++) {
    const code = entries.charCodeAt(place)
    isOver = isEnd(code)
    if (code !== comma && !isOver) {
      number = Math.max(number, 0) * 36 + digitOf(code)
      continue
    }
    if (field === 0) mode = number
    else if (field === 1) uid = Math.max(number, 0)
    else if (field === 2) gid = Math.max(number, 0)
    else sizeBytes = Math.max(number, 0)
    number = -1
    if (!isOver) field++
  }
  // Digests are longer, and not looked at.
  const hasMark = field === 4 && (entries.charCodeAt(place + 1) === comma || isEnd(entries.charCodeAt(place + 1)))
  const usual = usualModes[types.get(entries.charAt(at)) ?? 'file'] ?? 0
  return { mode: mode < 0 ? usual : mode, uid, gid, sizeBytes, mark: hasMark ? entries.charAt(place) : '' }
}

const comma = 0x2c

/** NaN is behind the end of a text that was cut short. */
function isEnd(code: number): boolean {
  return code === 0 || Number.isNaN(code)
}

/** Of base 36, as `toString` writes it. */
function digitOf(code: number): number {
  return code >= 0x61 ? code - 0x61 + 10 : code - 0x30
}

/** As `integrity/file-facts.ts` gave them, of the entry that starts there. */
export function factsAt(entries: string, at: number): string[] {
  return fieldsAt(entries, at).split(',').slice(4)
}

/** Whether a digest is among them. */
export function hasDigestAt(entries: string, at: number, digest: string): boolean {
  const start = fieldsStart(entries, at)
  const end = entries.indexOf('\0', start)
  const last = end - digest.length
  // Most have one.
  if (last > start && entries.startsWith(digest, last) && entries.charCodeAt(last - 1) === comma) return true
  return `${entries.slice(start, end)},`.includes(`,${digest},`)
}

function fieldsAt(entries: string, at: number): string {
  const start = fieldsStart(entries, at)
  return entries.slice(start, entries.indexOf('\0', start))
}

function fieldsStart(entries: string, at: number): number {
  const start = entries.indexOf('\0', at) + 1
  return isLink(types.get(entries.charAt(at)) ?? 'file') ? entries.indexOf('\0', start) + 1 : start
}

function isLink(type: EntryType): boolean {
  return type === 'symlink' || type === 'hardlink'
}
