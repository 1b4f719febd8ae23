/** Holds a parsed document against a schema and says what is wrong with file and line. */
import type * as z from 'zod'
import { type Location, quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'

/** Throws UsageError naming the first wrong place; the others are counted. */
export function validate<Schema extends z.ZodType>(schema: Schema, root: Field): z.infer<Schema> {
  const result = schema.safeParse(root.toJson(), { reportInput: false })
  if (result.success) return result.data
  const [first, ...others] = result.error.issues
  if (!first) throw new UsageError(`${root.location().file}: the document does not have the expected shape`)
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new UsageError(`${at(placeOf(root, first))}: ${messageOf(first)}${more}`)
}

/** `file:line:column` */
export function at(location: Location): string {
  return `${location.file}:${location.startLine}${location.startColumn === undefined ? '' : `:${location.startColumn}`}`
}

function placeOf(root: Field, issue: z.core.$ZodIssue): Location {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  const field = root.at(...path)
  const [key] = issue.code === 'unrecognized_keys' ? issue.keys : []
  return key === undefined ? field.location() : field.at(key).keyLocation()
}

function messageOf(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? 'the policy' : quote(issue.path.join('.'))
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.map((key) => quote(key)).join(', ')} in ${where}`
  const [initial = '', ...rest] = issue.message
  return `${where}: ${initial.toLowerCase()}${rest.join('')}`
}
