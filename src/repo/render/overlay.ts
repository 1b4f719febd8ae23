/** Kustomize overlays: built by `kustomize` or `kubectl kustomize`, each field placed in its base, patch or kustomization. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Gap } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { parseYaml } from '../../formats/yaml.ts'
import { gapAt, type JudgedFile } from '../file-reading.ts'
import { typedRoots } from '../objects.ts'
import { folderOf, resolvePath } from '../path.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { type Kustomization, reachable } from './kustomization.ts'
import { MappedField } from './mapped-field.ts'
import { overlayPlace, sourceOf } from './overlay-place.ts'
import { complaint, type ProgramResult, type RunProgram } from './program.ts'
import { withWorkspace } from './workspace.ts'

/** What a build gives: objects by the file that they come from, or the reason why there are none. */
export type Overlay =
  | { readonly roots: ReadonlyMap<string, JudgedFile['roots']>; readonly gaps: readonly Gap[] }
  | { readonly failure: string; readonly gap: Gap }

const originKey = 'config.kubernetes.io/origin'
const hiddenKeys: ReadonlySet<string> = new Set([originKey])

/** `texts` are the files of the build, as they were read. */
export async function buildOverlay(
  tree: Tree,
  top: Kustomization,
  byFolder: ReadonlyMap<string, Kustomization>,
  files: readonly TreeFile[],
  texts: ReadonlyMap<string, Uint8Array>,
  run: RunProgram | undefined,
): Promise<Overlay> {
  const kustomizations = reachable(top, byFolder)
  const failed = (message: string, file = top.file, line = 1): Overlay => ({ failure: message, gap: gapAt(file, line, message) })
  for (const { file, obstacles } of kustomizations) {
    const [first] = obstacles
    if (first) return failed(first.message, file, first.line)
  }
  if (!run) return failed('not built: no program to build it was given')
  const result = await withWorkspace(tree, files, (workspace) => build(run, workspace, top, texts.get(top.file)))
  if (result.status === 'missing') return failed('not built: neither kustomize nor kubectl is on the path')
  if (result.status !== 0) return failed(`kustomize does not build it: ${complaint(result)}`)
  return readBuilt(result.stdout, top, kustomizations, texts)
}

async function build(run: RunProgram, workspace: string, top: Kustomization, bytes: Uint8Array | undefined): Promise<ProgramResult> {
  // Asks for the origin of each object; where the file already asks for something, objects are found by name.
  if (bytes && top.root.at('buildMetadata').kind === 'absent' && top.root.location().startColumn === 1) {
    await writeFile(join(workspace, top.file), `${Buffer.from(bytes).toString('utf8').trimEnd()}\nbuildMetadata: [originAnnotations]\n`)
  }
  const options = { directory: workspace, environment: { HOME: workspace } }
  const result = await run('kustomize', ['build', join(workspace, top.folder)], options)
  return result.status === 'missing' ? run('kubectl', ['kustomize', join(workspace, top.folder)], options) : result
}

function readBuilt(
  output: string,
  top: Kustomization,
  kustomizations: readonly Kustomization[],
  texts: ReadonlyMap<string, Uint8Array>,
): Overlay {
  const parsedFiles = new Map<string, readonly Field[]>()
  const documents = (file: string) => {
    const kept = parsedFiles.get(file)
    if (kept) return kept
    const bytes = texts.get(file)
    const read = bytes ? parseYaml(file, bytes, { dialect: 'kubernetes' }).documents : []
    parsedFiles.set(file, read)
    return read
  }
  const sources = { documents, kustomizations }
  const roots = new Map<string, JudgedFile['roots'][number][]>()
  const { documents: built, errors } = parseYaml(top.file, new TextEncoder().encode(output), { dialect: 'kubernetes' })
  for (const document of built) {
    const origin = originOf(document, top) ?? top.file
    const source = sourceOf(document, origin, sources)
    const mapped = new MappedField(document, (field, part) => overlayPlace(field, part, document, source, sources, origin), hiddenKeys)
    const found = roots.get(origin) ?? []
    found.push(...typedRoots(mapped))
    roots.set(origin, found)
  }
  return { roots, gaps: errors.slice(0, 1).map(({ message }) => gapAt(top.file, 1, `the built overlay: ${message}`)) }
}

/** The file that an object was read from, or the kustomization that generated it. */
function originOf(document: Field, top: Kustomization): string | undefined {
  const written = document.at('metadata', 'annotations', originKey).value
  if (typeof written !== 'string') return undefined
  const [origin] = parseYaml(top.file, new TextEncoder().encode(written), { dialect: 'core' }).documents
  const path = origin?.at('path').value ?? origin?.at('configuredIn').value
  return typeof path === 'string' ? resolvePath(folderOf(top.file), path) : undefined
}
