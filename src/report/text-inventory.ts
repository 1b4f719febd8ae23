/** The inventory of a scanned image as a table, and the programs that are not in it: type, name and version, and the file that proves it where it is not the system's own database. */
import type { ImageSubject, Package } from '../findings.ts'
import { cut, widthOf } from './columns.ts'
import { escapeTerminal } from './escape.ts'
import type { Page } from './text-page.ts'

/** A terminal is no place for a list without end; the other formats have all of it. */
const mostPackages = 2000
const mostUnowned = 50
/** Bits a byte: machine code stays below 7. */
const packedEntropy = 7.5
const widestName = 44
const widestVersion = 36

export function* inventoryLines({ inventory = [] }: ImageSubject, { paint, width }: Page): Iterable<string> {
  const shown = inventory.slice(0, mostPackages)
  const types = widest(
    shown.map(({ type }) => type.length),
    12,
  )
  const names = widest(
    shown.map(({ name }) => name.length),
    widestName,
  )
  const versions = widest(
    shown.map(({ version }) => version.length),
    widestVersion,
  )
  for (const one of shown) {
    const [type, name, version] = [one.type, one.name, one.version].map(escapeTerminal)
    const line = `  ${padTo(type ?? '', types)}  ${padTo(name ?? '', names)}  ${padTo(version ?? '', versions)}`
    yield `${line}  ${paint('dim', cut(escapeTerminal(placeOf(one)), Math.max(4, width - types - names - versions - 10)))}`.trimEnd()
  }
  if (inventory.length > shown.length) yield `  and ${inventory.length - shown.length} more`
}

export function* unownedLines({ unowned = [] }: ImageSubject, { paint, width }: Page): Iterable<string> {
  const shown = unowned.slice(0, mostUnowned)
  for (const { path, entropy } of shown) {
    const packed = entropy > packedEntropy ? paint('dim', '  packed or encrypted') : ''
    yield `  ${cut(escapeTerminal(path), Math.max(4, width - 24))}${packed}`
  }
  if (unowned.length > shown.length) yield `  and ${unowned.length - shown.length} more`
}

function placeOf({ path, type }: Package): string {
  return type === 'apk' || type === 'deb' || type === 'rpm' ? '' : path
}

function widest(lengths: readonly number[], limit: number): number {
  return Math.min(
    limit,
    lengths.reduce((most, length) => Math.max(most, length), 0),
  )
}

function padTo(text: string, width: number): string {
  const shown = cut(text, width)
  return shown + ' '.repeat(Math.max(0, width - widthOf(shown)))
}
