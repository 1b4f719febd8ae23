/** Helm charts: rendered by the `helm` program, each field placed in its template or its values. https://helm.sh/docs/helm/helm_template/ */
import { join } from 'node:path'
import type { Gap, Location } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { parseYaml } from '../../formats/yaml.ts'
import { type FileReading, gapAt, type JudgedFile, skip } from '../file-reading.ts'
import { typedRoots } from '../objects.ts'
import { baseNameOf, folderOf } from '../path.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { MappedField } from './mapped-field.ts'
import { complaint, type ProgramResult, type RunProgram } from './program.ts'
import { type MarkedPlace, markTemplate, readMarks } from './template-marks.ts'
import { valuesPlace } from './values-place.ts'
import { withWorkspace } from './workspace.ts'

export interface ChartOptions {
  readonly run: RunProgram | undefined
  /** Values files of the tree, the last one the strongest, as `helm --values` takes them. */
  readonly valuesFiles: readonly string[]
}

const textLimitBytes = 4 << 20

/** Readings for the files of the chart in `folder`. `files` are those of the chart and the values files; the chart's own come first. */
export async function readChart(
  tree: Tree,
  folder: string,
  files: readonly TreeFile[],
  options: ChartOptions,
): Promise<readonly FileReading[]> {
  const chartFile =
    files.find(({ path }) => folderOf(path) === folder && /^Chart\.ya?ml$/.test(baseNameOf(path)))?.path ?? `${folder}/Chart.yaml`
  const name = folder === '' ? 'the chart' : `the chart ${folder}`
  const failed = (message: string, gap: Gap = gapAt(chartFile, 1, message)): readonly FileReading[] =>
    files.map(({ path }) =>
      path === chartFile
        ? { file: path, reason: `Helm chart: ${message}`, gaps: [gap] }
        : skip(path, `part of ${name}, which is not rendered`),
    )
  const [chart] = parseYaml(chartFile, (await tree.read(chartFile, textLimitBytes)) ?? new Uint8Array(), { dialect: 'core' }).documents
  if (chart?.at('type').value === 'library') return files.map(({ path }) => skip(path, `part of ${name}, a library that renders nothing`))
  if (!options.run) return failed('not rendered: no program to render it was given')
  const texts = new Map<string, string>()
  for (const { path } of files)
    if (/\.(?:ya?ml|tpl|txt)$/.test(path)) texts.set(path, Buffer.from((await tree.read(path, textLimitBytes)) ?? []).toString('utf8'))
  const templates = [...texts.keys()].filter((path) => isTemplate(path, folder))
  const rendered = await withWorkspace(tree, files, (workspace) =>
    renderTwice(options.run as RunProgram, workspace, folder, templates, texts, options.valuesFiles),
  )
  if (rendered.clean.status === 'missing') return failed('not rendered: helm is not on the path')
  if (rendered.clean.status !== 0) {
    const message = `helm does not render it: ${complaint(rendered.clean)}`
    return failed(message, gapAt(...complainedPlace(rendered.clean.stderr, folder, texts, chartFile), message))
  }
  return readRendered(rendered, { folder, name, files, templates, texts, valuesFiles: options.valuesFiles })
}

function isTemplate(path: string, folder: string): boolean {
  const inside = folder === '' ? path : path.slice(folder.length + 1)
  return /^(?:charts\/[^/]+\/)*templates\//.test(inside)
}

interface Rendered {
  readonly clean: ProgramResult
  readonly marked: ProgramResult
}

async function renderTwice(
  run: RunProgram,
  workspace: string,
  folder: string,
  templates: readonly string[],
  texts: ReadonlyMap<string, string>,
  valuesFiles: readonly string[],
): Promise<Rendered> {
  const { mkdir, writeFile } = await import('node:fs/promises')
  // A home of its own: no plugin, repository or cluster of the user.
  const home = join(workspace, '.portcullis-home')
  await mkdir(home)
  const environment = {
    HOME: home,
    HELM_PLUGINS: join(home, 'plugins'),
    HELM_CACHE_HOME: home,
    HELM_CONFIG_HOME: home,
    HELM_DATA_HOME: home,
  }
  const release = (baseNameOf(folder) || 'release')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 50)
  const words = ['template', release, join(workspace, folder), ...valuesFiles.flatMap((file) => ['--values', join(workspace, file)])]
  const clean = await run('helm', words, { directory: workspace, environment })
  if (clean.status !== 0) return { clean, marked: clean }
  for (const [number, path] of templates.entries()) await writeFile(join(workspace, path), markTemplate(texts.get(path) ?? '', number))
  return { clean, marked: await run('helm', words, { directory: workspace, environment }) }
}

/** Where helm says that a template is wrong: `(shop/templates/a.yaml:3:5)`. The chart's own file where it names no line that exists. */
function complainedPlace(
  stderr: string,
  folder: string,
  texts: ReadonlyMap<string, string>,
  chartFile: string,
): [file: string, line: number] {
  const match = /[\w.-]+\/((?:charts\/[\w.-]+\/)*templates\/[\w./-]+?)(?::(\d+)|[:\s)])/.exec(stderr)
  const file = folder === '' ? (match?.[1] ?? '') : `${folder}/${match?.[1]}`
  const lines = texts.get(file)?.split('\n').length ?? 0
  const line = Number(match?.[2] ?? 1)
  return line >= 1 && line <= lines ? [file, line] : [chartFile, 1]
}

