/** Finds the key of a values file that a rendered field comes from, when a template prints a whole branch of the values. */
import type { Location } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'

/** How many lines around a template's line are looked through for the values that it prints. */
const reach = 4

/**
 * `line` (from 1) is where the nearest field above stands in the template, `below` the path from there to the field. The values files
 * go from the strongest to the chart's own.
 */
export function valuesPlace(
  template: readonly string[],
  line: number,
  below: readonly (string | number)[],
  field: Field,
  values: readonly Field[],
): Location | undefined {
  for (const path of valuePaths(template, line)) {
    for (const root of values) {
      // The template may print the branch itself, or what is around it.
      for (let skip = 0; skip <= below.length; skip++) {
        const found = root.at(...path, ...below.slice(skip))
        const isIt = found.kind === field.kind && (found.kind !== 'scalar' || String(found.value) === String(field.value))
        if (isIt && (skip < below.length || below.length === 0)) return found.kind === 'scalar' ? found.location() : found.keyLocation()
      }
    }
  }
  return undefined
}

/** The `.Values.…` of the lines nearby, the line itself and those below it first. */
function* valuePaths(template: readonly string[], line: number): Generator<readonly string[]> {
  const near = [...Array(reach + 1).keys(), ...Array.from({ length: reach }, (_, index) => -1 - index)]
  for (const distance of near) {
    for (const match of (template[line - 1 + distance] ?? '').matchAll(/\.Values((?:\.\w+)+)/g)) yield (match[1] ?? '').slice(1).split('.')
  }
}
