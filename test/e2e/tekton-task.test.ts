import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folderOf } from '../builders/command.ts'
import { hasTektonSchema, tektonErrors } from '../builders/tekton-schema.ts'

interface Task {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: {
    readonly params: readonly { readonly name: string; readonly default?: string | readonly string[] }[]
    readonly steps: readonly {
      readonly command: readonly string[]
      readonly args: readonly string[]
      readonly script?: string
      readonly workingDir: string
    }[]
  }
}

const task: Task = parse(readFileSync('tekton/task.yaml', 'utf8'))
const cleanUp: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step()
})

/** Replaces variables as Tekton does: in every argument, an array by its elements where it stands alone. */
function substitute(text: string, values: ReadonlyMap<string, string | readonly string[]>): readonly string[] {
  const whole = /^\$\((?<name>[^)]+)\[\*\]\)$/u.exec(text)?.groups?.name
  if (whole !== undefined) return [values.get(whole) ?? []].flat()
  return [
    text.replace(/\$\((?<name>[^)]+)\)/gu, (_, name: string) => {
      const value = values.get(name)
      if (typeof value !== 'string') throw new Error(`no value for $(${name})`)
      return value
    }),
  ]
}

async function runTask(files: Record<string, string>, params: Record<string, string | readonly string[]>) {
  const { directory, remove } = await folderOf(files)
  cleanUp.push(remove)
  const [source, results] = [join(directory, 'source'), join(directory, 'results')]
  await mkdir(results)
  const values = new Map<string, string | readonly string[]>([
    ['workspaces.source.path', source],
    ['results.verdict.path', join(results, 'verdict')],
    ...task.spec.params.flatMap(({ name, default: value }) => (value === undefined ? [] : [[`params.${name}`, value] as const])),
    ...Object.entries(params).map(([name, value]) => [`params.${name}`, value] as const),
  ])
  const [step] = task.spec.steps
  if (!step) throw new Error('the task has no step')
  const [program = '', ...rest] = [...step.command, ...step.args].flatMap((argument) => substitute(argument, values))
  const call = rest.map((argument) => argument.replace('/opt/portcullis/dist', resolve('dist')))
  const { status, stdout } = spawnSync(program, call, { cwd: substitute(step.workingDir, values)[0], encoding: 'utf8' })
  return {
    status,
    stdout,
    verdict: await readFile(join(results, 'verdict'), 'utf8').catch(() => undefined),
    report: join(source, '.portcullis-report.json'),
  }
}

const pod = (privileged: boolean) => `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: a
      image: registry.example.com/a:1@sha256:${'a'.repeat(64)}
      securityContext: { privileged: ${privileged} }
`

describe('the step of the task, run as Tekton runs it', () => {
  test.each([
    ['blocks', true, 1, 'block'],
    ['passes', false, 0, 'pass'],
  ])('%s, with the verdict as its result and the report in the workspace', async (_, privileged, status, verdict) => {
    const result = await runTask({ 'source/a.yaml': pod(privileged) }, { 'extra-arguments': ['--checks', 'manifests', '--offline'] })
    expect({ status: result.status, verdict: result.verdict, report: JSON.parse(await readFile(result.report, 'utf8')).verdict }).toEqual({
      status,
      verdict,
      report: verdict,
    })
  })

  test('a parameter cannot become an option', async () => {
    const result = await runTask(
      { 'source/a.yaml': pod(true) },
      { path: '--fail-on=never', 'extra-arguments': ['--checks', 'manifests', '--offline'] },
    )
    expect({ status: result.status, verdict: result.verdict }).toEqual({ status: 2, verdict: undefined })
  })

  test('without a base or a threshold the empty parameters count as not given', async () => {
    const result = await runTask(
      { 'source/a.yaml': pod(true) },
      { base: '', 'fail-on': '', 'extra-arguments': ['--checks', 'manifests', '--offline'] },
    )
    expect(result.status).toBe(1)
  })
})

test('no parameter is pasted into a script', () => {
  expect(task.spec.steps.filter(({ script }) => script !== undefined)).toEqual([])
})

test.skipIf(!hasTektonSchema)('the task is valid against the schema of its API, strictly', () => {
  expect(tektonErrors(task)).toEqual([])
})
