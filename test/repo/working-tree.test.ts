import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workingTree } from '../../src/repo/working-tree.ts'
import { gitFolder, temporaryFolder } from '../builders/tree.ts'

async function pathsOf(directory: string) {
  return (await workingTree(directory).files()).map(({ path }) => path)
}

test('files are listed with their sizes in code point order, without .git', async () => {
  using folder = temporaryFolder({ 'b/c.yaml': '12', 'a.yaml': '1', 'b.yaml': '', '.git/config': 'x', 'b/\u{1f600}': '', 'b/\uffee': '' })
  expect(await workingTree(folder.path).files()).toEqual([
    { path: 'a.yaml', sizeBytes: 1 },
    { path: 'b.yaml', sizeBytes: 0 },
    { path: 'b/c.yaml', sizeBytes: 2 },
    { path: 'b/\uffee', sizeBytes: 0 },
    { path: 'b/\u{1f600}', sizeBytes: 0 },
  ])
})

test('a .gitignore holds for its folder and below, and a nearer one goes before it', async () => {
  using folder = temporaryFolder({
    '.gitignore': '*.log\n/out\nnode_modules/\n',
    'a.log': '',
    'out/x': '',
    'sub/out/x': '',
    'sub/.gitignore': '!keep.log\nlocal\n',
    'sub/keep.log': '',
    'sub/drop.log': '',
    'sub/deep/local/x': '',
    'sub/node_modules/a/b.yaml': '',
    local: '',
  })
  expect(await pathsOf(folder.path)).toEqual(['.gitignore', 'local', 'sub/.gitignore', 'sub/keep.log', 'sub/out/x'])
})

test('a file that git tracks is listed even where a .gitignore names it', async () => {
  using folder = gitFolder({ 'deploy/a.yaml': 'a', 'b.yaml': 'b' })
  folder.commit('first')
  folder.write({ '.gitignore': 'deploy/\n*.yaml\n', 'deploy/untracked.yaml': 'x' })
  expect(await pathsOf(folder.path)).toEqual(['.gitignore', 'b.yaml', 'deploy/a.yaml'])
})

test('where git cannot say what it tracks, nothing is left out', async () => {
  using folder = temporaryFolder({ '.git/HEAD': 'broken', '.gitignore': '*.yaml\n', 'a.yaml': '' })
  expect(await pathsOf(folder.path)).toEqual(['.gitignore', 'a.yaml'])
})

test('links are never followed out of the tree', async () => {
  using outside = temporaryFolder({ 'secret.yaml': 'secret', 'folder/x.yaml': '' })
  using folder = temporaryFolder({ 'real.yaml': 'real', 'sub/x': '' })
  const link = (target: string, path: string) => symlinkSync(target, join(folder.path, path))
  link(join(outside.path, 'secret.yaml'), 'leaves.yaml')
  link(join(outside.path, 'folder'), 'folder')
  link('..', 'above')
  link('../real.yaml', 'sub/inside.yaml')
  link('nowhere', 'broken.yaml')
  link('loop.yaml', 'loop.yaml')
  const tree = workingTree(folder.path)
  expect((await tree.files()).filter(({ path }) => path !== 'sub/x')).toEqual([
    { path: 'above', sizeBytes: 0, unreadable: 'link to a folder that leaves the tree' },
    { path: 'broken.yaml', sizeBytes: 0, unreadable: 'link that leads nowhere' },
    { path: 'folder', sizeBytes: 0, unreadable: 'link to a folder that leaves the tree' },
    { path: 'leaves.yaml', sizeBytes: 0, unreadable: 'link that leaves the tree' },
    { path: 'loop.yaml', sizeBytes: 0, unreadable: 'link that leads nowhere' },
    { path: 'real.yaml', sizeBytes: 4 },
    { path: 'sub/inside.yaml', sizeBytes: 4, linksTo: 'real.yaml' },
  ])
  await expect(tree.read('leaves.yaml', 100)).rejects.toMatchObject({ name: 'TreeError', code: 'outside' })
  await expect(tree.read('folder/x.yaml', 100)).rejects.toMatchObject({ code: 'outside' })
  await expect(tree.read('../no such file', 100)).resolves.toBe(undefined)
  await expect(tree.read('../../../../../../etc/passwd', 1 << 20)).rejects.toMatchObject({ code: 'outside' })
  expect(Buffer.from((await tree.read('sub/inside.yaml', 100)) ?? []).toString()).toBe('real')
})

test('a file beyond the limit, a pipe and a folder are not read', async () => {
  using folder = temporaryFolder({ 'a.yaml': '12345' })
  mkdirSync(join(folder.path, 'folder'))
  execFileSync('mkfifo', [join(folder.path, 'pipe.yaml')])
  const tree = workingTree(folder.path)
  await expect(tree.read('a.yaml', 4)).rejects.toMatchObject({
    code: 'too-large',
    message: 'a.yaml has 5 bytes, more than the 4 that are read',
  })
  expect(await tree.read('a.yaml', 5)).toHaveLength(5)
  await expect(tree.read('pipe.yaml', 5)).rejects.toMatchObject({ code: 'unreadable' })
  expect(await tree.read('folder', 5)).toBe(undefined)
  expect(await pathsOf(folder.path)).toEqual(['a.yaml'])
})

test('a directory that is not there is an error', async () => {
  using folder = temporaryFolder()
  await expect(workingTree(join(folder.path, 'none')).files()).rejects.toMatchObject({ code: 'unreadable' })
})
