/** The workflows of this repository, as text: GitHub runs them, and no test does. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../src/cli/commands.ts'

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly if?: string
  readonly steps: readonly {
    readonly uses?: string
    readonly run?: string
    readonly if?: string
    readonly env?: Readonly<Record<string, string>>
  }[]
}
interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const folder = '.github/workflows'
const workflows = readdirSync(folder).map((name): [string, Workflow] => [name, parse(readFileSync(`${folder}/${name}`, 'utf8'))])
const find = (name: string): Workflow => workflows.find(([each]) => each === name)?.[1] ?? { jobs: {} }
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps)
const writes = ({ permissions = {} }: Job) => Object.keys(permissions).filter((name) => permissions[name] === 'write')

describe.each(workflows)('%s', (_, workflow) => {
  test('pins every action to a commit, and says which version that is', () => {
    const text = readFileSync(`${folder}/${_}`, 'utf8')
    const uses = stepsOf(workflow).flatMap((step) => (step.uses === undefined ? [] : [step.uses]))
    expect(uses.filter((each) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/u.test(each))).toEqual([])
    expect(uses.filter((each) => !new RegExp(`${each} # v\\d+\\.\\d+\\.\\d+$`, 'mu').test(text))).toEqual([])
  })

  test('pastes nothing into a script, and keeps no credential in a checkout', () => {
    expect(stepsOf(workflow).flatMap(({ run }) => (run?.includes('${{') ? [run] : []))).toEqual([])
    const checkouts = readFileSync(`${folder}/${_}`, 'utf8').match(/actions\/checkout@/gu)?.length ?? 0
    expect(readFileSync(`${folder}/${_}`, 'utf8').match(/persist-credentials: false/gu)?.length ?? 0).toBe(checkouts)
  })

  test('ends', () => {
    expect(Object.values(workflow.jobs).filter((job) => job['timeout-minutes'] === undefined)).toEqual([])
  })
})

describe('the matrix', () => {
  const { jobs } = find('portcullis-matrix.yaml')
  const { plan, shard, portcullis } = jobs as Record<'plan' | 'portcullis' | 'shard', Job>

  test('reads in the jobs that judge, and has the rights of its caller where it tells', () => {
    expect([plan.permissions, shard.permissions, portcullis.permissions]).toEqual([{ contents: 'read' }, { contents: 'read' }, undefined])
  })

  test('ends with the verdict, also where a shard failed, and whatever became of telling it', () => {
    expect(portcullis.if).toBe('always()')
    const last = portcullis.steps.at(-1)
    expect([last?.run?.trim().split('\n').at(-1), last?.env?.MERGED]).toEqual([
      'test "$MERGED" = success',
      expect.stringContaining('steps.merge.outcome'),
    ])
  })

  test('tells no pull request of a fork, whose token may not', () => {
    const telling = portcullis.steps.find(({ run }) => run?.includes('cli.js publish'))
    expect(telling?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository')
  })

  test('calls the command with options that it has', () => {
    const programs = new Map(
      Object.values(commands)
        .map((make) => make(() => undefined))
        .map((command) => [command.name(), command.options.map(({ long }) => long)]),
    )
    const calls = stepsOf(find('portcullis-matrix.yaml')).flatMap(({ run }) => [...(run ?? '').matchAll(/cli\.js (\w+)(.*)$/gmu)])
    expect(calls.map(([, name = '']) => name)).toEqual(['plan', 'check', 'merge', 'publish'])
    const unknown = calls.flatMap(([, name = '', rest = '']) =>
      [...rest.matchAll(/ (--[a-z-]+)/gu)].flatMap(([, option = '']) =>
        programs.get(name)?.includes(option) ? [] : [`${name} ${option}`],
      ),
    )
    expect(unknown).toEqual([])
  })
})

describe('the release', () => {
  const { permissions, jobs } = find('release.yml')

  test('writes packages and attestations, and nothing else', () => {
    expect(permissions).toEqual({ contents: 'read' })
    expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, writes(job)]))).toEqual({
      build: ['packages'],
      release: ['packages', 'id-token', 'attestations'],
    })
  })

  test('attests the digest that was pushed, with its provenance and an SBOM for each architecture', () => {
    const text = readFileSync(`${folder}/release.yml`, 'utf8')
    const subjects = [
      ...text.matchAll(/uses: actions\/(attest-[a-z-]+)@[\s\S]*?subject-digest: \$\{\{ steps\.image\.outputs\.(\w+) \}\}/gu),
    ]
    expect(subjects.map(([, action, output]) => [action, output])).toEqual([
      ['attest-build-provenance', 'digest'],
      ['attest-sbom', 'amd64'],
      ['attest-sbom', 'arm64'],
    ])
    expect(text.match(/push-to-registry: true/gu)).toHaveLength(3)
  })
})
