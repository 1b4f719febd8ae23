import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildImages } from '../../scripts/demo/images.ts'
import { folderOf, portcullis, reportOf, writeInto } from '../builders/command.ts'
import { buildImage, digestOf, writeLayout } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { startRegistry } from '../builders/registry.ts'
import { buildTar } from '../builders/tar.ts'

const privileged = `apiVersion: v1
kind: Pod
metadata: { name: shell }
spec:
  containers:
    - name: shell
      image: registry.example.com/shell:1@sha256:${'a'.repeat(64)}
      securityContext:
        privileged: true
`
const harmless = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: colours }\ndata: { sky: blue }\n'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step()
})

async function tree(files: Record<string, string | Uint8Array>): Promise<string> {
  const { directory, remove } = await folderOf(files)
  cleanUp.push(remove)
  return directory
}

function git(directory: string, ...call: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...identity, ...call], { cwd: directory, stdio: 'ignore' })
}

async function repository(base: Record<string, string>, head: Record<string, string>): Promise<string> {
  const directory = await tree(base)
  git(directory, 'init', '-b', 'main')
  git(directory, 'add', '.')
  git(directory, 'commit', '-m', 'base', '--allow-empty')
  for (const [path, content] of Object.entries(head)) await writeInto(directory, path, content)
  return directory
}

describe('the demo', () => {
  beforeAll(() => buildImages('examples/images', 'examples/storefront/.images'))
  const call = ['check', 'examples/storefront', '--offline', '--advisories', 'examples/storefront/advisories']

  test('blocks for the three reasons that the seed policy names, each on the line of its image', async () => {
    const { report, status } = await reportOf(call)
    const denied = report.findings.filter(({ check }) => check === 'policy')
    expect({
      status,
      verdict: report.verdict,
      denied: denied.map(({ rule, locations, blocking }) => [
        rule,
        blocking,
        ...locations.map(({ file, startLine }) => `${file}:${startLine}`),
      ]),
    }).toEqual({
      status: 1,
      verdict: 'block',
      denied: [
        // The riskiest first.
        ['policy/signature-verification', true, 'deploy/metrics.yaml:17'],
        ['policy/trusted-registry-only', true, 'deploy/metrics.yaml:17'],
        ['policy/vulnerability-scan', true, 'deploy/search.yaml:24', 'deploy/search.yaml:32'],
        ['policy/signature-verification', true, 'deploy/cart.yaml:23'],
      ],
    })
  })

  test('tells who signed what', async () => {
    const { report } = await reportOf(call)
    expect(Object.fromEntries(report.subjects.map(({ reference, signature }) => [reference.replace(/@.*/u, ''), signature]))).toEqual({
      'registry.company.com/base/alpine:3.20.3': 'verified',
      'registry.company.com/shop/web:1.4.2': 'verified',
      'registry.company.com/shop/search:2.7.0': 'verified',
      'registry.company.com/shop/cart:3.0.1': 'unsigned',
      'quay.example.org/community/metrics-exporter:latest': 'untrusted',
    })
  })

  test('says for each vulnerability the package, its layer, its score and what fixes it', async () => {
    const { report } = await reportOf(call)
    const finding = report.findings.find(({ rule, package: affected }) => rule === 'CVE-2024-5535' && affected?.name === 'libssl3')
    expect(finding).toMatchObject({
      severity: 'critical',
      score: 9.1,
      package: { version: '3.3.1-r0', fixed: '3.3.1-r1', path: 'lib/apk/db/installed' },
      blocking: true,
    })
    expect(finding?.package?.layer).toMatch(/^sha256:/u)
  })

  test('suggests the digest that was judged', async () => {
    const { report } = await reportOf(call)
    const cart = report.subjects.find(({ reference }) => reference.includes('cart'))
    const finding = report.findings.find(({ rule, locations }) => rule === 'image/mutable-tag' && locations[0]?.file === 'deploy/cart.yaml')
    expect(finding?.suggestion?.replacement).toBe(`          image: registry.company.com/shop/cart:3.0.1@${cart?.digest}`)
  })
})

