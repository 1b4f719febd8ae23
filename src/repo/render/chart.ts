/** Helm charts, judged as they are rendered: readings for the files that a chart is made of. */
import type { Gap } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { parseYaml } from '../../formats/yaml.ts'
import { type FileReading, gapAt, isJudged, type JudgedFile, readManifest, skip } from '../file-reading.ts'
import { typedRoots } from '../objects.ts'
import { baseNameOf, folderOf } from '../path.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { chartPlace, type Placing, templateOf } from './chart-place.ts'
import { complainedPlace, type Rendered, renderChart } from './helm.ts'
import { type Locate, MappedField } from './mapped-field.ts'
import { complaint, type RunProgram } from './program.ts'
import { readMarks, stableLines } from './template-marks.ts'
import { withWorkspace } from './workspace.ts'

export interface ChartOptions {
  readonly run: RunProgram | undefined
  /** Each set is a rendering of its own, its last file the strongest; without any, the chart's own values are used. */
  readonly valuesSets: readonly (readonly string[])[]
  /** What else lies in the folder: read as it stands, and there for `.Files`. */
  readonly beside?: readonly TreeFile[]
  readonly kubernetesMinor?: number | undefined
}

const textLimitBytes = 4 << 20

/** `files` are those of the chart in `folder`, and the values files. */
export async function readChart(
  tree: Tree,
  folder: string,
  files: readonly TreeFile[],
  options: ChartOptions,
): Promise<readonly FileReading[]> {
  const chart = await openChart(tree, folder, files)
  const { run } = options
  if (chart.isLibrary) return files.map(({ path }) => plainOrSkipped(path, chart, `part of ${chart.name}, a library that renders nothing`))
  if (!run) return notRendered(chart, 'not rendered: no program to render it was given')
  const valuesSets = options.valuesSets.length > 0 ? options.valuesSets : [[]]
  const missing = valuesSets.flat().find((path) => !chart.texts.has(path))
  if (missing !== undefined) return notRendered(chart, `not rendered: values file ${missing} is not in the tree`)
  const all = await withWorkspace(tree, [...files, ...(options.beside ?? [])], (workspace) =>
    renderChart(run, { ...chart, workspace, kubernetesMinor: options.kubernetesMinor }, valuesSets),
  )
  const failed = all.find(({ clean }) => clean.status !== 0)?.clean
  if (failed?.status === 'missing') return notRendered(chart, 'not rendered: helm is not on the path')
  if (failed)
    return notRendered(chart, `helm does not render it: ${complaint(failed)}`, complainedPlace(failed, { ...chart, workspace: '' }))
  const parts = all.map((rendered, index) => readRendered(rendered, chart, valuesSets[index] ?? []))
  const places = new Set([...chart.templates, chart.valuesFile, ...valuesSets.flat()])
  return files.map(({ path }) => {
    const own = parts.flat().filter(({ file }) => file === path)
    if (own.length === 0) {
      const plain = plainOrSkipped(path, chart, `part of ${chart.name}, judged as it is rendered`)
      if (!places.has(path) || isJudged(plain)) return plain
    }
    return { file: path, roots: own.flatMap(({ roots }) => roots), gaps: own.flatMap(({ gaps }) => gaps), lines: () => chart.lines(path) }
  })
}

interface Chart {
  readonly folder: string
  /** For messages. */
  readonly name: string
  readonly chartFile: string
  readonly valuesFile: string
  readonly isLibrary: boolean
  readonly files: readonly TreeFile[]
  readonly templates: readonly string[]
  /** The texts of templates and values, by path. */
  readonly texts: ReadonlyMap<string, string>
  lines(path: string): readonly string[]
}

