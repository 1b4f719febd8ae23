/** Where the fields of a rendered chart come from: the line of a template, or the key of a values file that the template prints. */
import type { Location } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { MarkedPlace } from './template-marks.ts'
import { valuesPlace } from './values-place.ts'

export interface Placing {
  /** The lines of the rendering, and where each comes from. */
  readonly lines: readonly string[]
  readonly places: readonly (MarkedPlace | undefined)[]
  /** Paths of the templates, in the order of the marks' numbers, and the lines of each. */
  readonly templates: readonly string[]
  templateLines(path: string): readonly string[]
  /** The values, the strongest first. */
  readonly values: readonly Field[]
  /** The chart's folder. */
  readonly folder: string
}

/** The template of the document at a line: helm names it above each one. */
export function templateOf(line: number, { lines, templates, folder }: Placing): string {
  for (let at = Math.min(line, lines.length) - 1; at >= 0; at--) {
    const source = /^# Source: [^/]+\/(.+)$/.exec(lines[at] ?? '')?.[1]?.trim()
    const path = folder === '' ? source : `${folder}/${source}`
    if (source !== undefined && path !== undefined && templates.includes(path)) return path
  }
  return templates[0] ?? folder
}

/** `document` is the one that the field is in, `template` the file that it was rendered from. */
export function chartPlace(field: Field, part: 'value' | 'key', document: Field, template: string, placing: Placing): Location {
  const own = placeOf(lineOf(field, part), placing)
  if (own) return lineLocation(own.file, own.line)
  const above = nearestPlace(field, document, placing)
  const file = above?.file ?? template
  const lines = placing.templateLines(file)
  const near = above?.line ?? lineOfKey(field, lines)
  return valuesPlace(lines, near, field.path.slice(above?.depth ?? 0), field, placing.values) ?? lineLocation(file, near)
}

/** Where it stands in the rendering; a list or a map by its key. */
function lineOf(field: Field, part: 'value' | 'key'): number {
  return (part === 'key' || field.kind !== 'scalar' ? field.keyLocation() : field.location()).startLine
}

/** A chart could print marks of its own: only lines that exist are places. */
function placeOf(
  line: number,
  { places, templates, templateLines }: Placing,
): { readonly file: string; readonly line: number } | undefined {
  const mark = places[line - 1]
  const file = mark && templates[mark.fileNumber]
  if (mark === undefined || file === undefined || mark.line < 1 || mark.line > templateLines(file).length) return undefined
  return { file, line: mark.line }
}

/** The nearest field above whose line has a place, and how many steps of the path lead to it. */
function nearestPlace({ path }: Field, document: Field, placing: Placing): { file: string; line: number; depth: number } | undefined {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const found = placeOf(lineOf(document.at(...path.slice(0, depth)), 'key'), placing)
    if (found) return { ...found, depth }
  }
  return undefined
}

/** Without marks: the first line of the template that has the key. */
function lineOfKey({ path }: Field, template: readonly string[]): number {
  const key = path.findLast((step) => typeof step === 'string')
  const index = template.findIndex((line) => line.trimStart().replace(/^- +/, '').startsWith(`${key}:`))
  return Math.max(index, 0) + 1
}

function lineLocation(file: string, line: number): Location {
  return { file, startLine: line, endLine: line }
}
