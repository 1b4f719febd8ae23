import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { changedFiles, revisionTree } from '../../src/repo/git.ts'
import { gitFolder, temporaryFolder } from '../builders/tree.ts'

const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString())

test('a revision is a tree of its own, whatever the working tree holds', async () => {
  using folder = gitFolder({ 'a.yaml': 'one', 'sub/b c.yaml': 'two\n', 'sub/ü"\n.yaml': '', empty: '' })
  folder.commit('first')
  folder.write({ 'a.yaml': 'changed', 'new.yaml': '' })
  const tree = await revisionTree(folder.path, 'HEAD')
  expect(tree.name).toBe('HEAD')
  expect(await tree.files()).toEqual([
    { path: 'a.yaml', sizeBytes: 3 },
    { path: 'empty', sizeBytes: 0 },
    { path: 'sub/b c.yaml', sizeBytes: 4 },
    { path: 'sub/ü"\n.yaml', sizeBytes: 0 },
  ])
  const all = await Promise.all(['a.yaml', 'empty', 'sub/b c.yaml', 'new.yaml'].map((path) => tree.read(path, 100)))
  expect(all.map(text)).toEqual(['one', '', 'two\n', undefined])
  await expect(tree.read('a.yaml', 2)).rejects.toMatchObject({ code: 'too-large' })
})

test('below a folder of the repository, paths begin at that folder', async () => {
  using folder = gitFolder({ 'a.yaml': '', 'sub/b.yaml': 'x' })
  folder.commit('first')
  folder.write({ 'sub/b.yaml': 'y', 'a.yaml': 'y' })
  const below = join(folder.path, 'sub')
  expect(await (await revisionTree(below, 'HEAD')).files()).toEqual([{ path: 'b.yaml', sizeBytes: 1 }])
  expect(await changedFiles(below, 'HEAD')).toMatchObject([{ path: 'b.yaml', status: 'modified' }])
})

test('thousands of files, and large ones, are read by one program', async () => {
  const files = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`f${index}.yaml`, `content ${index}\n`]))
  using folder = gitFolder({ ...files, large: 'x'.repeat(3_000_000) })
  folder.commit('first')
  const tree = await revisionTree(folder.path, 'main')
  const listed = await tree.files()
  const contents = await Promise.all(listed.map(({ path }) => tree.read(path, 1 << 22)))
  expect(contents.map((bytes) => bytes?.length)).toEqual(listed.map(({ sizeBytes }) => sizeBytes))
  expect(text(contents[listed.findIndex(({ path }) => path === 'f1234.yaml')])).toBe('content 1234\n')
})

test('a blob that the repository has lost is an error for its file alone', async () => {
  using folder = gitFolder({ 'a.yaml': 'one', 'b.yaml': 'x'.repeat(100_000) })
  folder.commit('first')
  const id = folder.git('rev-parse', 'HEAD:b.yaml')
  rmSync(join(folder.path, '.git/objects', id.slice(0, 2), id.slice(2)))
  const listing = revisionTree(folder.path, 'HEAD')
  await expect(listing.then((tree) => tree.read('b.yaml', 1 << 20))).rejects.toMatchObject({ name: 'TreeError', code: 'unreadable' })
})

test('links of a revision lead to its own files or nowhere', async () => {
  using folder = gitFolder({ 'real.yaml': 'real', 'sub/x': '' })
  symlinkSync('../real.yaml', join(folder.path, 'sub/inside.yaml'))
  symlinkSync('/etc/passwd', join(folder.path, 'absolute.yaml'))
  symlinkSync('../../x', join(folder.path, 'sub/above.yaml'))
  symlinkSync('loop.yaml', join(folder.path, 'loop.yaml'))
  folder.commit('first')
  const tree = await revisionTree(folder.path, 'HEAD')
  expect((await tree.files()).filter(({ path }) => path !== 'sub/x')).toEqual([
    { path: 'absolute.yaml', sizeBytes: 0, unreadable: 'link that leaves the tree' },
    { path: 'loop.yaml', sizeBytes: 0, unreadable: 'link that leaves the tree' },
    { path: 'real.yaml', sizeBytes: 4 },
    { path: 'sub/above.yaml', sizeBytes: 0, unreadable: 'link that leaves the tree' },
    { path: 'sub/inside.yaml', sizeBytes: 4, linksTo: 'real.yaml' },
  ])
  expect(text(await tree.read('sub/inside.yaml', 100))).toBe('real')
  await expect(tree.read('absolute.yaml', 100)).rejects.toMatchObject({ code: 'outside' })
  await expect(tree.read('loop.yaml', 100)).rejects.toMatchObject({ code: 'outside' })
})

