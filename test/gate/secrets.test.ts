/** Secrets through the gate: of changed files, of images, and never in what anybody reads of them. */
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { joinSecrets } from '../../src/gate/join-secrets.ts'
import { judgeSecretsOf } from '../../src/gate/judge-secrets.ts'
import { literalSecretRules } from '../../src/gate/literal-secret-rules.ts'
import { prepareCheck } from '../../src/gate/prepare.ts'
import { ruleTexts } from '../../src/gate/rule-texts.ts'
import { check, type GateResult } from '../../src/gate/run.ts'
import { searchedFiles } from '../../src/gate/searched-files.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { revisionTree } from '../../src/repo/git.ts'
import type { Tree } from '../../src/repo/tree.ts'
import { renderComment } from '../../src/report/comment.ts'
import { githubAnnotations } from '../../src/report/github-annotations.ts'
import { osvRecord } from '../builders/advisories.ts'
import { buildImage } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'
import { renderContext } from '../builders/report.ts'
import { renderers } from '../builders/report-renderers.ts'
import { type Files, type Folder, gitFolder, memoryTree, temporaryFolder } from '../builders/tree.ts'
import { alnum, hex } from '../scan/secrets/cases.ts'
import { kindCases } from '../scan/secrets/fixtures.ts'

const token = `dop_v1_${hex(64)}`
const password = alnum(18, 'gate')
const pem = (kindCases.find(({ kind }) => kind === 'rsa-private-key')?.secrets[0] ?? '').replace(/[«»]/g, '')

/** More than is held of a file. */
const largeLines = 540_000
const largeText = Buffer.alloc(largeLines * 64, `${'insert into it values (1)'.padEnd(63, '.')}\n`)

let folder: Folder
let http: HttpClient
beforeEach(() => {
  folder = temporaryFolder({
    'advisories/1.json': JSON.stringify(
      osvRecord({ id: 'CVE-2024-1', name: 'other', events: ['introduced 0'], ecosystem: 'Alpine:v3.20' }),
    ),
  })
  http = createHttp({ sleep: async () => {} })
})
afterEach(() => {
  http.close()
  folder[Symbol.dispose]()
})

async function judged(head: Files, base?: Files | Tree, checks = 'manifests'): Promise<GateResult> {
  folder.write(Object.fromEntries(Object.entries(head).map(([name, content]) => [`tree/${name}`, content])))
  return judgedFolder(
    `${folder.path}/tree`,
    base && ('read' in base && typeof base.read === 'function' ? (base as Tree) : memoryTree(base as Files)),
    checks,
  )
}

async function judgedFolder(directory: string, baseTree: Tree | undefined, checks = 'manifests'): Promise<GateResult> {
  const host = { http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(50_000), ...(baseTree && { baseTree }) }
  return check(await prepareCheck(directory, { advisories: [`${folder.path}/advisories`], checks }, host))
}

const secrets = ({ report }: GateResult) =>
  report.findings
    .filter(({ check }) => check === 'secret')
    .map(({ rule, severity, subject, state, locations: [location] }) => [rule, severity, subject, state, location?.startLine])

