import { describe, expect, test } from 'vitest'
import { readRepository } from '../../src/repo/read.ts'
import { memoryTree } from '../builders/tree.ts'

async function read(path: string, text: string) {
  const { dockerfiles, gaps, coverage } = await readRepository(memoryTree({ [path]: text }))
  return [dockerfiles.length, gaps.length > 0, coverage.skipped]
}

describe('a file that is called dockerfile and something', () => {
  test.each([
    ['dockerfile.ts', '/** Dockerfile syntax */\nexport const a = `\nFROM alpine:3\n`\n'],
    ['src/Dockerfile.py', '"""Reads a Dockerfile."""\nimport re\n'],
    ['dockerfile.go', 'package dockerfile\n'],
  ])('is no Dockerfile where it is a program: %s', async (path, text) => {
    expect(await read(path, text)).toEqual([0, false, 1])
  })

  test.each([
    ['Dockerfile.go', '# The gate\n\nARG VERSION=1\nFROM golang:1\n'],
    ['Dockerfile.py', '\uFEFFfrom python:3\n'],
    ['dockerfile.js', 'FROM \\\n  node:24\n'],
  ])('is one by its text, whatever language it is for: %s', async (path, text) => {
    expect(await read(path, text)).toEqual([1, false, 0])
  })

  test.each([
    ['Dockerfile.ts', '# syntax=registry.example/frontend\nanything\n'],
    ['dockerfile.go', '// syntax=registry.example/frontend\npackage a\n'],
    ['dockerfile.rs', 'FROM\n'],
  ])('is a gap where a builder may read what is not read here: %s', async (path, text) => {
    expect((await read(path, text))[1]).toBe(true)
  })

  test('of another name is a gap where it does not begin as one', async () => {
    expect((await read('Dockerfile.production', 'import a\n'))[1]).toBe(true)
    expect((await read('Dockerfile', 'import a\n'))[1]).toBe(true)
  })
})