describe('against a base', () => {
  test('a finding that the base has does not block, a new one does', async () => {
    const directory = await repository({ 'a.yaml': privileged }, { 'b.yaml': privileged.replaceAll('shell', 'other') })
    const { report, status } = await reportOf(['check', directory, '--base', 'HEAD', '--checks', 'manifests'])
    const states = report.findings
      .filter(({ severity }) => severity === 'critical')
      .map(({ locations, state, blocking }) => [locations[0]?.file, state, blocking])
    expect({ status, states }).toEqual({
      status: 1,
      states: expect.arrayContaining([
        ['a.yaml', 'existing', false],
        ['b.yaml', 'new', true],
      ]),
    })
  })

  test('a finding stays the same when its lines move', async () => {
    const directory = await repository({ 'a.yaml': privileged }, { 'a.yaml': `# moved\n\n${privileged}` })
    expect((await reportOf(['check', directory, '--base', 'HEAD', '--checks', 'manifests'])).report.verdict).toBe('pass')
  })

  test('the policy of the head has no effect', async () => {
    const directory = await repository({ 'a.yaml': harmless }, { 'b.yaml': privileged, '.portcullis.yaml': 'failOn: never\n' })
    const { report, status } = await reportOf(['check', directory, '--base', 'HEAD', '--checks', 'manifests'])
    expect({ status, policy: report.policy.files }).toEqual({ status: 1, policy: [] })
  })

  test('the policy of the base holds', async () => {
    const directory = await repository(
      { 'a.yaml': harmless, '.portcullis.yaml': 'failOn: never\n' },
      { 'b.yaml': privileged, '.portcullis.yaml': 'failOn: low\n' },
    )
    const { report, status } = await reportOf(['check', directory, '--base', 'HEAD', '--checks', 'manifests'])
    expect({ status, policy: report.policy.files }).toEqual({ status: 0, policy: ['.portcullis.yaml'] })
  })

  test('a revision that is not there is a wrong call', async () => {
    const directory = await repository({ 'a.yaml': harmless }, {})
    const { status, errors } = await portcullis(['check', directory, '--base', 'no-such-branch'])
    expect({ status, errors }).toEqual({ status: 2, errors: expect.stringContaining('no-such-branch') })
  })
})