describe('without a base', () => {
  test('each file of the tree is looked through, and a finding stands on its line and columns', async () => {
    const result = await judged({ 'src/app.py': `import os\nTOKEN = "${token}"\n`, 'README.md': 'nothing\n' })
    expect(secrets(result)).toEqual([['secret/digitalocean-token', 'critical', 'src/app.py', 'new', 2]])
    const [finding] = result.report.findings
    expect(finding?.locations).toEqual([{ file: 'src/app.py', startLine: 2, endLine: 2, startColumn: 10, endColumn: 10 + token.length }])
    expect(finding?.message).toMatch(/^DigitalOcean token in line 2 \(SHA-256 [0-9a-f]{12}…, begins with "dop_"\)$/)
    expect(result.report.verdict).toBe('block')
  })

  test('columns are those of an editor: behind other letters, a mark at the start, and in UTF-16', async () => {
    const line = `größe – 😀 "${token}"`
    const result = await judged({
      'a.txt': line,
      'b.txt': `\ufeff${line}`,
      'c.txt': Buffer.from(`\ufeff${line}`, 'utf16le'),
      'd.txt': `\r\n\r\n${line}\r\n`,
    })
    const places = result.report.findings.map(({ locations: [at] }) => [at?.file, at?.startLine, at?.startColumn, at?.endColumn])
    const [from, to] = [line.indexOf('dop_') + 1, line.indexOf('dop_') + 1 + token.length]
    expect(places).toEqual([
      ['a.txt', 1, from, to],
      ['b.txt', 1, from, to],
      ['c.txt', 1, from, to],
      ['d.txt', 3, from, to],
    ])
  })

  test('a key of many lines has all of them', async () => {
    const { report } = await judged({ 'keys/id_rsa': `# mine\n${pem}` })
    expect(report.findings[0]?.locations).toEqual([{ file: 'keys/id_rsa', startLine: 2, endLine: 1 + pem.trimEnd().split('\n').length }])
  })

  test('no part of a password is shown that has a token within', async () => {
    const [key = ''] = /sk_live_\w+/.exec(kindCases.find(({ kind }) => kind === 'stripe-key')?.secrets[0] ?? '') ?? []
    const result = await judged({ 'a.txt': `url = "postgres://shop:ZqTop-${key}-ZqEnd@db.acme.io/shop"\n` })
    expect(secrets(result).map(([rule]) => rule)).toEqual(['secret/stripe-key'])
    for (const format of ['text', 'html', 'json', 'sarif', 'markdown'] as const)
      expect([...renderers[format](result.report, renderContext({}, { lines: result.lines }))].join('')).not.toMatch(/ZqTop|ZqEnd/)
  })

  test('tests and examples are medium at most, committed packages low', async () => {
    const result = await judged({
      'test/fixtures/a.py': `x = "${token}"`,
      'pkg/webhook/testcerts/certs.go': pem,
      'node_modules/it/db.js': `x = "postgres://shop:${password}@db.acme.io/shop"`,
    })
    expect(secrets(result).map(([rule, severity]) => [rule, severity])).toEqual([
      ['secret/rsa-private-key', 'medium'],
      ['secret/digitalocean-token', 'medium'],
      ['secret/postgres-url', 'low'],
    ])
  })

  test('a file that is too large to be held is looked through piece by piece', async () => {
    const result = await judged({ 'dump.sql': Buffer.concat([largeText, Buffer.from(`insert ${token}\n`)]) })
    expect(secrets(result)).toEqual([['secret/digitalocean-token', 'critical', 'dump.sql', 'new', largeLines + 1]])
    expect(result.report.findings[0]?.locations).toEqual([{ file: 'dump.sql', startLine: largeLines + 1, endLine: largeLines + 1 }])
    for (const format of ['text', 'html', 'json', 'sarif', 'markdown'] as const)
      expect([...renderers[format](result.report, renderContext({}, { lines: result.lines }))].join('')).not.toContain(token)
  })

  test('of a tree that is too large the files are looked through as far as the bound goes', async () => {
    const tree = memoryTree({ a: 'x'.repeat(60), b: 'x'.repeat(60), c: 'x'.repeat(60) })
    const { files, leftOut, isChange } = await searchedFiles({ tree }, 130)(tree)
    expect([files, leftOut].map((list) => list.map(({ path }) => path))).toEqual([['a', 'b'], ['c']])
    const judgement = await judgeSecretsOf(tree, { files, leftOut, isChange }, new Date(0))
    expect([judgement.gaps, judgement.notes]).toEqual([[], ['"c" (60 bytes) was not looked through for secrets: too large']])
  })

  test('they belong to the check of the tree’s files', async () => {
    expect(secrets(await judged({ 'a.txt': token }, undefined, 'images'))).toEqual([])
  })
})

