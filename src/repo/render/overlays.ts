/** The Kustomize overlays of a tree, judged as they are built: readings for the files that they are made of. */
import type { Gap } from '../../findings.ts'
import { mapBounded } from '../bounded.ts'
import { type FileReading, gapAt, type JudgedFile, skip, unreadable } from '../file-reading.ts'
import { baseNameOf, folderOf } from '../path.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { type Kustomization, reachable, readKustomization } from './kustomization.ts'
import { buildOverlay, type Overlay } from './overlay.ts'
import { programsAtOnce, type RunProgram } from './program.ts'

const fileLimitBytes = 4 << 20

/**
 * `named` are the folders that are deployed, as the policy says; without it, those that no other kustomization uses. A folder that is
 * named and not there is a gap.
 */
export async function readOverlays(
  tree: Tree,
  files: readonly TreeFile[],
  run: RunProgram | undefined,
  named: readonly string[] | undefined,
): Promise<readonly FileReading[]> {
  const readings = new Readings()
  const byFolder = await readKustomizations(tree, files, readings)
  const built = await mapBounded(topsOf(byFolder, named), programsAtOnce, (top) =>
    buildTop(tree, top, byFolder, files, run, readings.texts),
  )
  for (const one of built) takeBuilt(one, readings)
  const all = [...byFolder.values()]
  for (const folder of named ?? []) {
    if (!byFolder.has(folder))
      readings.skipped(unreadable(`${folder}/kustomization.yaml`, 'the policy names this overlay, and it is not there'))
  }
  // What was not built: patches are no objects of their own, resources are read as they stand.
  for (const { file, changing, isUsedByItself } of all.map((one) => ({ ...one, isUsedByItself: reachesItself(one, byFolder) }))) {
    for (const path of changing)
      if (readings.has(path)) readings.skipped(skip(path, `patch of the Kustomize overlay ${folderOf(file)}, which is not built`))
    if (isUsedByItself) readings.skipped(unreadable(file, 'Kustomize overlay that uses itself'))
    else readings.skipped(skip(file, 'Kustomize overlay that is a part of one which is not built'))
  }
  return readings.list()
}

/** By path; what was judged goes before what was skipped, and the first reason stays. */
class Readings {
  readonly texts = new Map<string, Uint8Array>()
  readonly #judged = new Map<string, { roots: JudgedFile['roots'][number][]; gaps: Gap[] }>()
  readonly #skipped = new Map<string, FileReading>()

  has(path: string): boolean {
    return this.texts.has(path)
  }

  judged(path: string, roots: JudgedFile['roots'] = [], gaps: readonly Gap[] = []): void {
    const found = this.#judged.get(path) ?? { roots: [], gaps: [] }
    found.roots.push(...roots)
    found.gaps.push(...gaps)
    this.#judged.set(path, found)
  }

  skipped(reading: FileReading): void {
    if (!this.#skipped.has(reading.file)) this.#skipped.set(reading.file, reading)
  }

  list(): readonly FileReading[] {
    const judged = [...this.#judged].map(([file, { roots, gaps }]): JudgedFile => {
      const skippedGaps = this.#skipped.get(file)?.gaps ?? []
      return { file, roots, gaps: [...gaps, ...skippedGaps], lines: () => linesOf(this.texts.get(file)) }
    })
    return [...judged, ...[...this.#skipped.values()].filter(({ file }) => !this.#judged.has(file))]
  }
}

function linesOf(bytes: Uint8Array | undefined): readonly string[] {
  return Buffer.from(bytes ?? [])
    .toString('utf8')
    .split(/\r?\n/)
}

async function readKustomizations(tree: Tree, files: readonly TreeFile[], readings: Readings): Promise<ReadonlyMap<string, Kustomization>> {
  const byFolder = new Map<string, Kustomization>()
  const named = files.filter(({ path }) => /^(?:kustomization\.ya?ml|Kustomization)$/.test(baseNameOf(path)))
  const places = new Set(named.length > 0 ? files.flatMap(({ path }) => [path, ...foldersAbove(path)]) : [])
  for (const { path, unreadable: reason } of named) {
    if (reason !== undefined) {
      readings.skipped(unreadable(path, reason))
      continue
    }
    try {
      const bytes = (await tree.read(path, fileLimitBytes)) ?? new Uint8Array()
      readings.texts.set(path, bytes)
      byFolder.set(
        folderOf(path),
        readKustomization(path, folderOf(path), bytes, (other) => places.has(other)),
      )
    } catch (error) {
      readings.skipped(unreadable(path, messageOf(error)))
    }
  }
  return byFolder
}

function topsOf(byFolder: ReadonlyMap<string, Kustomization>, named: readonly string[] | undefined): readonly Kustomization[] {
  const all = [...byFolder.values()]
  if (named) return all.filter(({ folder }) => named.includes(folder))
  const used = new Set(all.flatMap(({ built, changing }) => [...built, ...changing]))
  return all.filter(({ folder, isComponent }) => !used.has(folder) && !isComponent)
}

function reachesItself(one: Kustomization, byFolder: ReadonlyMap<string, Kustomization>): boolean {
  return reachable(one, byFolder).some(({ built, changing }) => built.includes(one.folder) || changing.includes(one.folder))
}

interface Built {
  readonly top: Kustomization
  readonly reached: readonly Kustomization[]
  readonly overlay: Overlay
}

async function buildTop(
  tree: Tree,
  top: Kustomization,
  byFolder: ReadonlyMap<string, Kustomization>,
  files: readonly TreeFile[],
  run: RunProgram | undefined,
  texts: Map<string, Uint8Array>,
): Promise<Built> {
  const reached = reachable(top, byFolder)
  const needed = neededFiles(files, reached)
  try {
    for (const { path } of needed) {
      if (texts.has(path) || !/\.(?:ya?ml|json)$/.test(path)) continue
      texts.set(path, (await tree.read(path, fileLimitBytes)) ?? new Uint8Array())
    }
    return { top, reached, overlay: await buildOverlay(tree, top, byFolder, needed, texts, run) }
  } catch (error) {
    const failure = messageOf(error)
    return { top, reached, overlay: { failure, gap: gapAt(top.file, 1, failure) } }
  }
}

function takeBuilt({ top, reached, overlay }: Built, readings: Readings): void {
  if ('failure' in overlay) {
    readings.skipped({ file: top.file, reason: `Kustomize overlay: ${overlay.failure}`, gaps: [overlay.gap] })
    return
  }
  readings.judged(top.file, [], overlay.gaps)
  const paths = reached.flatMap(({ file, built, changing }) => [file, ...built, ...changing])
  for (const path of paths) if (readings.has(path)) readings.judged(path)
  for (const [path, roots] of overlay.roots) readings.judged(path, roots)
}

/** The folders of the kustomizations and what they name elsewhere. */
function neededFiles(files: readonly TreeFile[], kustomizations: readonly Kustomization[]): readonly TreeFile[] {
  const folders = kustomizations.map(({ folder }) => folder)
  const named = new Set(kustomizations.flatMap(({ built, changing }) => [...built, ...changing]))
  return files.filter(({ path }) => named.has(path) || folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)))
}

function* foldersAbove(path: string): Generator<string> {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) yield folder
  yield ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
