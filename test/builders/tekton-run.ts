/** Runs the steps of a task as Tekton runs them: variables replaced in arguments and environment, results and workspaces as folders, `onError`. */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Step {
  readonly name: string
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly script?: string
  readonly workingDir?: string
  readonly onError?: string
  readonly env?: readonly { readonly name: string; readonly value: string }[]
}

export interface Task {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: {
    readonly params: readonly { readonly name: string; readonly default?: string | readonly string[] }[]
    readonly workspaces: readonly { readonly name: string; readonly optional?: boolean }[]
    readonly results?: readonly { readonly name: string; readonly type: string }[]
    readonly steps: readonly Step[]
  }
}

type Values = ReadonlyMap<string, string | readonly string[]>

export interface TaskRun {
  /** Of the step that ended the task. */
  readonly status: number | null
  readonly results: ReadonlyMap<string, string>
  readonly output: string
  readonly errors: string
}

/** A user without rights on a root that is read-only but for the task's folders; where that is not to be had, a plain process. */
export const canIsolate =
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'setpriv', '--reuid=65532', '--clear-groups', 'true']).status === 0

/** `workspaces` by name, folders; `directory` is the task's own. A workspace that is not bound has an empty path. */
export function runTask(
  task: Task,
  directory: string,
  workspaces: Readonly<Record<string, string>>,
  params: Readonly<Record<string, string | readonly string[]>>,
): TaskRun {
  const [results, home] = [join(directory, 'results'), join(directory, 'home')]
  for (const folder of [results, home, ...Object.values(workspaces)]) open(folder)
  const statusOf = (step: string): string => join(home, `.${step}.status`)
  const values: Values = new Map<string, string | readonly string[]>([
    ...task.spec.steps.map(({ name }) => [`steps.step-${name}.exitCode.path`, statusOf(name)] as const),
    ...task.spec.workspaces.map(({ name }) => [`workspaces.${name}.path`, workspaces[name] ?? ''] as const),
    ...task.spec.params.flatMap(({ name, default: value }) => (value === undefined ? [] : [[`params.${name}`, value] as const])),
    ...Object.entries(params).map(([name, value]) => [`params.${name}`, value] as const),
  ])
  const local = (text: string) =>
    text
      .replace('/tekton/results', results)
      .replace('/tekton/home', home)
      .replace('/opt/portcullis/dist', resolve(process.env.DIST ?? 'dist'))
  let ended: Omit<TaskRun, 'results'> = { status: null, output: '', errors: '' }
  for (const step of task.spec.steps) {
    const call = [...step.command, ...step.args].flatMap((text) => substitute(text, values)).map(local)
    const environment = (step.env ?? []).map(({ name, value }) => [name, local(substitute(value, values).join(''))] as const)
    const cwd = step.workingDir ? substitute(step.workingDir, values)[0] : directory
    const { status, stdout, stderr } = spawn(call, cwd ?? directory, environment, [results, home, ...Object.values(workspaces)])
    ended = { status, output: stdout, errors: stderr }
    writeFileSync(statusOf(step.name), String(status))
    if (status !== 0 && step.onError !== 'continue') break
  }
  return { ...ended, results: new Map(readdirSync(results).map((name) => [name, readFileSync(join(results, name), 'utf8')])) }
}

/** In every argument; an array by its elements where it stands alone. https://tekton.dev/docs/pipelines/variables/ */
function substitute(text: string, values: Values): readonly string[] {
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

function spawn(
  [program = '', ...rest]: readonly string[],
  cwd: string,
  environment: readonly (readonly [string, string])[],
  writable: readonly string[],
) {
  const env = { PATH: process.env.PATH ?? '', ...Object.fromEntries(environment) }
  if (!canIsolate) return spawnSync(program, rest, { cwd, env, encoding: 'utf8' })
  // A folder that is bound to itself stays as it is when what is around it becomes read-only.
  const script = [
    'mount --make-rprivate /',
    'count=$1; shift',
    'while [ "$count" -gt 0 ]; do mount --bind "$1" "$1"; shift; count=$((count - 1)); done',
    'mount -o remount,bind,ro /',
    'cd "$1"; shift',
    'exec setpriv --reuid=65532 --regid=65532 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"',
  ].join('\n')
  const call = [
    '--mount',
    'sh',
    '-e',
    '-c',
    script,
    'sh',
    String(writable.length),
    ...writable,
    cwd,
    program === 'node' ? process.execPath : program,
  ]
  return spawnSync('unshare', [...call, ...rest], { cwd, env, encoding: 'utf8' })
}

function open(folder: string): void {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  if (!canIsolate) return
  chownSync(folder, 65_532, 65_532)
}
