/** Replays an event through the Action's run, against the stand-in, with findings of the test's choice. */
import { tmpdir } from 'node:os'
import type { Finding, Gap, Report, Verdict } from '../../../src/findings.ts'
import { reasonsOf, summaryOf, verdictOf } from '../../../src/gate/verdict.ts'
import { createHttp } from '../../../src/http-client.ts'
import type { Annotation } from '../../../src/publish/github/annotations.ts'
import { readInputs } from '../../../src/publish/github/inputs.ts'
import { runAction } from '../../../src/publish/github/run.ts'
import type { ActionWorld } from '../../../src/publish/github/world.ts'
import type { Tree } from '../../../src/repo/tree.ts'
import { type GitHubStandIn, type Pull, type Repository, statusRights } from '../../builders/github.ts'

export interface Replay {
  readonly verdict: Verdict | undefined
  readonly error: Error | undefined
  readonly outputs: ReadonlyMap<string, string>
  readonly annotations: readonly Annotation[]
  /** Annotations of the job. */
  readonly commands: readonly string[]
  readonly log: readonly string[]
  readonly jobSummary: string
  /** What the job's last step is told. */
  readonly state: ReadonlyMap<string, string>
  /** The base as it was handed to the gate first. */
  readonly base: Tree | undefined
  /** When that was committed, as the gate was told. */
  readonly baseTime: number | undefined
}

export interface ReplayOptions {
  readonly findings?: readonly Finding[]
  readonly gaps?: readonly Gap[]
  readonly inputs?: Readonly<Record<string, string>>
  readonly token?: string
  /** Of the event; the pull request's, as it is now, where there is none. */
  readonly event?: { readonly name: string; readonly payload: unknown; readonly sha?: string; readonly ref?: string }
  readonly judge?: ActionWorld['judge']
  readonly telemetry?: NonNullable<ActionWorld['telemetry']>
  /** What is checked out; the head of the pull request where there is none. */
  readonly files?: Readonly<Record<string, string>>
  /** With the runner's service for artifacts. */
  readonly withResults?: boolean
  /** Where files are written, if any are asked for. */
  readonly workspace?: string
  readonly signal?: AbortSignal
  readonly onState?: (name: string, value: string) => void
  readonly pace?: Partial<ActionWorld['pace']>
  readonly environment?: NonNullable<ActionWorld['environment']>
}

export async function replay(github: GitHubStandIn, repository: Repository, pull: Pull, options: ReplayOptions = {}): Promise<Replay> {
  const outputs = new Map<string, string>()
  const annotations: Annotation[] = []
  const log: string[] = []
  const commands: string[] = []
  const state = new Map<string, string>()
  let jobSummary = ''
  let seenBase: Tree | undefined
  let seenTime: number | undefined
  const files = options.files ?? textsOf(repository, pull.head.sha)
  const http = createHttp()
  const inputs = { token: options.token ?? github.token(statusRights), ...options.inputs }
  const world: ActionWorld = {
    inputs: readInputs((name) => new Map(Object.entries(inputs)).get(name) ?? ''),
    event: options.event ?? { name: 'pull_request', payload: github.event(repository, pull) },
    address: { apiUrl: github.url, token: inputs.token },
    serverUrl: 'https://github.example',
    ...(options.withResults && { results: github.results }),
    runUrl: 'https://github.example/run/1',
    workspace: options.workspace ?? tmpdir(),
    http,
    pace: { betweenWritesMilliseconds: 0, sleep: async () => undefined, now: Date.now, ...options.pace },
    signal: options.signal ?? new AbortController().signal,
    ...(options.environment && { environment: options.environment }),
    runner: {
      annotate: (annotation) => void annotations.push(annotation),
      saveState: (name, value) => {
        state.set(name, value)
        options.onState?.(name, value)
      },
      command: (line) => void commands.push(line),
      say: (message) => void log.push(message),
      setOutput: (name, value) => void outputs.set(name, value),
      summarize: async (markdown) => {
        jobSummary += markdown
      },
    },
    ...(options.telemetry && { telemetry: options.telemetry }),
    head: treeOf(files),
    judge: async (base, _files, baseTime) => {
      seenBase ??= base
      seenTime ??= baseTime
      return options.judge
        ? options.judge(base, undefined, baseTime)
        : { report: reportOf(options.findings ?? [], options.gaps ?? []), lines: linesOf(files) }
    },
    context: { width: 100, colour: false, version: '0.0.0', today: '2026-01-01' },
  }
  try {
    const verdict = await runAction(world)
    return { verdict, error: undefined, outputs, annotations, commands, log, state, jobSummary, base: seenBase, baseTime: seenTime }
  } catch (error) {
    return {
      verdict: undefined,
      error: error as Error,
      outputs,
      annotations,
      commands,
      log,
      state,
      jobSummary,
      base: seenBase,
      baseTime: seenTime,
    }
  } finally {
    http.close()
  }
}

export function reportOf(findings: readonly Finding[], gaps: readonly Gap[] = []): Report {
  const coverage = { files: { judged: 3, skipped: 0 }, objects: 3, dockerfiles: 1, images: { judged: 1, failed: 0 } }
  return {
    schema: 'portcullis.report/v1',
    verdict: verdictOf(findings, gaps),
    reasons: reasonsOf(findings, gaps, coverage),
    summary: summaryOf(findings, gaps),
    subjects: [],
    findings,
    gaps,
    coverage,
    policy: { files: ['.portcullis.yaml'], failOn: 'high' },
  }
}

export function findingOn(file: string, line: number, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'pod/privileged',
    check: 'manifest',
    severity: 'high',
    title: 'Container runs privileged',
    message: `container "shop" of line ${line} runs privileged`,
    subject: `Deployment/default/${file}-${line}`,
    locations: [{ file, startLine: line, endLine: line }],
    state: 'new',
    blocking: true,
    fingerprint: `${file}:${line}:pod/privileged`,
    ...more,
  }
}

export function textsOf(repository: Repository, sha: string): Record<string, string> {
  return Object.fromEntries([...(repository.commits.get(sha)?.files ?? [])].map(([path, bytes]) => [path, bytes.toString()]))
}

export function treeOf(files: Readonly<Record<string, string>>): Tree {
  const entries = new Map(Object.entries(files))
  return {
    name: 'head',
    files: async () => [...entries].map(([path, text]) => ({ path, sizeBytes: Buffer.byteLength(text) })),
    read: async (path) => {
      const text = entries.get(path)
      return text === undefined ? undefined : Buffer.from(text)
    },
  }
}

function linesOf(files: Readonly<Record<string, string>>): (file: string) => readonly string[] {
  const entries = new Map(Object.entries(files))
  return (file) => entries.get(file)?.split('\n') ?? []
}

/** `count` lines `line 1` to `line N`, with some of them replaced. */
export function numbered(count: number, changes: Readonly<Record<number, string>> = {}): string {
  return `${Array.from({ length: count }, (_, index) => changes[index + 1] ?? `line ${index + 1}`).join('\n')}\n`
}
