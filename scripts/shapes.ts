/**
 * Compacts the published schemas of Kubernetes, Istio and Tekton into the table that the shape rules read:
 * node scripts/shapes.ts DIRECTORY, where it holds kubernetes-openapi.json, istio-crds.yaml and tekton-*.json.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { compileSchema } from '../src/manifests/shape/compile.ts'
import { ShapeWriter } from '../src/manifests/shape/encoding.ts'
import { anything, type ObjectShape, type Shape } from '../src/manifests/shape/shape.ts'

const [directory] = process.argv.slice(2)
if (directory === undefined) {
  console.error('usage: node scripts/shapes.ts DIRECTORY')
  process.exit(2)
}
const read = (name: string) => readFileSync(join(directory, name), 'utf8')

interface Definition {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[]
}
type Definitions = Readonly<Record<string, Definition>>

/** Types whose published schema says less than the API server knows. */
const special: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['ArrayOrString', { kind: 'scalar', type: 'parameter' }],
  ['Duration', { kind: 'scalar', type: 'string' }],
  ['IntOrString', { kind: 'scalar', type: 'int-or-string' }],
  ['ParamValue', { kind: 'scalar', type: 'parameter' }],
  ['Quantity', { kind: 'scalar', type: 'quantity' }],
  ['ResultValue', { kind: 'scalar', type: 'parameter' }],
  ['Time', { kind: 'scalar', type: 'string' }],
  ['MicroTime', { kind: 'scalar', type: 'string' }],
])

/** Each definition is one shape, however often it is named: recursion ends there. */
function resolver(definitions: Definitions, elsewhere: (name: string) => Shape, keepRequired: boolean): (reference: string) => Shape {
  const shapes = new Map<string, Shape>()
  const resolve = (reference: string): Shape => {
    const name = reference.replace('#/definitions/', '')
    const known = special.get(name.split('.').at(-1) ?? '') ?? shapes.get(name)
    if (known !== undefined) return known
    const definition = definitions[name]
    if (definition === undefined) return elsewhere(name)
    const shape = compileSchema(definition, resolve)
    // Tekton marks fields as required that it fills in itself.
    const kept: Shape = shape.kind === 'object' && !keepRequired ? { ...shape, required: [] } : shape
    shapes.set(name, kept)
    return kept
  }
  return resolve
}

const kinds = new Map<string, Shape>()

const kubernetes: Definitions = JSON.parse(read('kubernetes-openapi.json')).definitions
const resolveKubernetes = resolver(kubernetes, () => anything, true)
/** What a client sends for an operation, and what only a server writes. */
const notObjects = /^(?:DeleteOptions|WatchEvent|Status|.*List|.*Review|Scale|Binding|Eviction)$/
for (const [name, definition] of Object.entries(kubernetes)) {
  for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
    if (notObjects.test(kind)) continue
    kinds.set(`${group === '' ? version : `${group}/${version}`}/${kind}`, resolveKubernetes(name))
  }
}

const tektonKinds = ['ClusterTask', 'CustomRun', 'Pipeline', 'PipelineRun', 'Run', 'StepAction', 'Task', 'TaskRun', 'VerificationPolicy']
for (const version of ['v1', 'v1beta1', 'v1alpha1']) {
  const definitions = withResolvers(version, JSON.parse(read(`tekton-${version}.json`)).definitions)
  const fromKubernetes = (name: string): Shape => {
    const last = name.split('.').at(-1) ?? ''
    const found = ['io.k8s.api.core.v1', 'io.k8s.apimachinery.pkg.apis.meta.v1']
      .map((prefix) => `${prefix}.${last}`)
      .find((one) => one in kubernetes)
    return found !== undefined && /^v1\.\w+$/.test(name) ? resolveKubernetes(found) : anything
  }
  const resolve = resolver(definitions, fromKubernetes, false)
  for (const kind of tektonKinds) {
    const name = `${version}.${kind === 'ClusterTask' ? 'Task' : kind}`
    if (name in definitions && !(kind === 'ClusterTask' && version !== 'v1beta1')) kinds.set(`tekton.dev/${version}/${kind}`, resolve(name))
  }
}

/** Fields of a reference that stand in an embedded struct, which the published schemas leave out. https://tekton.dev/docs/pipelines/resolution/ */
function withResolvers(version: string, definitions: Definitions): Definitions {
  const { properties: resolver } = definitions[`${version}.ResolverRef`] ?? {}
  const references = ['PipelineRef', 'Ref', 'TaskRef'].map((name) => `${version}.${name}`).filter((name) => name in definitions)
  const whole = references.map((name) => [name, { ...definitions[name], properties: { ...definitions[name]?.properties, ...resolver } }])
  return { ...definitions, ...Object.fromEntries(whole) }
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: unknown } }[]
  }
}
const objectMeta = resolveKubernetes('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')
for (const document of parseAllDocuments(read('istio-crds.yaml'))) {
  const crd = document.toJS() as CustomResourceDefinition | null
  for (const { name, schema } of crd?.spec.versions ?? []) {
    const shape = compileSchema(schema.openAPIV3Schema, () => anything)
    if (crd !== null && shape.kind === 'object') kinds.set(`${crd.spec.group}/${name}/${crd.spec.names.kind}`, withMetadata(shape))
  }
}

function withMetadata(shape: ObjectShape): ObjectShape {
  const extra = new Map<string, Shape>([
    ['apiVersion', { kind: 'scalar', type: 'string' }],
    ['kind', { kind: 'scalar', type: 'string' }],
    ['metadata', objectMeta],
  ])
  return { ...shape, names: [...new Set([...extra.keys(), ...shape.names])], field: (name) => extra.get(name) ?? shape.field(name) }
}

const writer = new ShapeWriter()
const lines = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, shape]) => `${kind} ${writer.write(shape)}`)
const text = `/** Shapes of Kubernetes v1.35, Istio and Tekton objects, by their published schemas; made by \`scripts/shapes.ts\`, read by \`encoding.ts\`. */
export const kindTable = \`${lines.join('\n')}\`

export const shapeTable = \`${writer.lines.join('\n')}\`
`
writeFileSync(new URL('../src/manifests/shape/table.ts', import.meta.url), text)
console.log(`${kinds.size} kinds, ${writer.lines.length} shapes, ${text.length} characters`)
