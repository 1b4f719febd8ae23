/** One field that names an image, as an image use. */
import type { Field } from '../formats/field.ts'
import type { ImageUse } from './repository.ts'

/** Nothing where the field is absent or empty: no image is named there. `reference` is the text with its variables replaced. */
export function* imageUse(field: Field, user: string, reference = String(field.value ?? '')): Generator<ImageUse> {
  if (field.kind !== 'scalar' || reference === '') return
  const literal = literalColumns(field, reference)
  yield { reference, location: field.location(), user, role: 'container', ...(literal ? { literal } : {}) }
}

/** Where the reference itself stands, inside its quotes; undefined where other characters stand for it. */
function literalColumns(field: Field, reference: string): ImageUse['literal'] {
  const { startLine, endLine, startColumn, endColumn } = field.location()
  if (field.isAlias || field.isRendered || startLine !== endLine || startColumn === undefined || endColumn === undefined) return undefined
  const { text = '' } = field
  const before = text.indexOf(reference)
  // Quotes, or the scheme in front of an image of a workflow step; anything else is not the reference as it stands.
  const isAround =
    before >= 0 && /^["']?(?:docker:\/\/)?$/.test(text.slice(0, before)) && /^["']?$/.test(text.slice(before + reference.length))
  return isAround ? { startColumn: startColumn + before, endColumn: startColumn + before + reference.length } : undefined
}