describe('bad input', () => {
  test('a path that does not exist', async () => {
    expect(await portcullis(['check', 'no/such/folder'])).toMatchObject({
      status: 2,
      output: '',
      errors: expect.stringContaining('no/such/folder'),
    })
  })

  test('nothing to judge passes, with a reason that says so', async () => {
    const { report, status } = await reportOf(['check', await tree({ 'main.c': 'int main;' }), '--offline'])
    expect({ status, reasons: report.reasons }).toEqual({ status: 0, reasons: ['nothing was found to judge'] })
  })

  test('a policy with a wrong key: its line, and nothing is judged', async () => {
    const directory = await tree({ 'a.yaml': privileged, '.portcullis.yaml': 'failOn: high\nwaiver: []\n' })
    expect(await portcullis(['check', directory, '--offline'])).toEqual({
      status: 2,
      output: '',
      errors: 'portcullis: .portcullis.yaml:2:1: unknown key "waiver" in the policy\n',
    })
  })

  test('a manifest that does not parse is a gap with its line', async () => {
    const directory = await tree({ 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: [\n', 'b.yaml': harmless })
    const { report, status } = await reportOf(['check', directory, '--offline'])
    expect({
      status,
      verdict: report.verdict,
      files: report.gaps.map(({ locations }) => locations[0]?.file),
      objects: report.coverage.objects,
    }).toEqual({
      status: 3,
      verdict: 'incomplete',
      files: ['a.yaml'],
      objects: 1,
    })
  })

  test('an alias bomb is a gap, in no time', async () => {
    const levels = 'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`)
    const directory = await tree({ 'bomb.yaml': `apiVersion: v1\nkind: ConfigMap\na: &a [x, x]\n${levels.join('\n')}\n` })
    const started = Date.now()
    const { report, status } = await reportOf(['check', directory, '--offline'])
    expect({ status, gaps: report.gaps.length > 0, isQuick: Date.now() - started < 5000 }).toEqual({ status: 3, gaps: true, isQuick: true })
  })

  const use = (reference: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      image: ${reference}\n`
  const alpine = { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n', 'lib/apk/db/installed': apkDatabase({ musl: '1.2.5-r0' }) }
  const layouts = 'registries: { mirrors: [{ prefix: registry.example.com, layouts: images }] }\n'

  async function withLayout(
    damage: (directory: string, image: ReturnType<typeof buildImage>) => Promise<void>,
  ): Promise<ReturnType<typeof reportOf>> {
    const image = buildImage({ layers: [{ files: alpine, compression: 'none' }] })
    const directory = await tree({ 'a.yaml': use('registry.example.com/a:1'), '.portcullis.yaml': layouts, 'advisories/none.json': '[]' })
    await writeLayout(join(directory, 'images/a'), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
    await damage(join(directory, 'images/a'), image)
    return reportOf(['check', directory, '--offline', '--checks', 'images', '--advisories', 'examples/storefront/advisories'])
  }
  const layerFile = (image: ReturnType<typeof buildImage>) => `blobs/${image.layers[0]?.digest.replace(':', '/')}`

  test('an image that is as it says is judged', async () => {
    const { report, status } = await withLayout(async () => {})
    expect({ status, gaps: report.gaps, packages: report.subjects[0]?.packages }).toEqual({ status: 0, gaps: [], packages: 1 })
  })

  test('a layer with a wrong digest is a gap on the line of its image', async () => {
    const { report, status } = await withLayout((directory, image) =>
      writeInto(directory, layerFile(image), Buffer.alloc(image.layers[0]?.size ?? 0)),
    )
    expect({ status, verdict: report.verdict, gap: report.gaps[0] }).toMatchObject({
      status: 3,
      verdict: 'incomplete',
      gap: { message: expect.stringMatching(/sha256:[0-9a-f]{64}/u), locations: [{ file: 'a.yaml', startLine: 7 }] },
    })
  })

  test('a truncated tar whose digest is right is a gap', async () => {
    const tar = buildTar(alpine)
    const image = buildImage({ layers: [{ tar: tar.subarray(0, 520), compression: 'none' }] })
    const directory = await tree({ 'a.yaml': use('registry.example.com/a:1'), '.portcullis.yaml': layouts })
    await writeLayout(join(directory, 'images/a'), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
    const { report, status } = await reportOf([
      'check',
      directory,
      '--offline',
      '--checks',
      'images',
      '--advisories',
      'examples/storefront/advisories',
    ])
    expect({ status, digest: digestOf(tar.subarray(0, 520)) === image.layers[0]?.digest, gaps: report.gaps.length > 0 }).toEqual({
      status: 3,
      digest: true,
      gaps: true,
    })
  })

  test('a layer that is not there is a gap', async () => {
    const { status } = await withLayout((directory, image) => rm(join(directory, layerFile(image))))
    expect(status).toBe(3)
  })

  test('a registry that answers 500 is a gap that says so', async () => {
    const registry = await startRegistry()
    cleanUp.push(() => registry.close())
    registry.intercept = (_, response) => {
      response.writeHead(500).end()
      return true
    }
    const directory = await tree({ 'a.yaml': use(`${registry.host}/a:1`) })
    const { report, status } = await reportOf(['check', directory, '--checks', 'images', '--advisories', 'examples/storefront/advisories'])
    expect({ status, message: report.gaps[0]?.message }).toEqual({ status: 3, message: expect.stringContaining('500') })
  })

  test('an image that a manifest names is never a file or a socket of this machine', async () => {
    const archive = join(await tree({}), 'images.tar')
    await writeFile(archive, 'not looked at')
    const uses = ['docker-archive', 'oci', 'oci-archive', 'docker-daemon'].map((transport) => [
      `${transport}.yaml`,
      use(`${transport}:${archive}`),
    ])
    const { report, status } = await reportOf(['check', await tree(Object.fromEntries(uses)), '--offline', '--checks', 'images'])
    expect({ status, messages: report.gaps.map(({ message }) => message) }).toEqual({
      status: 3,
      messages: Array(4).fill(expect.stringContaining('is not an image reference')),
    })
  })

  test('offline, an image that only a registry has is a gap', async () => {
    const { report, status } = await reportOf([
      'check',
      await tree({ 'a.yaml': use('registry.example.com/a:1') }),
      '--offline',
      '--checks',
      'images',
    ])
    expect({ status, message: report.gaps[0]?.message }).toEqual({ status: 3, message: expect.stringContaining('offline') })
  })

  test.each([
    [['check', '--checks', 'image'], 'unknown check "image"'],
    [['check', '--fail-on', 'severe'], '--fail-on: "severe"'],
    [['check', '--platform', 'linux'], '--platform: "linux"'],
    [['check', '--format', 'xml'], '--format: "xml"'],
    [['check', '--format', 'json', '--format', 'sarif'], 'more than one without an --output'],
    [['check', '--policy', 'gone.yaml'], 'gone.yaml: no such policy file'],
    [['check', '--unknown'], "unknown option '--unknown'"],
    [['chek'], "unknown command 'chek'"],
    [['rules', 'no/rule'], 'no rule "no/rule"'],
  ])('a wrong call, %j, is exit status 2 with one clear line', async (call, message) => {
    expect(await portcullis(call, { directory: await tree({}) })).toMatchObject({
      status: 2,
      output: '',
      errors: expect.stringContaining(message),
    })
  })

  test('what is thrown where nobody waits for it is incomplete, neither a block nor a pass', async () => {
    const stray =
      "data:text/javascript,const t=setInterval(()=>{if(process.listenerCount('uncaughtException')>0){clearInterval(t);throw new Error('stray')}},1);t.unref()"
    const result = await portcullis(['check', await tree({ 'a.yaml': harmless }), '--offline'], { nodeOptions: ['--import', stray] })
    expect({ status: result.status, errors: result.errors }).toEqual({
      status: 3,
      errors: expect.stringContaining('nothing was decided: Error: stray'),
    })
  })

  test('an older Node is told so in one line', async () => {
    const older = "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.9.0'}})"
    expect(await portcullis(['--version'], { nodeOptions: ['--import', older] })).toEqual({
      status: 2,
      output: '',
      errors: 'portcullis: needs Node 24 or later, this is 20.9.0\n',
    })
  })
})

describe('reports', () => {
  test('go to their files in pairs with the formats, whole', async () => {
    const directory = await tree({ 'a.yaml': privileged })
    const { output, status } = await portcullis(
      [
        'check',
        '.',
        '--checks',
        'manifests',
        '--format',
        'json',
        '--output',
        'out/report.json',
        '--format',
        'sarif',
        '--output',
        'out/report.sarif',
        '--format',
        'text',
      ],
      { directory },
    )
    const { readFile } = await import('node:fs/promises')
    const [json, sarif] = await Promise.all(
      ['out/report.json', 'out/report.sarif'].map(async (file) => JSON.parse(await readFile(join(directory, file), 'utf8'))),
    )
    expect({ status, verdict: json.verdict, version: sarif.version, text: output.includes('a.yaml') }).toEqual({
      status: 1,
      verdict: 'block',
      version: '2.1.0',
      text: true,
    })
  })

  test('are the same bytes on every run', async () => {
    const call = ['check', await tree({ 'a.yaml': privileged }), '--checks', 'manifests', '--format', 'json']
    expect((await portcullis(call)).output).toBe((await portcullis(call)).output)
  })
})

describe('a folder of a repository', () => {
  test('is judged by the policy of the root where it has none of its own, on the base too', async () => {
    const files = { '.portcullis.yaml': 'failOn: never\n', 'services/shop/a.yaml': harmless }
    const directory = await repository(files, { 'services/shop/b.yaml': privileged })
    for (const call of [[], ['--base', 'HEAD']]) {
      const { report, status } = await reportOf(['check', join(directory, 'services/shop'), '--checks', 'manifests', ...call])
      expect({ call, status, files: report.policy.files }).toEqual({ call, status: 0, files: ['.portcullis.yaml'] })
    }
  })

  test('is judged by its own policy where it has one', async () => {
    const files = {
      '.portcullis.yaml': 'failOn: never\n',
      'services/shop/.portcullis.yaml': 'failOn: low\n',
      'services/shop/b.yaml': privileged,
    }
    expect((await reportOf(['check', join(await repository(files, {}), 'services/shop'), '--checks', 'manifests'])).status).toBe(1)
  })
})
