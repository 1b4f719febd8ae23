/** Renders all charts and overlays of a tree: readings for the files that they are made of. */
import { mapBounded } from '../bounded.ts'
import { type FileReading, skip, unreadable } from '../file-reading.ts'
import { baseNameOf, folderOf } from '../path.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { readChart } from './chart.ts'
import { readOverlays } from './overlays.ts'
import { programsAtOnce, type RunProgram } from './program.ts'

export interface RenderOptions {
  /** How programs are started; without it, charts and overlays are gaps. */
  readonly run?: RunProgram
  /** For the chart in a folder: sets of values files of the tree. Each set is a rendering of its own, its last file the strongest. */
  readonly valuesFiles?: ReadonlyMap<string, readonly (readonly string[])[]>
  /** The minor version of Kubernetes 1.x that charts are rendered for. Undefined: the one that helm takes. */
  readonly kubernetesMinor?: number
  /** Folders of the overlays that are deployed. Without it, those that no other uses: a pull request could then wrap one in another. */
  readonly overlays?: readonly string[]
}

/** By path. What is not in the result is read as any other file. */
export async function renderTree(
  tree: Tree,
  files: readonly TreeFile[],
  options: RenderOptions,
): Promise<ReadonlyMap<string, FileReading>> {
  const readings = new Map<string, FileReading>()
  const charts = await mapBounded(chartFolders(files), programsAtOnce, (folder) => readOneChart(tree, folder, files, options))
  for (const reading of charts.flat()) readings.set(reading.file, reading)
  for (const reading of await readOverlays(tree, files, options.run, options.overlays)) readings.set(reading.file, reading)
  return readings
}

/** Whatever goes wrong with a chart is a gap of the chart. */
async function readOneChart(
  tree: Tree,
  folder: string,
  files: readonly TreeFile[],
  options: RenderOptions,
): Promise<readonly FileReading[]> {
  const valuesSets = options.valuesFiles?.get(folder) ?? []
  const valuesFiles = new Set(valuesSets.flat())
  const all = files.filter(({ path }) => isPartOfChart(path, folder) || valuesFiles.has(path))
  const own = all.filter((file) => file.unreadable === undefined)
  // A chart without one of its files is not the chart that would be installed.
  const lost = all.flatMap(({ path, unreadable: reason }) => (reason === undefined ? [] : [unreadable(path, reason)]))
  // Templates can put any file of the folder into what is rendered.
  const parts = new Set(all)
  const beside = files.filter((file) => file.path.startsWith(folder === '' ? '' : `${folder}/`) && !parts.has(file))
  try {
    return [
      ...lost,
      ...(await readChart(tree, folder, own, { run: options.run, valuesSets, beside, kubernetesMinor: options.kubernetesMinor })),
    ]
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const [first, ...others] = own.map(({ path }) => path)
    const gap = first === undefined ? [] : [unreadable(first, `the chart ${folder}: ${message}`)]
    return [...lost, ...gap, ...others.map((path) => skip(path, `part of the chart ${folder}, which is not rendered`))]
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
