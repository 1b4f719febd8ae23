import { describe, expect, test } from 'vitest'
import { isWhiteout, type MergeEntry, mergeLayers, mergeTree } from '../../src/oci/merge.ts'

/** `dir/` is a directory, `a -> b` a symlink, `a => b` a hard link, `.wh.` a whiteout; a file is an item that bears its own path and layer. */
function layer(index: number, ...lines: string[]) {
  const entries: MergeEntry[] = []
  const whiteouts: string[] = []
  const items = new Map<string, string>()
  for (const line of lines) {
    const [path = '', symlink] = line.split(' -> ')
    const [hardPath = '', hardlink] = line.split(' => ')
    if (isWhiteout(line)) whiteouts.push(line)
    else if (line.endsWith('/')) entries.push({ path: line.slice(0, -1), type: 'directory' })
    else if (symlink !== undefined) entries.push({ path, type: 'symlink', linkPath: symlink })
    else if (hardlink !== undefined) entries.push({ path: hardPath, type: 'hardlink', linkPath: hardlink })
    else {
      entries.push({ path: line, type: 'file' })
      items.set(line, `${line} of ${index}`)
    }
  }
  return { entries, whiteouts, items }
}

const merged = (...layers: string[][]) =>
  Object.fromEntries(
    [...mergeLayers(layers.map((lines, index) => layer(index, ...lines)))].map(([path, { item, layer: from }]) => [
      path,
      `${item}, ${from}`,
    ]),
  )

test('what a later layer replaces counts once, with its layer', () => {
  expect(merged(['a', 'b'], ['a'])).toEqual({ a: 'a of 1, 1', b: 'b of 0, 0' })
})

describe('whiteouts', () => {
  test('delete a file of a lower layer', () => {
    expect(merged(['d/a', 'd/b'], ['d/.wh.a'])).toEqual({ 'd/b': 'd/b of 0, 0' })
  })
  test('delete a directory with all that is in it', () => {
    expect(merged(['d/a', 'd/e/f'], ['.wh.d'])).toEqual({})
  })
  test('leave what their own layer brings, before or after them', () => {
    expect(merged(['a'], ['a', '.wh.a'])).toEqual({ a: 'a of 1, 1' })
    expect(merged(['a'], ['.wh.a', 'a'])).toEqual({ a: 'a of 1, 1' })
  })
  test('that are opaque empty a directory of lower layers only', () => {
    expect(merged(['d/a', 'd/b', 'e'], ['d/b', 'd/.wh..wh..opq'])).toEqual({ 'd/b': 'd/b of 1, 1', e: 'e of 0, 0' })
  })
  test('that are opaque at the root empty all', () => {
    expect(merged(['d/a', 'e'], ['.wh..wh..opq', 'f'])).toEqual({ f: 'f of 1, 1' })
  })
  test('of nothing do nothing, and bookkeeping of aufs deletes nothing', () => {
    expect(merged(['a'], ['.wh.x', 'x/.wh.y', '.wh..wh.plnk', '.wh..wh.aufs'])).toEqual({ a: 'a of 0, 0' })
  })
  test('reach through a link to the directory', () => {
    expect(merged(['usr/lib/a', 'lib -> usr/lib'], ['lib/.wh.a'])).toEqual({})
  })
  test('of a link delete the link alone', () => {
    expect(merged(['usr/lib/a', 'lib -> usr/lib'], ['.wh.lib', 'lib/b'])).toEqual({
      'usr/lib/a': 'usr/lib/a of 0, 0',
      'lib/b': 'lib/b of 1, 1',
    })
  })
  test('a file that a later layer brings back is there', () => {
    expect(merged(['a'], ['.wh.a'], ['a'])).toEqual({ a: 'a of 2, 2' })
  })
})

describe('kinds', () => {
  test('a file in the place of a directory hides what was in it', () => {
    expect(merged(['d/a'], ['d'])).toEqual({ d: 'd of 1, 1' })
  })
  test('a directory in the place of a file hides it', () => {
    expect(merged(['d'], ['d/', 'd/a'])).toEqual({ 'd/a': 'd/a of 1, 1' })
  })
  test('a directory over a directory keeps what is in it', () => {
    expect(merged(['d/a'], ['d/'])).toEqual({ 'd/a': 'd/a of 0, 0' })
  })
  test('a link in the place of a directory hides what was in it', () => {
    expect(merged(['d/a', 'e/b'], ['d -> e'])).toEqual({ 'e/b': 'e/b of 0, 0' })
  })
  test('a directory in the place of a link to one is a directory of its own', () => {
    expect(merged(['usr/lib/a', 'lib -> usr/lib'], ['lib/', 'lib/a'])).toEqual({
      'usr/lib/a': 'usr/lib/a of 0, 0',
      'lib/a': 'lib/a of 1, 1',
    })
  })
})

