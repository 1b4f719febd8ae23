import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { judgeManifests, judgeTree, type ManifestProblem } from '../../src/manifests/judge.ts'
import { ruleLists, ruleTexts } from '../../src/manifests/rules.ts'
import { kindsWithoutSchema } from '../../src/manifests/shape/unshaped.ts'
import { type Fixture, readFixtures, repositoryOf, treePath } from './fixture.ts'

const fixtures = readFixtures()

async function judge({ path, settings, base }: Fixture, text: string): Promise<readonly ManifestProblem[]> {
  const before = base === undefined ? undefined : await repositoryOf({ [treePath(path)]: base })
  return judgeManifests(await repositoryOf({ [treePath(path)]: text }), settings, before)
}

describe.each(fixtures)('$path', (fixture) => {
  test('reports what its comments expect, on their lines, and nothing else', async () => {
    const found = (await judge(fixture, fixture.text))
      .filter(({ rule }) => rule === fixture.rule)
      .map(({ rule, locations }) => ({ line: locations[0]?.startLine ?? 0, rule }))
      .sort((a, b) => a.line - b.line)
    expect(found).toEqual(fixture.expected)
  })

  test('has no suggestion that leaves its finding or adds one', async () => {
    const before = await judge(fixture, fixture.text)
    for (const problem of before.filter(({ suggestion }) => suggestion !== undefined)) {
      const after = await judge(fixture, apply(fixture.text, problem))
      const name = `${problem.rule} on line ${problem.locations[0]?.startLine}`
      expect(missing(before, after), name).toContain(identity(problem))
      expect(missing(after, before), name).toEqual([])
    }
  })
})

function apply(text: string, { suggestion }: ManifestProblem): string {
  const lines = text.split('\n')
  if (suggestion) lines.splice(suggestion.startLine - 1, suggestion.endLine - suggestion.startLine + 1, suggestion.replacement)
  return lines.join('\n')
}

/** What `left` has more often than `right`. */
function missing(left: readonly ManifestProblem[], right: readonly ManifestProblem[]): string[] {
  const rest = right.map(identity)
  return left.map(identity).filter((one) => {
    const index = rest.indexOf(one)
    if (index >= 0) rest.splice(index, 1)
    return index < 0
  })
}

function identity({ rule, subject, message }: ManifestProblem): string {
  return `${rule} ${subject}: ${message}`
}

describe('the lists of rules', () => {
  const lists = ruleLists
  const ids = Object.values(lists).flatMap((list) => [...list].map(({ id }) => id))

  test('hold every file of the folder once', () => {
    const folder = fileURLToPath(new URL('../../src/manifests/rules/', import.meta.url))
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replace(/\.ts$/, ''))
    expect([...ids].sort()).toEqual(files.sort())
  })

  test.each(Object.entries(lists))('%s is in alphabetical order', (_, list) => {
    const own = [...list].map(({ id }) => id)
    expect(own).toEqual([...own].sort())
  })

  test('have a fixture for every rule, with a case that fails', () => {
    const failing = new Set(fixtures.filter(({ expected }) => expected.length > 0).map(({ rule }) => rule))
    expect(ids.filter((id) => !failing.has(id))).toEqual([])
    expect(fixtures.filter(({ rule }) => !ids.includes(rule)).map(({ path }) => path)).toEqual([])
  })

  test('are described by texts that a stopped reader can use', () => {
    expect(ruleTexts.map(({ id }) => id)).toEqual([...ids].sort())
    for (const { id, why, fix, references } of ruleTexts) {
      expect(why.length, id).toBeGreaterThan(40)
      expect(fix.length, id).toBeGreaterThan(20)
      expect(references[0], id).toMatch(/^https:/)
    }
  })
})

test('a rule that fails on one object is a gap of it, and the others are judged', async () => {
  const repository = await repositoryOf({
    'pods.yaml': ['one', 'two']
      .map((name) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { hostNetwork: true, containers: [] }\n`)
      .join('---\n'),
  })
  const lines = (): never => {
    throw new Error('disk is gone')
  }
  const { problems, gaps } = judgeTree({ ...repository, lines }, {})
  expect(gaps.map(({ subject, message }) => `${subject}: ${message}`)).toContain(
    'Pod/default/one: rule pod/default-service-account failed: disk is gone',
  )
  expect(problems.filter(({ rule }) => rule === 'pod-security/host-namespaces')).toHaveLength(2)
  expect(() => judgeManifests({ ...repository, lines }, {})).toThrow('disk is gone')
})

test('a kind without a schema is named once', async () => {
  const other = 'apiVersion: example.com/v1\nkind: Shop\nmetadata: { name: a }\n'
  const repository = await repositoryOf({
    'all.yaml': [other, other, 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n'].join('---\n'),
  })
  expect(kindsWithoutSchema(repository)).toEqual(['example.com/v1/Shop'])
})
