/** The shape of each kind: those that ship with the program, and those that the tree's own CustomResourceDefinitions give. */

import type { KubernetesObject } from '../../repo/repository.ts'
import { compileSchema } from './compile.ts'
import { shapeReader } from './encoding.ts'
import { anything, type ObjectShape, type Shape } from './shape.ts'
import { kindTable, shapeTable } from './table.ts'

/** By `apiVersion/kind`; undefined: no schema is known. */
export type ShapeOf = (object: Pick<KubernetesObject, 'apiVersion' | 'kind'>) => Shape | undefined

export function shapesOf(definitions: readonly KubernetesObject[]): ShapeOf {
  const known = new Map(kindTable.split('\n').map((line) => line.split(' ') as [string, string]))
  const read = shapeReader(shapeTable.split('\n'))
  const own = new Map(definitions.flatMap(definedKinds))
  return ({ apiVersion, kind }) => {
    const name = `${apiVersion}/${kind}`
    const text = known.get(name)
    return own.get(name) ?? (text === undefined ? undefined : read(text))
  }
}

/** https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/ */
function definedKinds({ apiVersion, root }: KubernetesObject): readonly (readonly [string, Shape])[] {
  if (!apiVersion.startsWith('apiextensions.k8s.io/')) return []
  const [group, kind] = [root.at('spec', 'group').value, root.at('spec', 'names', 'kind').value]
  return root
    .at('spec', 'versions')
    .items()
    .map((version) => {
      const shape = compileSchema(version.at('schema', 'openAPIV3Schema').toJson(), () => anything)
      return [`${String(group)}/${String(version.at('name').value)}/${String(kind)}`, withTypeMeta(shape)] as const
    })
}

/** A schema of a custom resource need not speak of what every object has. */
function withTypeMeta(shape: Shape): Shape {
  if (shape.kind !== 'object') return shape
  const common = ['apiVersion', 'kind', 'metadata']
  const extended: ObjectShape = {
    ...shape,
    names: [...new Set([...common, ...shape.names])],
    field: (name) => (common.includes(name) ? anything : shape.field(name)),
  }
  return extended
}