test.each(['--upload-pack=x', '-n', '--output=stolen', 'a b', 'a\nb', '', 'a;b', '$(x)', 'HEAD:a.yaml', 'no-such-branch', 'a..b'])(
  'the revision %j is refused',
  async (revision) => {
    using folder = gitFolder({ 'a.yaml': '' })
    folder.commit('first')
    await expect(revisionTree(folder.path, revision)).rejects.toMatchObject({ name: 'TreeError', code: 'unknown-revision' })
    await expect(changedFiles(folder.path, revision)).rejects.toMatchObject({ code: 'unknown-revision' })
    await expect(changedFiles(folder.path, 'HEAD', revision)).rejects.toMatchObject({ code: 'unknown-revision' })
    expect(existsSync(join(folder.path, 'stolen'))).toBe(false)
  },
)

test('a folder without a repository has no revisions', async () => {
  using folder = temporaryFolder()
  await expect(revisionTree(folder.path, 'HEAD')).rejects.toMatchObject({ code: 'unknown-revision' })
})

test('changes between two revisions have their status, old path and lines of the head', async () => {
  const long = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('')
  using folder = gitFolder({
    'same.yaml': 'x',
    'edit.yaml': '1\n2\n3\n4\n5\n6\n',
    'gone.yaml': '1\n',
    'old name.yaml': long,
    'cut.yaml': '1\n2\n',
  })
  const base = folder.commit('base')
  rmSync(join(folder.path, 'gone.yaml'))
  rmSync(join(folder.path, 'old name.yaml'))
  folder.write({
    'edit.yaml': '0\n1\n2\n3\ndiff --git a/x b/x\n@@ -1 +1 @@\n6\n',
    'new "ü".yaml': 'a\nb\n',
    'moved/new name.yaml': long.replace('line 7', 'line seven'),
    'cut.yaml': '1\n',
  })
  const head = folder.commit('head')
  const expected = [
    { path: 'cut.yaml', status: 'modified', ranges: [] },
    {
      path: 'edit.yaml',
      status: 'modified',
      ranges: [
        { startLine: 1, endLine: 1 },
        { startLine: 5, endLine: 6 },
      ],
    },
    { path: 'gone.yaml', status: 'deleted', ranges: [] },
    { path: 'moved/new name.yaml', status: 'renamed', oldPath: 'old name.yaml', ranges: [{ startLine: 8, endLine: 8 }] },
    { path: 'new "ü".yaml', status: 'added', ranges: [{ startLine: 1, endLine: 2 }] },
  ]
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
  expect([...(await changedFiles(folder.path, base, head))].sort(byPath)).toEqual(expected)
  expect([...(await changedFiles(folder.path, base))].sort(byPath)).toEqual(expected)
})

test('what the base gained since the branch left it is no change of the branch', async () => {
  using folder = gitFolder({ 'a.yaml': '1\n' })
  folder.commit('start')
  folder.git('checkout', '--quiet', '-b', 'feature')
  folder.write({ 'b.yaml': '1\n' })
  folder.commit('feature')
  folder.git('checkout', '--quiet', 'main')
  folder.write({ 'a.yaml': '1\n2\n' })
  folder.commit('main moves')
  expect((await changedFiles(folder.path, 'main', 'feature')).map(({ path }) => path)).toEqual(['b.yaml'])
})

test('files that git does not know yet are changes of the working tree, without ignored ones', async () => {
  using folder = gitFolder({ 'a.yaml': '1\n', '.gitignore': 'ignored\n' })
  folder.commit('first')
  folder.write({ 'new.yaml': '1\n2\n3', ignored: 'x', 'empty.yaml': '' })
  expect(await changedFiles(folder.path, 'HEAD')).toEqual([
    { path: 'empty.yaml', status: 'added', ranges: [] },
    { path: 'new.yaml', status: 'added', ranges: [{ startLine: 1, endLine: 3 }] },
  ])
})

test('no program that the repository names is started', async () => {
  using folder = gitFolder({ 'a.yaml': '1\n', '.gitattributes': '*.yaml diff=evil\n' })
  folder.commit('first')
  const mark = (name: string) => `touch ${join(folder.path, '.git', name)}; cat`
  folder.git('config', 'diff.external', mark('external'))
  folder.git('config', 'diff.evil.command', mark('command'))
  folder.git('config', 'diff.evil.textconv', mark('textconv'))
  folder.git('config', 'core.fsmonitor', mark('fsmonitor'))
  folder.write({ 'a.yaml': '2\n' })
  expect(await changedFiles(folder.path, 'HEAD')).toHaveLength(1)
  expect(['external', 'command', 'textconv', 'fsmonitor'].filter((name) => existsSync(join(folder.path, '.git', name)))).toEqual([])
})
