/** Programs that run Rego in text, where they are on the path. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { complaint, type ProgramResult, type RunProgram } from '../../../repo/render/program.ts'
import { evaluateByConftest } from './conftest.ts'
import { evaluateByOpa } from './opa.ts'
import type { RuleValues } from './results.ts'
import type { RegoModule } from './sources.ts'

export interface RegoRequest {
  readonly modules: readonly RegoModule[]
  readonly data: Readonly<Record<string, unknown>>
  /** Whose rules are asked. */
  readonly packages: readonly string[]
  readonly inputs: readonly unknown[]
  /** What the modules are written in; tried first, then the other. */
  readonly syntax: 'v0' | 'v1'
}

/** Values by package, for each input. */
export type RegoAnswers = readonly ReadonlyMap<string, RuleValues>[]

/** Undefined where there is no such program. Throws for modules that it does not take. */
export type RegoEngine = (request: RegoRequest, workspace: RegoWorkspace) => Promise<RegoAnswers | undefined>

export interface RegoWorkspace {
  readonly directory: string
  /** The folder of the modules, each under a name of our own. */
  readonly modules: string
  run(command: string, words: readonly string[]): Promise<ProgramResult>
  /** What the program complains about, with the modules' own names. */
  complaint(result: ProgramResult): string
}

const engines: readonly RegoEngine[] = [evaluateByOpa, evaluateByConftest]

/** Throws where no program is there, and where none takes the modules. */
export async function evaluateRego(request: RegoRequest, run: RunProgram | undefined): Promise<RegoAnswers> {
  if (!run) throw new Error('no program is started here')
  const directory = await mkdtemp(join(tmpdir(), 'portcullis-rego-'))
  try {
    const workspace = await openWorkspace(directory, request, run)
    for (const engine of engines) {
      const answers = await engine(request, workspace)
      if (answers) return answers
    }
    throw new Error('neither opa nor conftest is on the path')
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function openWorkspace(directory: string, { modules, data }: RegoRequest, run: RunProgram): Promise<RegoWorkspace> {
  const folder = await mkdtemp(join(directory, 'modules-'))
  const names = new Map<string, string>()
  for (const [index, { name, text }] of modules.entries()) {
    names.set(`m${index}.rego`, name)
    await writeFile(join(folder, `m${index}.rego`), text)
  }
  if (Object.keys(data).length > 0) await writeFile(join(folder, 'data.json'), JSON.stringify(data))
  const environment = { HOME: directory }
  return {
    directory,
    modules: folder,
    run: (command, words) => run(command, words, { directory, environment }),
    complaint(result) {
      const text = complaint(result).replaceAll(`${folder}/`, '')
      return text.replaceAll(/\bm\d+\.rego\b/gu, (name) => names.get(name) ?? name).slice(0, 400)
    },
  }
}
