/** Paths in a policy start from its own folder and do not leave it. */
import { quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { at } from './validate.ts'

/** Normalised. Throws UsageError, with the line, for a path that climbs out. */
export function localPath(path: string, field: Field): string {
  const segments = path.split('/').filter((segment) => segment !== '.' && segment !== '')
  if (path.startsWith('/') || path.includes('\\') || segments.includes('..')) {
    throw new UsageError(`${at(field.location())}: ${quote(path)} leaves the folder of the policy`)
  }
  return segments.join('/')
}
