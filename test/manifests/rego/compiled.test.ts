import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { judgeByUserPolicies } from '../../../src/manifests/user-policies/judge.ts'
import { readRegoSources } from '../../../src/manifests/user-policies/rego/sources.ts'
import { evaluateCompiled } from '../../../src/manifests/user-policies/rego/wasm.ts'
import { wordPolicy } from '../../builders/rego-wasm.ts'
import { buildTar } from '../../builders/tar.ts'
import { repositoryOf } from '../fixture.ts'

const pod = (name: string, more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  hostNetwork: true\n  containers: [{ name: a, image: a${more} }]\n`

const refuses = { word: '"hostNetwork":true', value: [{ msg: 'no host network', path: 'spec.hostNetwork' }] }

async function judge(bytes: Uint8Array, objects: readonly string[], name = 'policy/network.wasm') {
  const head = await repositoryOf({ 'objects.yaml': objects.join('---\n') })
  const { problems, gaps } = await judgeByUserPolicies(head, undefined, { rego: [{ name, bytes }] })
  return {
    problems: problems.map(({ rule, severity, mode, message, subject, locations }) => ({
      rule,
      severity,
      ...(mode && { mode }),
      message,
      subject,
      line: locations[0]?.startLine,
    })),
    gaps: gaps.map(({ subject, message }) => `${subject}: ${message}`),
  }
}

describe('a compiled policy', () => {
  test('refuses what its rule refuses, on the line of the field that it names', async () => {
    expect(await judge(await wordPolicy({ entrypoint: 'net/deny', refuses }), [pod('a'), pod('b').replace('true', 'false')])).toEqual({
      problems: [{ rule: 'policy/net', severity: 'high', message: '"no host network"', subject: 'Pod/default/a', line: 6 }],
      gaps: [],
    })
  })

  test('warns where its rule is named so', async () => {
    const { problems } = await judge(await wordPolicy({ entrypoint: 'net/warn_host', refuses }), [pod('a')])
    expect(problems).toEqual([expect.objectContaining({ rule: 'policy/net', severity: 'medium', mode: 'warn' })])
  })

  test('asked as a package says all its rules', async () => {
    const value = { deny: ['one', 'two'], warn: ['three'], helper: ['not said'] }
    const { problems, gaps } = await judge(await wordPolicy({ entrypoint: 'net', refuses: { ...refuses, value } }), [pod('a')])
    expect(problems.map(({ message }) => message)).toEqual(['"one"', '"two"', '"three"'])
    expect(gaps).toEqual([])
  })

  test('without a rule that judges is a gap, and no pass', async () => {
    const { gaps } = await judge(await wordPolicy({ entrypoint: 'net/hosts', refuses }), [pod('a')])
    expect(gaps).toEqual([
      'Pod/default/a: Rego policy "policy/network.wasm": package "net" has no rule named deny, violation, warn or allow',
    ])
  })

  test('that never answers, or destroys itself, is a gap of that object alone', async () => {
    const bytes = await wordPolicy({ entrypoint: 'net/deny', refuses, hangsOn: 'slow', trapsOn: 'wild' })
    const inputs = ['slow', 'wild', '"hostNetwork":true', 'fine'].map((name) => (name.startsWith('"') ? { hostNetwork: true } : { name }))
    const results = await evaluateCompiled({ name: 'a', bytes, data: {} }, inputs, { silenceMilliseconds: 300, threads: 3 })
    expect(results).toEqual([
      { error: 'it takes more than 300 ms' },
      { error: expect.stringContaining('unreachable') },
      { packages: new Map([['net', new Map([['deny', refuses.value]])]]) },
      { packages: new Map([['net', new Map([['deny', []]])]]) },
    ])
  })

  test('that is stopped too often is not asked again', async () => {
    const bytes = await wordPolicy({ entrypoint: 'net/deny', refuses, hangsOn: 'slow' })
    const inputs = ['slow', 'slow', 'fine'].map((name) => ({ name }))
    expect(await evaluateCompiled({ name: 'a', bytes, data: {} }, inputs, { silenceMilliseconds: 200, threads: 2 })).toEqual([
      { error: 'it takes more than 200 ms' },
      { error: 'it takes more than 200 ms' },
      { error: 'no time is left' },
    ])
  })

  test('that is no WebAssembly is a gap that names the file', async () => {
    const { gaps } = await judge(Buffer.from('not wasm'), [pod('a')])
    expect(gaps[0]).toMatch(/^policy\/network\.wasm: Rego policy: .*magic/)
  })

  test('comes in a bundle as well, with its data', async () => {
    const bytes = await wordPolicy({ entrypoint: 'net/deny', refuses })
    const bundle = gzipSync(
      buildTar({
        '/policy.wasm': bytes,
        '/data.json': Buffer.from('{"a":1}'),
        '/team/data.json': Buffer.from('{"names":["b"]}'),
      }),
    )
    const { problems, gaps } = await judge(bundle, [pod('a')], 'bundle.tar.gz')
    expect([problems.length, gaps]).toEqual([1, []])
    const { compiled } = await readRegoSources([{ name: 'bundle.tar.gz', bytes: bundle }])
    expect(compiled.map(({ data }) => data)).toEqual([{ a: 1, team: { names: ['b'] } }])
  })
})

describe('a bundle', () => {
  test.each([
    ['that is cut short', gzipSync(buildTar({ 'a.rego': Buffer.from('package a') })).subarray(0, 40), /unexpected end of file/],
    ['without a policy', gzipSync(buildTar({ readme: Buffer.from('') })), /neither "policy.wasm" nor a module/],
    ['that unpacks to too much', gzipSync(buildTar({ 'data.json': Buffer.alloc(70 << 20) })), /more than 67108864 bytes/],
    [
      'with data that is none',
      gzipSync(buildTar({ 'data.json': Buffer.from('{'), 'a.rego': Buffer.from('package a') })),
      /"data.json" of the bundle is not JSON/,
    ],
  ])('%s is a problem that names it', async (_, bytes, message) => {
    const { problems, modules } = await readRegoSources([{ name: 'b.tar.gz', bytes }])
    expect(problems).toEqual([{ name: 'b.tar.gz', message: expect.stringMatching(message) }])
    expect(modules).toEqual([])
  })

  test('in text gives its modules without their tests', async () => {
    const bytes = gzipSync(
      buildTar({
        './a/main.rego': Buffer.from('package main'),
        './a/main_test.rego': Buffer.from('package main'),
      }),
    )
    const { modules } = await readRegoSources([{ name: 'b.tar.gz', bytes }])
    expect(modules).toEqual([{ name: 'b.tar.gz!/a/main.rego', text: 'package main' }])
  })
})
