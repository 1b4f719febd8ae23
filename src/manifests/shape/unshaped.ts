/** Kinds that no schema is known of, for the report's coverage: their objects are judged by the other rules alone. */

import type { Repository } from '../../repo/repository.ts'
import { shapesOf } from './shapes.ts'

/** `apiVersion/kind`, sorted. */
export function kindsWithoutSchema({ objects }: Pick<Repository, 'objects'>): readonly string[] {
  const shapeOf = shapesOf(objects.filter(({ kind }) => kind === 'CustomResourceDefinition'))
  const kinds = new Map(objects.map((object) => [`${object.apiVersion}/${object.kind}`, object]))
  return [...kinds]
    .filter(([, object]) => shapeOf(object) === undefined)
    .map(([kind]) => kind)
    .sort()
}
