/** Calls of `helm template`. https://helm.sh/docs/helm/helm_template/ */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { baseNameOf } from '../path.ts'
import type { ProgramResult, RunProgram } from './program.ts'
import { markTemplate } from './template-marks.ts'

/** One rendering as it is, and one with a mark behind each line of the templates. */
export interface Rendered {
  readonly clean: ProgramResult
  readonly marked: ProgramResult
}

export interface HelmCall {
  readonly workspace: string
  /** The chart's folder in the workspace. */
  readonly folder: string
  readonly templates: readonly string[]
  readonly texts: ReadonlyMap<string, string>
  readonly kubernetesMinor?: number | undefined
}

/** A rendering for each set of values files; the marked ones are absent where a clean one failed. */
export async function renderChart(
  run: RunProgram,
  call: HelmCall,
  valuesSets: readonly (readonly string[])[],
): Promise<readonly Rendered[]> {
  const { workspace, folder, templates, texts, kubernetesMinor } = call
  const version = kubernetesMinor === undefined ? [] : ['--kube-version', `1.${kubernetesMinor}.0`]
  // A home of its own: no plugin, repository or cluster of the user.
  const home = await mkdtemp(join(workspace, '.home-'))
  const environment = { HOME: home, HELM_PLUGINS: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home }
  const render = (valuesFiles: readonly string[]) => {
    const values = valuesFiles.flatMap((file) => ['--values', join(workspace, file)])
    return run('helm', ['template', releaseName(folder), join(workspace, folder), ...version, ...values], {
      directory: workspace,
      environment,
    })
  }
  const clean: ProgramResult[] = []
  for (const valuesFiles of valuesSets) clean.push(await render(valuesFiles))
  const failed = clean.find(({ status }) => status !== 0)
  if (failed) return [{ clean: failed, marked: failed }]
  for (const [number, path] of templates.entries()) await writeFile(join(workspace, path), markTemplate(texts.get(path) ?? '', number))
  const rendered: Rendered[] = []
  for (const [index, result] of clean.entries()) rendered.push({ clean: result, marked: await render(valuesSets[index] ?? []) })
  return rendered
}

/** A name that Kubernetes takes. */
function releaseName(folder: string): string {
  const name = baseNameOf(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
  return name.replace(/^-+/, '').slice(0, 50).replace(/-+$/, '') || 'release'
}

/** Where helm says that a template is wrong: `(shop/templates/a.yaml:3:5)`; undefined where it names no line that exists. */
export function complainedPlace({ stderr }: ProgramResult, { folder, texts }: HelmCall): readonly [file: string, line: number] | undefined {
  const match = /[\w.-]+\/((?:charts\/[\w.-]+\/)*templates\/[\w./-]+?)(?::(\d+)|[:\s)])/.exec(stderr)
  const file = folder === '' ? (match?.[1] ?? '') : `${folder}/${match?.[1]}`
  const lines = texts.get(file)?.split('\n').length ?? 0
  const line = Number(match?.[2] ?? 1)
  return line >= 1 && line <= lines ? [file, line] : undefined
}