async function openChart(tree: Tree, folder: string, files: readonly TreeFile[]): Promise<Chart> {
  const inside = (name: string) => (folder === '' ? name : `${folder}/${name}`)
  const texts = new Map<string, string>()
  for (const { path } of files) {
    if (/\.(?:ya?ml|json|tpl|txt)$/.test(path)) texts.set(path, Buffer.from((await tree.read(path, textLimitBytes)) ?? []).toString('utf8'))
  }
  const isChartFile = ({ path }: TreeFile) => folderOf(path) === folder && /^Chart\.ya?ml$/.test(baseNameOf(path))
  const chartFile = files.find(isChartFile)?.path ?? inside('Chart.yaml')
  const [about] = parse(chartFile, texts.get(chartFile) ?? '', 'core')
  const split = new Map<string, readonly string[]>()
  return {
    folder,
    name: folder === '' ? 'the chart' : `the chart ${folder}`,
    chartFile,
    valuesFile: inside('values.yaml'),
    isLibrary: about?.at('type').value === 'library',
    files,
    templates: [...texts.keys()].filter((path) =>
      /^(?:charts\/[^/]+\/)*templates\//.test(folder === '' ? path : path.slice(folder.length + 1)),
    ),
    texts,
    lines(path) {
      const lines = split.get(path) ?? (texts.get(path) ?? '').split(/\r?\n/)
      split.set(path, lines)
      return lines
    },
  }
}

function notRendered(
  { files, chartFile, name }: Chart,
  message: string,
  place: readonly [file: string, line: number] = [chartFile, 1],
): readonly FileReading[] {
  const gap = gapAt(...place, message)
  return files.map(({ path }) =>
    path === chartFile
      ? { file: path, reason: `Helm chart: ${message}`, gaps: [gap] }
      : skip(path, `part of ${name}, which is not rendered`),
  )
}

/**
 * A file of the chart that gave nothing to the rendering. Where it has whole objects as it stands, they are judged: who adds a
 * `Chart.yaml`, or an action in a comment, could hide them from here and still apply them.
 */
function plainOrSkipped(path: string, { texts }: Chart, reason: string): FileReading {
  const text = /\.(?:ya?ml|json)$/.test(path) ? texts.get(path) : undefined
  const reading = text === undefined ? undefined : readManifest(path, new TextEncoder().encode(text))
  if (!reading || !isJudged(reading) || reading.roots.length === 0) return skip(path, reason)
  return text?.includes('{{') ? { ...reading, gaps: [] } : reading
}

interface Part {
  readonly file: string
  readonly roots: JudgedFile['roots']
  readonly gaps: readonly Gap[]
}

/** What the documents of one rendering give to the templates that they come from. */
function readRendered({ clean, marked }: Rendered, chart: Chart, valuesFiles: readonly string[]): readonly Part[] {
  const lines = clean.stdout.split('\n')
  const places = marked.status === 0 ? readMarks(lines, marked.stdout.split('\n')) : []
  const values = [...valuesFiles.toReversed(), chart.valuesFile].flatMap((file) => parse(file, chart.texts.get(file) ?? '', 'core'))
  const stable = marked.status === 0 ? stableLines(marked.stdout.split('\n')) : undefined
  const isGenerated = (field: Field) => {
    const { startLine, endLine } = field.location()
    return stable !== undefined && startLine === endLine && !stable.has((lines[startLine - 1] ?? '').trimEnd())
  }
  const placing: Placing = { lines, places, templates: chart.templates, templateLines: chart.lines, values, folder: chart.folder }
  const { documents, errors } = parseYaml('rendered', new TextEncoder().encode(clean.stdout), { dialect: 'kubernetes' })
  const judged = documents.map((document): Part => {
    const file = templateOf(document.location().startLine, placing)
    const locate: Locate = (field, part) => chartPlace(field, part, document, file, placing)
    const mapped = new MappedField(document, locate, undefined, isGenerated)
    return { file, roots: [...typedRoots(mapped)], gaps: [] }
  })
  const broken = errors.map(({ line, message }): Part => {
    const file = templateOf(line, placing)
    return { file, roots: [], gaps: [gapAt(file, 1, `the rendered chart: ${message}`)] }
  })
  return [...judged, ...broken]
}

function parse(file: string, text: string, dialect: 'core' | 'kubernetes') {
  return parseYaml(file, new TextEncoder().encode(text), { dialect }).documents
}