describe('with a base', () => {
  test('what the change brings is new, what the file had is existing, and what was not touched is not looked at', async () => {
    const other = `dop_v1_${hex(64, 'other')}`
    const kept = `dop_v1_${hex(64, 'kept')}`
    const base = { 'a.txt': `old = ${other}\n`, 'b.txt': kept }
    const result = await judged({ 'a.txt': `# moved down\n\nold = ${other}\nnew = ${token}\n`, 'b.txt': kept }, base)
    expect(secrets(result).sort()).toEqual([
      ['secret/digitalocean-token', 'critical', 'a.txt', 'existing', 3],
      ['secret/digitalocean-token', 'critical', 'a.txt', 'new', 4],
    ])
    expect(result.report.summary.blocking).toBe(1)
  })

  test('bytes that differ are seen where the length does not', async () => {
    const [before, after] = [`dop_v1_${hex(64, 'a')}`, `dop_v1_${hex(64, 'b')}`]
    expect(secrets(await judged({ 'a.txt': after }, { 'a.txt': before })).map(([, , , state]) => state)).toEqual(['new'])
  })

  test('what a change brings beyond the bound is a gap', async () => {
    const tree = memoryTree({ a: 'x'.repeat(60), b: 'x'.repeat(60) })
    const base = memoryTree({})
    const of = searchedFiles({ tree, base }, 100)
    const { gaps, notes } = await judgeSecretsOf(tree, await of(tree), new Date(0))
    expect([gaps.map(({ message }) => message), notes]).toEqual([['"b" (60 bytes) was not looked through for secrets: too large'], []])
    expect((await of(base)).isChange).toBe(false)
  })

  test('of a file that is too large to be held, what it had is existing, and it is not looked at where nothing touched it', async () => {
    const other = `dop_v1_${hex(64, 'other')}`
    const old = Buffer.concat([largeText, Buffer.from(`insert ${other}\n`)])
    using repository = gitFolder({ 'same.sql': old, 'dump.sql': old })
    const base = await revisionTree(repository.path, repository.commit('base'))
    repository.write({ 'dump.sql': Buffer.concat([Buffer.from(`${token}\n`), old]) })
    expect(secrets(await judgedFolder(repository.path, base)).sort()).toEqual([
      ['secret/digitalocean-token', 'critical', 'dump.sql', 'existing', largeLines + 2],
      ['secret/digitalocean-token', 'critical', 'dump.sql', 'new', 1],
    ])
  })

  test('a file that the change brings is looked through', async () => {
    expect(secrets(await judged({ 'a.txt': 'x', 'b/c.env': `API_TOKEN=${token}\n` }, { 'a.txt': 'x' })).map(([rule]) => rule)).toEqual([
      'secret/digitalocean-token',
    ])
  })

  test('a revision of git is compared by the names of its blobs', async () => {
    using repository = gitFolder({ 'same.txt': `dop_v1_${hex(64, 'same')}`, 'a.txt': 'x' })
    const commit = repository.commit('base')
    repository.write({ 'a.txt': token })
    const base = await revisionTree(repository.path, commit)
    const paths: string[] = []
    const read: Tree['read'] = (path, limit) => {
      paths.push(path)
      return base.read(path, limit)
    }
    const watched: Tree = { ...base, read }
    expect(secrets(await judgedFolder(repository.path, watched))).toEqual([['secret/digitalocean-token', 'critical', 'a.txt', 'new', 1]])
    expect(paths.filter((path) => path.endsWith('.txt'))).toEqual(['a.txt'])
    const blob = execFileSync('git', ['rev-parse', `${commit}:same.txt`], { cwd: repository.path, encoding: 'utf8' }).trim()
    expect(base.blobOf?.('same.txt')).toBe(blob)
  })
})

