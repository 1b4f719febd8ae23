/** Where a field of a built overlay comes from: its base's file, a patch, or an entry of a kustomization. */
import type { Location } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { parseYaml } from '../../formats/yaml.ts'
import { resolvePath } from '../path.ts'
import type { Kustomization } from './kustomization.ts'

export interface OverlaySources {
  /** The documents of a file of the tree; none where it is not one that was read. */
  documents(file: string): readonly Field[]
  /** The kustomizations of the build; the outermost comes first. */
  readonly kustomizations: readonly Kustomization[]
}

/** The document of `file` that the rendered one was made from: of its kind, with its name or a part of it. */
export function sourceOf(rendered: Field, file: string, { documents }: OverlaySources): Field | undefined {
  const name = String(rendered.at('metadata', 'name').value ?? '')
  const alike = documents(file).filter((document) => document.at('kind').value === rendered.at('kind').value)
  const named = (document: Field) => String(document.at('metadata', 'name').value ?? '')
  return alike.find((document) => named(document) === name) ?? alike.find((document) => name.includes(named(document))) ?? alike[0]
}

/** `source` is undefined for what a generator made; `fallback` is then the kustomization that it stands in. */
export function overlayPlace(
  field: Field,
  part: 'value' | 'key',
  rendered: Field,
  source: Field | undefined,
  sources: OverlaySources,
  fallback: string,
): Location {
  const written = source && sameField(field.path, rendered, source)
  if (written && (field.kind !== 'scalar' || written.value === field.value)) return locationOf(written, part)
  const changed = changedBy(field, rendered, written, sources)
  if (changed) return locationOf(changed, part)
  if (written) return locationOf(written, part)
  for (let depth = field.path.length - 1; source && depth >= 0; depth--) {
    const above = sameField(field.path.slice(0, depth), rendered, source)
    if (above) return above.keyLocation()
  }
  const made = source ? undefined : generatorEntry(field, rendered, sources)
  return made ? locationOf(made, part) : { file: fallback, startLine: 1, endLine: 1 }
}

/** The literal, or the entry of a generator, that made the object; of its name, a prefix, a suffix and a digest may be others'. */
function generatorEntry(field: Field, rendered: Field, { kustomizations }: OverlaySources): Field | undefined {
  const [kind, name] = [rendered.at('kind'), rendered.at('metadata', 'name')].map(({ value }) => String(value ?? ''))
  const generator = kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator'
  const entry = kustomizations
    .flatMap(({ root }) => root.at(generator).items())
    .filter((one) => typeof one.at('name').value === 'string' && name?.includes(String(one.at('name').value)))
    .sort((a, b) => String(b.at('name').value).length - String(a.at('name').value).length)[0]
  const key = field.path[0] === 'data' ? `${String(field.path[1])}=` : undefined
  const literals = entry && key !== undefined ? entry.at('literals').items() : []
  return literals.find(({ value }) => String(value).startsWith(key ?? '')) ?? entry
}

function locationOf(field: Field, part: 'value' | 'key'): Location {
  return part === 'key' ? field.keyLocation() : field.location()
}

/** The field at the same path in another version of the object; elements of lists are found by their names, where they have some. */
function sameField(path: readonly (string | number)[], from: Field, to: Field): Field | undefined {
  let [one, other] = [from, to]
  for (const step of path) {
    one = one.at(step)
    const name = typeof step === 'number' ? one.at('name').value : undefined
    const item = name === undefined ? undefined : other.items().find((candidate) => candidate.at('name').value === name)
    other = item ?? other.at(step)
    if (other.kind === 'absent') return undefined
  }
  return other
}

/** The entry of a kustomization, or the field of a patch, that gave the field its value. */
function changedBy(field: Field, rendered: Field, written: Field | undefined, sources: OverlaySources): Field | undefined {
  for (const kustomization of sources.kustomizations) {
    const found =
      imageEntry(field, written, kustomization) ?? patchField(field, rendered, kustomization, sources) ?? settingOf(field, kustomization)
    if (found) return found
  }
  return undefined
}

function imageEntry(field: Field, written: Field | undefined, { root }: Kustomization): Field | undefined {
  if (field.path.at(-1) !== 'image' || typeof written?.value !== 'string') return undefined
  const name = written.value.replace(/@.*$/, '').replace(/:[^/]*$/, '')
  const entry = root
    .at('images')
    .items()
    .findLast((image) => image.at('name').value === name)
  if (!entry) return undefined
  return ['digest', 'newTag', 'newName'].map((key) => entry.at(key)).find(({ kind }) => kind === 'scalar') ?? entry
}

function patchField(field: Field, rendered: Field, kustomization: Kustomization, sources: OverlaySources): Field | undefined {
  for (const document of patchDocuments(kustomization, sources)) {
    if (document.kind === 'list') {
      const pointer = `/${field.path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`
      const operation = document.items().findLast((item) => {
        const path = String(item.at('path').value ?? '')
        return path !== '' && (pointer === path || pointer.startsWith(`${path}/`) || pointer.startsWith(path.replace(/-$/, '')))
      })
      if (operation) return operation.at('value').kind === 'absent' ? operation.at('path') : operation.at('value')
      continue
    }
    if (document.at('kind').kind !== 'absent' && document.at('kind').value !== rendered.at('kind').value) continue
    const found = sameField(field.path, rendered, document)
    if (found && (field.kind !== 'scalar' || found.value === field.value)) return found
  }
  return undefined
}

/** Patches in files of their own, and those that stand in the kustomization as text. */
function* patchDocuments({ root, folder, file }: Kustomization, sources: OverlaySources): Generator<Field> {
  for (const key of ['patches', 'patchesJson6902', 'patchesStrategicMerge']) {
    for (const item of root.at(key).items()) {
      const written = item.kind === 'scalar' ? item : item.at('patch')
      const named = item.kind === 'scalar' ? item : item.at('path')
      const path = typeof named.value === 'string' ? resolvePath(folder, named.value) : undefined
      if (path !== undefined) yield* sources.documents(path)
      if (typeof written.value === 'string' && written.value.includes('\n')) yield* inlineDocuments(file, written, written.value)
    }
  }
}

/** The text of a literal block keeps its lines: with empty ones in front, its documents have the lines of the file. */
function inlineDocuments(file: string, field: Field, text: string): readonly Field[] {
  const above = '\n'.repeat(field.location().startLine)
  return parseYaml(file, new TextEncoder().encode(above + text), { dialect: 'kubernetes' }).documents
}

const settings: ReadonlyMap<string, string> = new Map([
  ['metadata/namespace', 'namespace'],
  ['metadata/name', 'namePrefix'],
  ['spec/replicas', 'replicas'],
])

function settingOf(field: Field, { root }: Kustomization): Field | undefined {
  const key = settings.get(field.path.join('/'))
  const found = key === undefined ? undefined : root.at(key)
  return found && found.kind !== 'absent' ? found : undefined
}
