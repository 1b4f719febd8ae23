/** Renders all charts and overlays of a tree: readings for the files that they are made of. */
import type { Gap } from '../../findings.ts'
import { type FileReading, gapAt, type JudgedFile, skip, unreadable } from '../file-reading.ts'
import { baseNameOf, comparePaths, folderOf } from '../path.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { readChart } from './chart.ts'
import { type Kustomization, reachable, readKustomization } from './kustomization.ts'
import { buildOverlay } from './overlay.ts'
import type { RunProgram } from './program.ts'

export interface RenderOptions {
  /** How programs are started; without it, charts and overlays are gaps. */
  readonly run?: RunProgram
  /** For the chart in a folder: sets of values files of the tree. Each set is a rendering of its own, its last file the strongest. */
  readonly valuesFiles?: ReadonlyMap<string, readonly (readonly string[])[]>
}

const fileLimitBytes = 4 << 20

/** By path. What is not in the result is read as any other file. */
export async function renderTree(
  tree: Tree,
  files: readonly TreeFile[],
  options: RenderOptions,
): Promise<ReadonlyMap<string, FileReading>> {
  const readings = new Map<string, FileReading>()
  for (const folder of chartFolders(files)) {
    const valuesSets = options.valuesFiles?.get(folder) ?? []
    const valuesFiles = new Set(valuesSets.flat())
    const all = files.filter(({ path }) => isPartOfChart(path, folder) || valuesFiles.has(path))
    const own = all.filter((file) => file.unreadable === undefined)
    // A chart without one of its files is not the chart that would be installed.
    for (const { path, unreadable: reason } of all) if (reason !== undefined) readings.set(path, unreadable(path, reason))
    for (const reading of await attempt(own, folder, () => readChart(tree, folder, own, { run: options.run, valuesSets })))
      readings.set(reading.file, reading)
  }
  for (const reading of await readOverlays(tree, files, options.run)) readings.set(reading.file, reading)
  return readings
}

/** Whatever goes wrong with a chart is a gap of the chart. */
async function attempt(
  files: readonly TreeFile[],
  folder: string,
  work: () => Promise<readonly FileReading[]>,
): Promise<readonly FileReading[]> {
  try {
    return await work()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const [first, ...others] = files.map(({ path }) => path)
    return [
      ...(first === undefined ? [] : [unreadable(first, `the chart ${folder}: ${message}`)]),
      ...others.map((path) => skip(path, `part of the chart ${folder}, which is not rendered`)),
    ]
  }
}

function chartFolders(files: readonly TreeFile[]): readonly string[] {
  const folders = files.filter(({ path }) => /^Chart\.ya?ml$/.test(baseNameOf(path))).map(({ path }) => folderOf(path))
  // A chart inside another one's `charts` is rendered with it.
  return folders.filter(
    (folder) => !folders.some((other) => folder !== other && folder.startsWith(other === '' ? 'charts/' : `${other}/charts/`)),
  )
}

/** Custom resource definitions (`crds`) and what else lies there are plain files. */
function isPartOfChart(path: string, folder: string): boolean {
  if (folder !== '' && !path.startsWith(`${folder}/`)) return false
  const inside = folder === '' ? path : path.slice(folder.length + 1)
  return /^(?:charts|templates|files|ci)\/|^(?:Chart\.(?:ya?ml|lock)|values[^/]*\.(?:ya?ml|json)|\.helmignore)$/.test(inside)
}

async function readOverlays(tree: Tree, files: readonly TreeFile[], run: RunProgram | undefined): Promise<readonly FileReading[]> {
  const named = files.filter(
    ({ path, unreadable: reason }) => /^(?:kustomization\.ya?ml|Kustomization)$/.test(baseNameOf(path)) && reason === undefined,
  )
  if (named.length === 0) return []
  const places = new Set(files.flatMap(({ path }) => [path, ...foldersAbove(path)]))
  const texts = new Map<string, Uint8Array>()
  const readings = new Map<string, FileReading>()
  const byFolder = new Map<string, Kustomization>()
  for (const { path } of named) {
    try {
      const bytes = (await tree.read(path, fileLimitBytes)) ?? new Uint8Array()
      texts.set(path, bytes)
      const kustomization = readKustomization(path, folderOf(path), bytes, (other) => places.has(other))
      byFolder.set(kustomization.folder, kustomization)
    } catch (error) {
      readings.set(path, unreadable(path, error instanceof Error ? error.message : String(error)))
    }
  }
  const all = [...byFolder.values()]
  const used = new Set(all.flatMap(({ built, changing }) => [...built, ...changing]))
  const merged = new Map<string, { roots: JudgedFile['roots'][number][]; gaps: Gap[] }>()
  const mergedAt = (path: string) => {
    const found = merged.get(path) ?? { roots: [], gaps: [] }
    merged.set(path, found)
    return found
  }
  for (const top of all.filter(({ folder, isComponent }) => !used.has(folder) && !isComponent)) {
    const reached = reachable(top, byFolder)
    const needed = neededFiles(files, reached)
    for (const { path } of needed)
      if (!texts.has(path) && /\.(?:ya?ml|json)$/.test(path)) texts.set(path, (await tree.read(path, fileLimitBytes)) ?? new Uint8Array())
    const overlay = await buildOverlay(tree, top, byFolder, needed, texts, run).catch((error: unknown) => {
      const failure = error instanceof Error ? error.message : String(error)
      return { failure, gap: gapAt(top.file, 1, failure) }
    })
    if ('failure' in overlay) {
      readings.set(top.file, { file: top.file, reason: `Kustomize overlay: ${overlay.failure}`, gaps: [overlay.gap] })
      continue
    }
    mergedAt(top.file).gaps.push(...overlay.gaps)
    for (const { file, built, changing } of reached) for (const path of [file, ...built, ...changing]) if (texts.has(path)) mergedAt(path)
    for (const [path, roots] of overlay.roots) mergedAt(path).roots.push(...roots)
  }
  for (const [path, { roots, gaps }] of merged) readings.set(path, judgedFile(path, roots, gaps, texts.get(path)))
  // What was not built: patches are no objects of their own, resources are read as they stand.
  for (const { file, changing } of all) {
    for (const path of changing)
      if (!readings.has(path) && texts.has(path))
        readings.set(path, skip(path, `patch of the Kustomize overlay ${folderOf(file)}, which is not built`))
    if (!readings.has(file)) readings.set(file, skip(file, 'Kustomize overlay that is a part of one which is not built'))
  }
  return [...readings.values()].sort((a, b) => comparePaths(a.file, b.file))
}

function judgedFile(file: string, roots: JudgedFile['roots'], gaps: readonly Gap[], bytes: Uint8Array | undefined): JudgedFile {
  return {
    file,
    roots,
    gaps,
    lines: () =>
      Buffer.from(bytes ?? [])
        .toString('utf8')
        .split(/\r?\n/),
  }
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
