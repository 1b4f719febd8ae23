/** Every kind against its cases. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { secretKinds } from '../../../src/scan/secrets/kinds.ts'
import { secretEngine } from '../../../src/scan/secrets/search.ts'
import { kindCases } from './fixtures.ts'

const engine = secretEngine(secretKinds)

function search(text: string, path = 'srv/app/settings.txt') {
  const bytes = Buffer.from(text)
  const open = engine.open(path, bytes.length)
  open.write(bytes)
  return open.end().found
}

describe.each(kindCases)('$kind', ({ kind, path, secrets, others, nearMisses }) => {
  test('is found, alone, and where it stands', () => {
    expect(secrets).not.toEqual([])
    for (const marked of secrets) {
      const text = marked.replace(/[«»]/g, '')
      const found = search(text, path)
      expect(
        found.map(({ kind: { id } }) => id),
        `in ${marked.slice(0, 80)}`,
      ).toEqual([kind])
      const value = /«([^»]*)»/.exec(marked)?.[1]
      if (value !== undefined) expect(Buffer.from(text).subarray(found[0]?.start, found[0]?.end).toString()).toBe(value)
    }
  })

  test('is not found where there is none', () => {
    expect(others).not.toEqual([])
    for (const text of others) expect(search(text, path), text.slice(0, 120)).toEqual([])
  })

  test('is not found where one thing is not right', () => {
    expect(nearMisses.length).toBeGreaterThan(1)
    for (const text of nearMisses)
      expect(
        search(text, path).map(({ kind: { id } }) => id),
        text.slice(0, 120),
      ).not.toContain(kind)
  })
})

test('what is looked for in programs is found there, in texts no shorter than those that are looked at', () => {
  const zeros = '\0'.repeat(50)
  for (const { kind, secrets } of kindCases) {
    if (!secretKinds.find(({ id }) => id === kind)?.inBinaries) continue
    const found = secrets.flatMap((marked) => {
      const value = /«([^»]*)»/.exec(marked)?.[1] ?? marked
      // Some are only known by what stands before them.
      return [value, `"${value}"`, marked.replace(/[«»]/g, '')].map((text) =>
        search(`${zeros}${text}${zeros}`).map(({ kind: { id } }) => id),
      )
    })
    expect(found, kind).toContainEqual([kind])
  }
})

test('every kind has cases, and every case a kind', () => {
  expect(kindCases.map(({ kind }) => kind).sort()).toEqual(secretKinds.map(({ id }) => id).sort())
})

test('the list is in alphabetical order, has no id twice, and more than sixty kinds', () => {
  const ids = secretKinds.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort())
  expect(ids.length).toBeGreaterThan(60)
})

test('every kind that a file of the folder exports is in the list', () => {
  const folder = fileURLToPath(new URL('../../../src/scan/secrets/kinds/', import.meta.url))
  const exported = readdirSync(folder).flatMap((file) => [
    ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/^export const \w+(?:: SecretKind)? = /gm),
  ])
  expect(secretKinds).toHaveLength(exported.length)
})

test('every kind says what it opens, how it is revoked, and where that is written', () => {
  for (const { id, title, opens, revoke, references } of secretKinds) {
    expect(title, id).not.toBe('')
    expect(opens, id).toMatch(/^[a-z].*[^.]$/)
    expect(revoke, id).toMatch(/^[A-Z].*\.$/)
    expect(references, id).not.toEqual([])
    for (const reference of references) expect(reference, id).toMatch(/^https:\/\//)
  }
})

test('every expression is sticky, says where its groups are, and is not greedy without a bound', () => {
  for (const { id, expression } of secretKinds) {
    expect(expression.flags, id).toContain('y')
    if (/\?<(?:secret|lead)>/.test(expression.source)) expect(expression.flags, id).toContain('d')
    const outside = expression.source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')
    expect(outside, id).not.toMatch(/[*+]|\{\d+,\}/)
  }
})
