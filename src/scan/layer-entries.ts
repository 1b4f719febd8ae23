/** The entries of a layer in one string, and back: a layer has up to a million of them, and most count only for what they replace. */
import type { EntryType, LayerEntry } from '../oci/layer.ts'
import { isWhiteout, type LayerPaths, type MergeEntry } from '../oci/merge.ts'
import type { FileEvidence, LayerEvidence } from './layer-evidence.ts'

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

/** The type's letter and the path, ended by NUL; of links the target too, ended by NUL. */
export function encodeEntry({ type, path, linkPath }: LayerEntry): string {
  return linkPath === undefined ? `${letters[type]}${path}\0` : `${letters[type]}${path}\0${linkPath}\0`
}

export function layerPaths({ entries, files }: LayerEvidence): LayerPaths<FileEvidence> {
  return {
    entries: entriesOf(entries, false),
    whiteouts: [...entriesOf(entries, true)].map(({ path }) => path),
    items: new Map(files.map((file) => [file.path, file])),
  }
}

/** The entries of a layer that delete, or all others. */
function* entriesOf(entries: string, whiteouts: boolean): Generator<MergeEntry> {
  for (let start = 0; start < entries.length; ) {
    const type = types.get(entries.charAt(start)) ?? 'file'
    const end = entries.indexOf('\0', start)
    const path = entries.slice(start + 1, end)
    start = end + 1
    let linkPath: string | undefined
    if (type === 'symlink' || type === 'hardlink') {
      const linkEnd = entries.indexOf('\0', start)
      linkPath = entries.slice(start, linkEnd)
      start = linkEnd + 1
    }
    if (isWhiteout(path) === whiteouts) yield { path, type, ...(linkPath === undefined ? {} : { linkPath }) }
  }
}
