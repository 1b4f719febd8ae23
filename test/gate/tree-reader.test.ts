import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { treeReader } from '../../src/gate/tree-reader.ts'
import { readRepository } from '../../src/repo/read.ts'
import type { Tree } from '../../src/repo/tree.ts'
import { memoryTree } from '../builders/tree.ts'

type Texts = Readonly<Record<string, string>>

const blobOf = (text: string, algorithm: string) => createHash(algorithm).update(`blob ${text.length}\0${text}`).digest('hex')

/** A tree that knows git's names, and tells what is read of it. */
function revision(files: Texts, algorithm: string): Tree & { readonly reads: string[] } {
  const tree = memoryTree(files)
  const reads: string[] = []
  return {
    ...{ name: 'base', files: tree.files, reads },
    blobOf: (path) => blobOf(files[path] ?? '', algorithm),
    read(path, limitBytes) {
      reads.push(path)
      return tree.read(path, limitBytes)
    },
  }
}

const configuration = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`
const definition =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: workers.example.com }\nspec: { group: example.com, scope: Cluster, names: { kind: Worker } }\n'
const before: Texts = {
  'a.yaml': configuration('a'),
  'b.yaml': configuration('b'),
  'c.yaml': configuration('a'),
  'worker.yaml': 'apiVersion: example.com/v1\nkind: Worker\nmetadata: { name: a }\n',
}

test.each(['sha1', 'sha256'])(
  'of the base only those files are read to which git gives another name than to the head: %s',
  async (algorithm) => {
    const after = { ...before, 'b.yaml': configuration('other'), 'd.yaml': configuration('d') }
    const [head, base] = [memoryTree(after), revision(before, algorithm)]
    const reader = treeReader({ tree: head, base, reading: {} })
    const [, read] = await Promise.all([reader.read(head), reader.read(base)])
    expect(base.reads).toEqual(['b.yaml'])
    expect(read.objects.map(({ subject }) => subject)).toEqual(
      (await readRepository(memoryTree(before))).objects.map(({ subject }) => subject),
    )
    expect(reader.blobOf('a.yaml')).toBe(blobOf(configuration('a'), algorithm))
    // Not the base's, which was read later.
    expect(reader.blobOf('b.yaml')).toBe(blobOf(configuration('other'), algorithm))
    expect(reader.blobOf('e.yaml')).toBeUndefined()
  },
)

test('an object of a file that both have is another one where its kind has no namespace in one of them', async () => {
  const [head, base] = [memoryTree({ ...before, 'definition.yaml': definition }), revision(before, 'sha1')]
  const reader = treeReader({ tree: head, base, reading: {} })
  const subjects = async (tree: Tree) =>
    (await reader.read(tree)).objects.filter(({ kind }) => kind === 'Worker').map(({ subject }) => subject)
  expect([await subjects(head), await subjects(base)]).toEqual([['Worker/a'], ['Worker/default/a']])
})
