/** Where in an image a finding is, as a reader wants it: the file, the layer, and the instruction that has to be mended. */
import type { ImagePlace } from '../findings.ts'
import { shortDigest } from './words.ts'

export interface ContentPart {
  readonly label: 'File' | 'Field' | 'Layer' | 'Made by' | 'Removed'
  /** Text from outside, in whole. */
  readonly text: string
}

/** In the order in which a reader looks; a file is named by a path, the configuration by a field. */
export function contentParts({ path, line, field, layer, instruction, removed }: ImagePlace): readonly ContentPart[] {
  return [
    ...(path === undefined ? [] : [{ label: 'File', text: line === undefined ? path : `${path}:${line}` } as const]),
    ...(field === undefined ? [] : [{ label: 'Field', text: field } as const]),
    ...(layer === undefined ? [] : [{ label: 'Layer', text: shortDigest(layer) } as const]),
    ...(instruction === undefined ? [] : [{ label: 'Made by', text: instruction } as const]),
    ...(removed ? [{ label: 'Removed', text: 'by a later layer, and shipped all the same' } as const] : []),
  ]
}

/** The parts as a clause, each written by `show`; empty where a field alone is known, of which the message speaks. */
export function contentClause(content: ImagePlace, show: (text: string) => string): string {
  if (content.path === undefined && content.layer === undefined && content.instruction === undefined) return ''
  const words = { File: 'in', Field: 'in', Layer: 'layer', 'Made by': 'made by', Removed: 'removed' } as const
  return contentParts(content)
    .map(({ label, text }) => `${words[label]} ${label === 'Removed' ? text : show(text)}`)
    .join(', ')
}
