import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeByUserPolicies } from '../../../src/manifests/user-policies/judge.ts'
import { type ProgramResult, programRunner, type RunProgram } from '../../../src/repo/render/program.ts'
import { missingPrograms } from '../../builders/programs.ts'
import { repositoryOf } from '../fixture.ts'

const rego = 'package team.memory\n\ndeny contains msg if {\n  true\n}\n\nhelper := 1\n'
const objects = ['a', 'b'].map(
  (name) =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: shop\nspec: { containers: [{ name: c, image: ${name} }] }\n`,
)

async function judge(run: RunProgram | undefined, files: Readonly<Record<string, string>>, trees: Readonly<Record<string, string>> = {}) {
  const head = await repositoryOf({ 'objects.yaml': objects.join('---\n'), ...trees })
  const named = Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }))
  const { problems, gaps } = await judgeByUserPolicies(head, undefined, { rego: named, ...(run && { run }) })
  return {
    problems: problems.map(({ rule, message, subject, mode }) => `${rule} ${subject} ${message}${mode === undefined ? '' : ` ${mode}`}`),
    gaps: gaps.map(({ subject, message }) => `${subject}: ${message}`),
  }
}

interface Call {
  readonly command: string
  readonly words: readonly string[]
  readonly modules: readonly string[]
  readonly inputs: readonly unknown[]
  readonly capabilities?: { readonly builtins: readonly { readonly name: string }[]; readonly allow_net: readonly string[] }
}

/** Answers as `opa` does, by what `answer` makes of a call. */
function opaStub(answer: (call: Call) => Partial<ProgramResult>): { readonly run: RunProgram; readonly calls: Call[] } {
  const calls: Call[] = []
  const run: RunProgram = async (command, words, { directory }) => {
    if (command !== 'opa') return { status: 'missing', stdout: '', stderr: '', directory }
    if (words[0] === 'capabilities') {
      const builtins = ['http.send', 'opa.runtime', 'net.lookup_ip_addr', 'sprintf'].map((name) => ({ name }))
      return { status: 0, stdout: JSON.stringify({ builtins, wasm_abi_versions: [] }), stderr: '', directory }
    }
    const after = (flag: string) => words[words.indexOf(flag) + 1] ?? ''
    const call = {
      command,
      words,
      modules: readdirSync(after('--data')).map((name) => readFileSync(join(after('--data'), name), 'utf8')),
      inputs: JSON.parse(readFileSync(after('--input'), 'utf8')).inputs,
      capabilities: JSON.parse(readFileSync(after('--capabilities'), 'utf8')),
    }
    calls.push(call)
    return { status: 0, stdout: '', stderr: '', directory, ...answer(call) }
  }
  return { run, calls }
}

function values(...list: readonly unknown[]): { readonly stdout: string } {
  return { stdout: JSON.stringify({ result: [{ expressions: [{ value: list.map((v, i) => ({ i, v })) }] }] }) }
}

describe('a module in text', () => {
  test('is asked of all objects in one call, and of nothing outside', async () => {
    const { run, calls } = opaStub(({ inputs }) =>
      values(...inputs.map((input) => ({ deny: [`no ${JSON.stringify(input).includes('"a"')}`] }))),
    )
    expect(await judge(run, { 'policy/memory.rego': rego })).toEqual({
      problems: ['policy/team.memory Pod/shop/a "no true"', 'policy/team.memory Pod/shop/b "no false"'],
      gaps: [],
    })
    expect(calls).toHaveLength(1)
    expect(calls[0]?.modules).toEqual([rego])
    expect(calls[0]?.capabilities).toEqual({ builtins: [{ name: 'sprintf' }], allow_net: [], wasm_abi_versions: [] })
    expect(calls[0]?.words.at(-1)).toContain('data["team"]["memory"] with input as o')
  })

  test('has its exceptions, and rules without a value refuse nothing', async () => {
    const { run } = opaStub(() => values({ deny_limits: ['x'], exception: [['limits']] }, {}))
    expect(await judge(run, { 'a.rego': 'package a\ndeny_limits[msg] { true }\nexception[rules] { rules = ["limits"] }\n' })).toEqual({
      problems: [],
      gaps: [],
    })
  })

  test('that only says what is allowed refuses the rest', async () => {
    const { run } = opaStub(() => values({ allow: true }, {}))
    expect(await judge(run, { 'a.rego': 'package a\nallow { input.x }\n' })).toEqual({
      problems: ['policy/a Pod/shop/b it is not allowed'],
      gaps: [],
    })
  })

  test('in the older syntax is tried in it, and one that is neither is a gap with its own name', async () => {
    const refuse = {
      status: 2,
      stdout: JSON.stringify({ errors: [{ message: 'rego_parse_error: no', location: { file: 'm0.rego', row: 3 } }] }),
    }
    const old = opaStub(({ words }) => (words.includes('--v0-compatible') ? values({ deny: ['old'] }, {}) : refuse))
    expect((await judge(old.run, { 'old.rego': rego })).problems).toEqual(['policy/team.memory Pod/shop/a "old"'])
    const broken = opaStub(({ words }) =>
      words.includes('--v0-compatible') ? { status: 2, stderr: 'Error: unknown flag: --v0-compatible' } : refuse,
    )
    expect((await judge(broken.run, { 'broken.rego': rego })).gaps).toEqual([
      'broken.rego: Rego policy: opa: broken.rego:3: rego_parse_error: no',
    ])
  })

  test('that was not asked of every object is a gap, and no pass', async () => {
    const { run } = opaStub(() => values({ deny: [] }))
    expect((await judge(run, { 'a.rego': rego })).gaps).toEqual(['a.rego: Rego policy: opa: package team.memory judged 1 of 2 objects'])
  })

  test('without a program that runs it, without a rule that judges, or in no text is a gap', async () => {
    expect((await judge(programRunner({ PATH: '/nowhere' }), { 'a.rego': rego })).gaps).toEqual([
      'a.rego: Rego policy: neither opa nor conftest is on the path',
    ])
    expect((await judge(undefined, { 'a.rego': 'package a\nx := 1\n' })).gaps).toEqual([
      'a.rego: Rego policy: no rule is named deny, violation, warn or allow',
    ])
    expect((await judge(undefined, { 'a.rego': '\u{d800}' })).gaps[0]).toMatch(/^a\.rego: Rego policy: /)
  })

  test('is run by conftest where opa is missing', async () => {
    const run: RunProgram = async (command, words, { directory }) => {
      if (command === 'opa') return { status: 'missing', stdout: '', stderr: '', directory }
      const folder = words.at(-1) ?? ''
      const results = readdirSync(folder).map((name) => ({
        filename: join(folder, name),
        namespace: words[words.indexOf('--namespace') + 1],
        failures: name === '0.json' ? [{ msg: 'first', metadata: { path: 'metadata.name' } }] : [],
        warnings: name === '1.json' ? [{ msg: 'second' }] : [],
      }))
      return { status: 1, stdout: JSON.stringify(results), stderr: '', directory }
    }
    expect((await judge(run, { 'a.rego': rego.replace('deny', 'deny_memory') })).problems).toEqual([
      'policy/team.memory Pod/shop/a "first"',
      'policy/team.memory Pod/shop/b "second" warn',
    ])
    const partly: RunProgram = async (command, words, options) => {
      const result = await run(command, words, options)
      return command === 'opa' ? result : { ...result, stdout: JSON.stringify(JSON.parse(result.stdout).slice(1)) }
    }
    expect((await judge(partly, { 'a.rego': rego })).gaps).toEqual(['a.rego: Rego policy: conftest: it judged 1 of 2 objects'])
  })
})

const template = (code: string) =>
  `apiVersion: templates.gatekeeper.sh/v1\nkind: ConstraintTemplate\nmetadata: { name: owned }\nspec:\n  crd: { spec: { names: { kind: Owned } } }\n  targets:\n    - target: admission.k8s.gatekeeper.sh\n${code.replace(/^/gm, '      ')}\n`
const constraint = (spec = '') =>
  `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Owned\nmetadata: { name: all-owned }\nspec:\n  match: { kinds: [{ apiGroups: [""], kinds: [Pod] }] }\n  parameters: { labels: [owner] }\n${spec}`
const inRego = 'rego: |\n  package owned\n  violation[{"msg": msg}] { msg := "no owner" }'

describe('a Gatekeeper constraint', () => {
  test('hands its template the request and its parameters, in the older syntax first', async () => {
    const { run, calls } = opaStub(() => values({ violation: [{ msg: 'no owner', details: {} }] }, { violation: [] }))
    expect(await judge(run, {}, { 'gate.yaml': `${template(inRego)}---\n${constraint()}` })).toEqual({
      problems: ['policy/all-owned Pod/shop/a "no owner"'],
      gaps: [],
    })
    expect(calls[0]?.words).toContain('--v0-compatible')
    expect(calls[0]?.inputs[0]).toMatchObject({
      parameters: { labels: ['owner'] },
      review: {
        kind: { group: '', version: 'v1', kind: 'Pod' },
        name: 'a',
        namespace: 'shop',
        operation: 'CREATE',
        object: { metadata: { name: 'a' } },
      },
    })
  })

  test('that only warns blocks nothing', async () => {
    const { run } = opaStub(() => values({ violation: [{ msg: 'no owner' }] }, { violation: [] }))
    const { problems } = await judge(run, {}, { 'gate.yaml': `${template(inRego)}---\n${constraint('  enforcementAction: warn\n')}` })
    expect(problems).toEqual(['policy/all-owned Pod/shop/a "no owner" warn'])
  })

  test.each([
    ['namespaces: [sh*]', 2],
    ['namespaces: [other]', 0],
    ['excludedNamespaces: [shop]', 0],
    ['name: a*', 1],
    ['scope: Cluster', 0],
    ['labelSelector: { matchLabels: { app: web } }', 0],
    ['namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }', 2],
    ['kinds: [{ apiGroups: [apps], kinds: [Pod] }]', 0],
  ])('is for the objects that it matches: %s', async (match, count) => {
    const cel = 'code:\n  - engine: K8sNativeValidation\n    source:\n      validations: [{ expression: "false", message: no }]'
    const { problems } = await judge(
      undefined,
      {},
      {
        'gate.yaml': `${template(cel)}---\napiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Owned\nmetadata: { name: all-owned }\nspec:\n  match: { ${match} }\n`,
      },
    )
    expect(problems.filter((problem) => problem.includes(' Pod/'))).toHaveLength(count)
  })

  test('in CEL has its parameters and its own variables', async () => {
    const cel =
      'code:\n  - engine: K8sNativeValidation\n    source:\n      variables: [{ name: wanted, expression: "variables.params.labels" }]\n      validations:\n        - expression: variables.wanted.all(l, l in variables.anyObject.metadata.?labels.orValue({}))\n          message: no owner'
    expect(await judge(undefined, {}, { 'gate.yaml': `${template(cel)}---\n${constraint()}` })).toEqual({
      problems: ['policy/all-owned Pod/shop/a "no owner"', 'policy/all-owned Pod/shop/b "no owner"'],
      gaps: [],
    })
  })

  test.each([
    ['what the cluster holds', inRego.replace('"no owner"', 'data.inventory.cluster'), 'it depends on what the cluster holds'],
    ['who asks', inRego.replace('"no owner"', 'input.review.userInfo.username'), 'it depends on who asks'],
    ['a provider', inRego.replace('"no owner"', 'external_data({"provider": "p"})'), 'it asks a provider of external data'],
    ['no program', inRego, 'neither opa nor conftest is on the path'],
  ])('that would need %s is one gap of its own', async (_, code, reason) => {
    const { gaps } = await judge(programRunner({ PATH: '/nowhere' }), {}, { 'gate.yaml': `${template(code)}---\n${constraint()}` })
    expect(gaps).toEqual([`Owned/all-owned: Gatekeeper constraint "Owned/all-owned" is not evaluated here: ${reason}`])
  })
})

describe.skipIf(missingPrograms('opa').length > 0)('opa itself (needs opa, which Debian has not)', () => {
  const run = programRunner(process.env)

  test('runs modules of both syntaxes, and refuses what looks outside', async () => {
    const memory =
      'package memory\n\ndeny contains {"msg": msg, "path": ["spec", "containers", i]} if {\n  some i, c in input.spec.containers\n  c.image == "a"\n  msg := sprintf("%s is not good", [c.name])\n}\n'
    expect(await judge(run, { 'memory.rego': memory })).toEqual({ problems: ['policy/memory Pod/shop/a "c is not good"'], gaps: [] })
    const old = 'package old\n\ndeny[msg] {\n  input.metadata.name == "b"\n  msg := "b"\n}\n'
    expect(await judge(run, { 'old.rego': old })).toEqual({ problems: ['policy/old Pod/shop/b "b"'], gaps: [] })
    const outside = 'package out\n\ndeny contains msg if {\n  msg := http.send({"method": "get", "url": "http://127.0.0.1:1"}).status\n}\n'
    expect((await judge(run, { 'out.rego': outside })).gaps[0]).toContain('undefined function http.send')
    const [broken] = (await judge(run, { 'broken.rego': 'package b\n\ndeny contains if {\n' })).gaps
    expect(broken).toMatch(/^broken\.rego: Rego policy: opa: .*broken\.rego:3/)
  })

  test('runs a constraint’s template', async () => {
    const code =
      'rego: |\n  package owned\n  import data.lib.labels\n  violation[{"msg": msg}] {\n    wanted := input.parameters.labels[_]\n    not labels.has(input.review.object, wanted)\n    msg := sprintf("no %v", [wanted])\n  }\nlibs:\n  - |\n    package lib.labels\n    has(object, name) { object.metadata.labels[name] }'
    expect(await judge(run, {}, { 'gate.yaml': `${template(code)}---\n${constraint()}` })).toEqual({
      problems: ['policy/all-owned Pod/shop/a "no owner"', 'policy/all-owned Pod/shop/b "no owner"'],
      gaps: [],
    })
  })
})