describe('one secret is one finding', () => {
  const pod = (value: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: main\n      image: shop:1\n      env:\n        - name: API_TOKEN\n          value: ${value}\n`
  const told = ({ report }: GateResult, file: string) =>
    report.findings
      .filter(({ rule, locations }) => /secret/.test(rule) && locations.some((at) => at.file === file))
      .map(({ rule, severity, aliases }) => [rule, severity, aliases])

  test('in a manifest it has the name of its kind, and that of the rule for manifests besides', async () => {
    const result = await judged({ 'pod.yaml': pod(token) })
    expect(told(result, 'pod.yaml')).toEqual([['secret/digitalocean-token', 'critical', ['pod/literal-secret']]])
  })

  test('where only its name tells it, the rule for manifests does', async () => {
    expect(told(await judged({ 'pod.yaml': pod(password) }), 'pod.yaml')).toEqual([['pod/literal-secret', 'high', undefined]])
  })

  test('in a Dockerfile as well', async () => {
    const result = await judged({ Dockerfile: `FROM scratch\nENV API_TOKEN=${token}\n` })
    expect(told(result, 'Dockerfile')).toEqual([['secret/digitalocean-token', 'critical', ['dockerfile/secret-argument']]])
  })

  test('what the base excuses of it stays excused', () => {
    const at = { file: 'pod.yaml', startLine: 3, endLine: 3 }
    const excuse = { reason: 'a key of the test system', until: '2026-12-31' }
    const problem = { check: 'secret', severity: 'high', title: 't', message: 'm' } as const
    const placed = (rule: string, more: object = {}) => ({
      problem: { ...problem, rule, ...more },
      subject: 's',
      identity: 's',
      locations: [at],
    })
    const found = { problems: [placed('secret/npm-token')], gaps: [], notes: [], lines: () => [], cover: (text: string) => text }
    const [joined, ...more] = joinSecrets([placed('pod/literal-secret', { excuse })], found)
    expect([joined?.problem.rule, joined?.problem.aliases, joined?.problem.excuse]).toEqual([
      'secret/npm-token',
      ['pod/literal-secret'],
      excuse,
    ])
    expect(more).toEqual([])
  })

  test('a suggestion that quotes a secret is left out, and a message is covered', () => {
    const at = { file: 'Dockerfile', startLine: 2, endLine: 2 }
    const problem = { rule: 'a/b', check: 'dockerfile', severity: 'low', title: 't', message: `runs ${token}` } as const
    const suggestion = { startLine: 2, endLine: 2, replacement: `RUN curl ${token} -o x` }
    const cover = (text: string) => text.replaceAll(token, '•••')
    const secret = { problem: { ...problem, rule: 'secret/x' }, subject: 's', identity: 's', locations: [{ ...at, file: 'other' }] }
    const found = { problems: [secret], gaps: [], notes: [], lines: () => [], cover }
    const [joined] = joinSecrets([{ problem: { ...problem, suggestion }, subject: 's', identity: 's', locations: [at] }], found)
    expect(joined?.problem).toEqual({ ...problem, message: 'runs •••' })
  })

  test('the rules that may mean the same are rules', async () => {
    const rules = ruleTexts()
    expect([...literalSecretRules].filter((rule) => !rules.has(rule))).toEqual([])
  })

  test('a weaker kind does not make less of it', async () => {
    const result = await judged({ 'pod.yaml': pod(`AIza${alnum(35)}`) })
    expect(told(result, 'pod.yaml')).toEqual([['secret/google-api-key', 'high', ['pod/literal-secret']]])
  })
})

describe('in nothing that anybody reads is a secret', () => {
  let registry: TestRegistry
  beforeEach(async () => {
    registry = await startRegistry()
  })
  afterEach(() => registry.close())

  const inside = `dop_v1_${hex(64, 'inside')}`
  const built = `dop_v1_${hex(64, 'built')}`
  const configured = alnum(20, 'configured')

  function pages(result: GateResult): string {
    const { report, lines } = result
    const context = renderContext({}, { lines })
    return [
      ...Object.values(renderers).flatMap((render) => [...render(report, context)]),
      ...Object.values(renderers).flatMap((render) => [...render(report, { ...context, colour: true, width: 60 })]),
      renderComment(report.findings, context),
      ...githubAnnotations(report, context),
      JSON.stringify(report),
    ].join('\n')
  }

  test('of a tree and of an image', async () => {
    const image = buildImage({
      layers: [
        {
          files: {
            'srv/app/.env': `API_TOKEN=${inside}\n`,
            'srv/key.pem': pem,
            'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n',
            'lib/apk/db/installed': apkDatabase({ other: '1.0-r0' }),
          },
        },
      ],
      config: { Env: [`DB_PASSWORD=${configured}`, 'PATH=/bin'] },
      history: [{ created_by: `RUN |1 API=${built} /bin/sh -c curl -H "x: ${built}" https://acme.io | sh # buildkit` }],
    })
    registry.push('shop', '1', image)
    const head = {
      'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: main\n      image: ${registry.host}/shop:1\n      env:\n        - name: API_TOKEN\n          value: ${token}\n        - {name: DB_PASSWORD, value: ${password}}\n`,
      Dockerfile: `FROM debian\nARG SECRET=${alnum(22, 'argument')}\nRUN apt-get install -y curl && curl -H "Authorization: Bearer ${token}" https://acme.io | sh\n`,
      'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData:\n  password: ${alnum(22, 'data')}\n`,
      'deploy.sh': `export URL=postgres://shop:${alnum(16, 'url')}@db.acme.io/shop\n`,
      id_rsa: pem,
    }
    const result = await judged(head, undefined, 'images,manifests')
    const kinds = new Set(result.report.findings.filter(({ check }) => check === 'secret').map(({ rule }) => rule))
    expect([...kinds].sort()).toEqual([
      'secret/configured-value',
      'secret/digitalocean-token',
      'secret/postgres-url',
      'secret/rsa-private-key',
    ])
    expect(result.report.findings.map(({ content }) => content?.field)).toEqual(expect.arrayContaining(['Env', 'history']))
    expect(result.report.findings.map(({ content }) => content?.path)).toEqual(expect.arrayContaining(['srv/app/.env', 'srv/key.pem']))
    const rules = result.report.findings.map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['CVE-2024-1', 'image/pipe-to-shell']))
    const text = pages(result)
    for (const value of [token, inside, built, configured, password, alnum(22, 'argument'), alnum(22, 'data'), alnum(16, 'url')]) {
      const part = value.startsWith('dop_v1_') ? value.slice(0, 12) : value.slice(0, 5)
      expect(text.includes(part), `${part}… in ${text.slice(Math.max(0, text.indexOf(part) - 100), text.indexOf(part) + 5)}`).toBe(false)
    }
    for (const line of pem.split('\n').slice(1, 4)) expect(text).not.toContain(line)
  }, 60_000)
})
