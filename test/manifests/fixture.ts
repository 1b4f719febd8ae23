/** Reads the fixtures: a file is a tree of one file, its comments say which finding is expected on which line. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ManifestSettings } from '../../src/manifests/rule.ts'
import { readRepository } from '../../src/repo/read.ts'
import type { Repository } from '../../src/repo/repository.ts'
import type { Tree } from '../../src/repo/tree.ts'

const folder = fileURLToPath(new URL('fixtures/', import.meta.url))

export interface Fixture {
  /** Relative to the folder of fixtures. */
  readonly path: string
  /** The rule that it is about: `pod/privileged` for `pod/privileged.yaml` and `pod/privileged.Dockerfile`. */
  readonly rule: string
  readonly text: string
  readonly settings: ManifestSettings
  /** The tree before the change, from the file with `.base` in its name. */
  readonly base?: string
  readonly expected: readonly { readonly line: number; readonly rule: string }[]
}

export function readFixtures(): readonly Fixture[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('.base.'))
    .sort()
    .map(readFixture)
}

function readFixture(path: string): Fixture {
  const text = readFileSync(join(folder, path), 'utf8')
  const lines = text.split('\n')
  const expected = lines.flatMap((line, index) => {
    const ids = /# expect (\S+(?: \S+)*)$/.exec(line)?.[1]?.split(' ') ?? []
    // A comment that has its line alone is about the next one: Dockerfiles have no others.
    const number = /^\s*# expect/.test(line) ? index + 2 : index + 1
    return ids.map((rule) => ({ line: number, rule }))
  })
  const settings = lines.map((line) => /^# settings: (.+)$/.exec(line)?.[1]).find((found) => found !== undefined) ?? '{}'
  const rule = join(dirname(path), basename(path).replace(/\..*$/, ''))
  const basePath = join(folder, path.replace(/(\.\w+)$/, '.base$1'))
  const base = existsSync(basePath) ? { base: readFileSync(basePath, 'utf8') } : {}
  return { path, rule, text, settings: JSON.parse(settings), expected, ...base }
}

/** A tree that is held in memory. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]))
  return {
    name: 'memory',
    files: async () =>
      [...bytes].map(([path, content]) => ({ path, sizeBytes: content.length })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: async (path) => bytes.get(path),
  }
}

export async function repositoryOf(files: Readonly<Record<string, string>>): Promise<Repository> {
  const repository = await readRepository(treeOf(files))
  if (repository.gaps.length > 0) throw new Error(`fixture is not readable: ${JSON.stringify(repository.gaps)}`)
  return repository
}

/** The name that a fixture's file has in its tree, so that what it is can be told from it. */
export function treePath(path: string): string {
  if (path.startsWith('compose/')) return 'compose.yaml'
  if (path.startsWith('workflow/')) return '.github/workflows/ci.yaml'
  return basename(path).endsWith('Dockerfile') ? 'Dockerfile' : 'objects.yaml'
}
