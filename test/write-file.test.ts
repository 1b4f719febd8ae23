import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { recordCache } from '../src/advisories/record-cache.ts'
import { createCache } from '../src/oci/cache.ts'
import { writeWhole } from '../src/write-file.ts'
import { temporaryFolder } from './builders/tree.ts'

describe('a file that is written whole', () => {
  test('has its folders made, replaces what was there, and leaves nothing beside it', async () => {
    using folder = temporaryFolder({ 'a/b/file': 'old' })
    await writeWhole(`${folder.path}/a/b/file`, 'new')
    await writeWhole(`${folder.path}/c/d/file`, Buffer.from('other'))
    expect([await readFile(`${folder.path}/a/b/file`, 'utf8'), await readFile(`${folder.path}/c/d/file`, 'utf8')]).toEqual(['new', 'other'])
    expect(await readdir(`${folder.path}/a/b`)).toEqual(['file'])
  })

  test('that cannot take its place leaves nothing beside it', async () => {
    using folder = temporaryFolder({ 'taken/file': '' })
    await expect(writeWhole(`${folder.path}/taken`, 'new')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(await readdir(folder.path)).toEqual(['taken'])
  })

  test('is written into a pipe that has its name, which stays one', async () => {
    using folder = temporaryFolder()
    const pipe = `${folder.path}/pipe`
    execFileSync('mkfifo', [pipe])
    const [text] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'told')])
    expect([text, (await stat(pipe)).isFIFO()]).toEqual(['told', true])
  })
})

describe.runIf(existsSync('/proc/self'))('where no folder can ever be made', () => {
  test('a file is refused', async () => {
    await expect(writeWhole('/proc/absent/folder/file', '')).rejects.toThrow('ENOENT')
  })

  test('a cache is one that keeps nothing', async () => {
    const cache = createCache('/proc/absent/cache')
    await cache.write('key', Buffer.from('bytes'))
    expect(await cache.read('key')).toBeUndefined()
  })

  test('records of advisories are fetched anew', async () => {
    const cache = recordCache('/proc/absent/cache')
    await cache.put('CVE-2024-1', '2024-01-01T00:00:00Z', { id: 'CVE-2024-1' } as never)
    expect(await cache.get('CVE-2024-1', '2024-01-01T00:00:00Z')).toBeUndefined()
  })
})
