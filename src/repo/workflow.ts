/** The images of GitHub workflows and actions: job containers, services and `docker://` steps. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
import { quote } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { parseYaml } from '../formats/yaml.ts'
import { type FileReading, gapAt, gapsOf, skip } from './file-reading.ts'
import { imageUse } from './image-use.ts'
import { baseNameOf } from './path.ts'
import type { ImageUse } from './repository.ts'

export function isWorkflowFile(path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || /^action\.ya?ml$/.test(baseNameOf(path))
}

const scheme = 'docker://'

export function readWorkflow(file: string, bytes: Uint8Array): FileReading {
  const parsed = parseYaml(file, bytes, { dialect: 'core' })
  const gaps = gapsOf(file, parsed.errors)
  const named = parsed.documents.flatMap((document) => [...workflowImages(document), ...actionImages(document)])
  const isKnown = parsed.documents.some((document) => document.at('jobs').kind === 'map' || document.at('runs').kind === 'map')
  if (!isKnown && gaps.length === 0) return skip(file, 'neither a workflow nor an action: there are no jobs and no runs')
  const imageUses: ImageUse[] = []
  for (const { field, references } of named) {
    if (references) for (const reference of references) imageUses.push(...imageUse(field, file, reference))
    else gaps.push(gapAt(file, field.location().startLine, `image ${quote(String(field.value))} is not known before the run`))
  }
  return { file, roots: [], imageUses, workflows: parsed.documents, gaps, lines: () => parsed.lines }
}

interface NamedImages {
  readonly field: Field
  /** What the field may stand for; undefined where only a run knows. */
  readonly references: readonly string[] | undefined
}

function* workflowImages(root: Field): Generator<NamedImages> {
  for (const [, job] of root.at('jobs').entries()) {
    const matrix = job.at('strategy', 'matrix')
    const container = job.at('container')
    const services = job.at('services').entries()
    for (const field of [
      container.kind === 'map' ? container.at('image') : container,
      ...services.map(([, service]) => service.at('image')),
    ]) {
      if (typeof field.value === 'string') yield { field, references: expand(field.value, matrix) }
    }
    yield* stepImages(job.at('steps'))
  }
}

function* actionImages(root: Field): Generator<NamedImages> {
  const image = root.at('runs', 'image')
  if (typeof image.value === 'string' && image.value.startsWith(scheme))
    yield { field: image, references: [image.value.slice(scheme.length)] }
  yield* stepImages(root.at('runs', 'steps'))
}

/** `uses` takes no expressions. */
function* stepImages(steps: Field): Generator<NamedImages> {
  for (const step of steps.items()) {
    const uses = step.at('uses')
    if (typeof uses.value === 'string' && uses.value.startsWith(scheme))
      yield { field: uses, references: [uses.value.slice(scheme.length)] }
  }
}

const referencesLimit = 256
/** A reference has some hundred characters. */
const textLimit = 4096
const expression = /\$\{\{([^{}]*)\}\}/g

/** All that the text may be when each `${{ matrix.name }}` takes each of its values; undefined for any other expression. */
function expand(text: string, matrix: Field): readonly string[] | undefined {
  if (text.length > textLimit) return undefined
  // One spelling for each expression, so that it has one value wherever it stands.
  let texts: readonly string[] = [text.replace(expression, (_, inner: string) => `\${{${inner.trim()}}}`)]
  for (;;) {
    const match = new RegExp(expression.source).exec(texts[0] ?? '')
    if (!match) return [...new Set(texts.map((reference) => (reference.startsWith(scheme) ? reference.slice(scheme.length) : reference)))]
    const path = /^matrix((?:\.[\w-]+)+)$/
      .exec(match[1] ?? '')?.[1]
      ?.slice(1)
      .split('.')
    const values = path ? matrixValues(matrix, path) : undefined
    if (!values || values.length * texts.length > referencesLimit) return undefined
    texts = texts.flatMap((before) => values.map((value) => before.replaceAll(match[0], () => value)))
  }
}

/** The values of a matrix key, and of a key below it where its values are maps; undefined where one of them is computed. */
function matrixValues(matrix: Field, [name = '', ...below]: readonly string[]): readonly string[] | undefined {
  const fields = [
    ...matrix
      .at(name)
      .items()
      .map((value) => value.at(...below)),
    ...matrix
      .at('include')
      .items()
      .map((entry) => entry.at(name, ...below)),
  ].filter(({ kind }) => kind !== 'absent')
  const values = fields.map(({ value }) => (value === null || value === undefined ? undefined : String(value)))
  if (values.length === 0 || values.some((value) => value === undefined || value.includes('${{'))) return undefined
  return values as string[]
}