describe('links', () => {
  test('a linked directory neither hides nor doubles a file', () => {
    expect(merged(['lib -> usr/lib', 'usr/lib/a'], ['lib/a'])).toEqual({ 'usr/lib/a': 'lib/a of 1, 1' })
  })
  test('a directory that takes the place of a link in the middle of a layer holds what comes after it', () => {
    expect(merged(['usr/lib/', 'lib -> usr/lib'], ['lib/a', 'lib/', 'lib/b'])).toEqual({
      'usr/lib/a': 'lib/a of 1, 1',
      'lib/b': 'lib/b of 1, 1',
    })
  })
  test('absolute links start at the root, and none leads out of it', () => {
    expect(merged(['x/l -> /d', 'd/'], ['x/l/a'])).toEqual({ 'd/a': 'x/l/a of 1, 1' })
    expect(merged(['l -> ../../../d', 'd/'], ['l/a'])).toEqual({ 'd/a': 'l/a of 1, 1' })
  })
  test('a link to nothing makes the directory that it names', () => {
    expect(merged(['l -> d/e'], ['l/a'])).toEqual({ 'd/e/a': 'l/a of 1, 1' })
  })
  test('links in a circle lead nowhere and end', () => {
    expect(merged(['a -> b', 'b -> a', 'a/x', 'y'])).toEqual({ y: 'y of 0, 0' })
  })
  test('a hard link has what its target has, and keeps it when the target goes', () => {
    expect(merged(['a', 'b => a'], ['.wh.a'])).toEqual({ b: 'a of 0, 0' })
  })
  test('a hard link to nothing is there, without an item', () => {
    const tree = mergeTree([layer(0, 'b => a')])
    expect([tree.items.size, tree.find('b')]).toMatchObject([0, { path: 'b', type: 'hardlink', layer: 0, at: -1, from: 0 }])
  })
  test('find follows links to the end', () => {
    const tree = mergeTree([
      layer(
        0,
        'etc/os-release -> ../usr/lib/os-release',
        'usr/lib/os-release',
        'var/lib/rpm -> /usr/lib/sysimage/rpm',
        'usr/lib/sysimage/rpm/Packages',
      ),
    ])
    expect(tree.find('etc/os-release')).toMatchObject({ path: 'usr/lib/os-release', type: 'file', layer: 0, at: -1, from: 0 })
    expect(tree.find('var/lib/rpm/Packages')).toMatchObject({
      path: 'usr/lib/sysimage/rpm/Packages',
      type: 'file',
      layer: 0,
      at: -1,
      from: 0,
    })
    expect(tree.find('etc/none')).toBeUndefined()
    expect(tree.find('usr/lib/os-release/x')).toBeUndefined()
  })
  test('links of thousands of parts are bounded', () => {
    const long = 'x/../'.repeat(800)
    const lines = Array.from({ length: 30 }, (_, index) => `l${index} -> ${long}l${index + 1}`)
    expect(merged(['x/', ...lines, 'l0/a', 'b'])).toEqual({ b: 'b of 0, 0' })
  })
})

test('every name has a number of its own, below the size of the tree, wherever it is found from', () => {
  const tree = mergeTree([layer(0, 'd/', 'd/a', 'd/e/b', 'l -> d', 'h => d/a'), layer(1, 'd/a', 'new/c', '.wh.h')])
  const entries = [...tree.entries()]
  expect(entries.map(({ path }) => path).sort()).toEqual(['d', 'd/a', 'd/e', 'd/e/b', 'l', 'new', 'new/c'])
  expect(new Set(entries.map(({ number }) => number)).size).toBe(7)
  expect(entries.every(({ number }) => number >= 0 && number < tree.size)).toBe(true)
  for (const { path, number } of entries) expect(tree.find(path, false)?.number).toBe(number)
  expect(tree.find('l/a')?.number).toBe(entries.find(({ path }) => path === 'd/a')?.number)
})

test('folders that are asked for in turn are each found, those that are not there too', () => {
  const tree = mergeTree([layer(0, 'a/x', 'b/x', 'ab/x')])
  const found = ['a/x', 'b/x', 'a/y', 'ab/x', 'c/x', 'c/y', 'a/x', 'x'].map((path) => tree.find(path)?.path)
  expect(found).toEqual(['a/x', 'b/x', undefined, 'ab/x', undefined, undefined, 'a/x', undefined])
})

test('a tree deeper than the call stack is merged', () => {
  const deep = `${'d/'.repeat(2000)}f`
  expect(Object.keys(merged([deep]))).toEqual([deep])
})