interface Sources {
  readonly folder: string
  readonly name: string
  readonly files: readonly TreeFile[]
  readonly templates: readonly string[]
  readonly texts: ReadonlyMap<string, string>
  readonly valuesFiles: readonly string[]
}

function readRendered({ clean, marked }: Rendered, sources: Sources): readonly FileReading[] {
  const { folder, name, files, templates, texts, valuesFiles } = sources
  const lines = clean.stdout.split('\n')
  const places = marked.status === 0 ? readMarks(lines, marked.stdout.split('\n')) : []
  const parsed = parseYaml('rendered', new TextEncoder().encode(clean.stdout), { dialect: 'kubernetes' })
  const chartValues = folder === '' ? 'values.yaml' : `${folder}/values.yaml`
  const values = [...valuesFiles.toReversed(), chartValues].flatMap(
    (file) => parseYaml(file, new TextEncoder().encode(texts.get(file) ?? ''), { dialect: 'core' }).documents,
  )
  const judged = new Map<string, { roots: JudgedFile['roots'][number][]; gaps: Gap[] }>()
  const fileOf = (path: string) => {
    const found = judged.get(path) ?? { roots: [], gaps: [] }
    judged.set(path, found)
    return found
  }
  const whole: Placing = { lines, places, templates, texts, values, folder }
  for (const document of parsed.documents) {
    const template = templateOf(document.location().startLine, whole)
    const mapped = new MappedField(document, (field, part) => place(field, part, document, template, whole))
    for (const root of typedRoots(mapped)) fileOf(template).roots.push(root)
  }
  for (const { line, message } of parsed.errors) {
    const template = templateOf(line, whole)
    fileOf(template).gaps.push(gapAt(template, places[line - 1]?.line ?? 1, `the rendered chart: ${message}`))
  }
  const isPlace = (path: string) => templates.includes(path) || path === chartValues || valuesFiles.includes(path)
  return files.map(({ path }): FileReading => {
    const { roots, gaps } = judged.get(path) ?? { roots: [], gaps: [] }
    if (!isPlace(path)) return skip(path, `part of ${name}, judged as it is rendered`)
    return { file: path, roots, gaps, lines: () => (texts.get(path) ?? '').split(/\r?\n/) }
  })
}

interface Placing {
  readonly lines: readonly string[]
  readonly places: readonly (MarkedPlace | undefined)[]
  readonly templates: readonly string[]
  readonly texts: ReadonlyMap<string, string>
  readonly values: readonly Field[]
  readonly folder: string
}

/** The template of the document at a line: helm names it above each one. */
function templateOf(line: number, { lines, templates, folder }: Placing): string {
  for (let at = Math.min(line, lines.length) - 1; at >= 0; at--) {
    const source = /^# Source: [^/]+\/(.+)$/.exec(lines[at] ?? '')?.[1]?.trim()
    const path = folder === '' ? source : `${folder}/${source}`
    if (source !== undefined && path !== undefined && templates.includes(path)) return path
  }
  return templates[0] ?? folder
}

function place(field: Field, part: 'value' | 'key', document: Field, template: string, whole: Placing): Location {
  const line = lineOf(field, part)
  const own = whole.places[line - 1]
  const ownFile = own && whole.templates[own.fileNumber]
  if (own && ownFile !== undefined) return lineLocation(ownFile, own.line)
  const above = nearestMark(field, document, whole)
  const file = (above && whole.templates[above.fileNumber]) ?? template
  const text = (whole.texts.get(file) ?? '').split('\n')
  const near = above?.line ?? lineOfKey(field, text)
  return valuesPlace(text, near, field.path.slice(above?.depth ?? 0), field, whole.values) ?? lineLocation(file, near)
}

/** Where it stands in the rendering; a list or a map by its key. */
function lineOf(field: Field, part: 'value' | 'key'): number {
  return (part === 'key' || field.kind !== 'scalar' ? field.keyLocation() : field.location()).startLine
}

/** The nearest field above whose line has a mark, and how many steps of the path lead to it. */
function nearestMark({ path }: Field, document: Field, { places }: Placing): (MarkedPlace & { readonly depth: number }) | undefined {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const found = places[lineOf(document.at(...path.slice(0, depth)), 'key') - 1]
    if (found) return { ...found, depth }
  }
  return undefined
}

/** Without marks: the first line of the template that has the key. */
function lineOfKey({ path }: Field, template: readonly string[]): number {
  const key = path.findLast((step) => typeof step === 'string')
  const index = template.findIndex((line) => line.trimStart().replace(/^- +/, '').startsWith(`${key}:`))
  return Math.max(index, 0) + 1
}

function lineLocation(file: string, line: number): Location {
  return { file, startLine: line, endLine: line }
}
