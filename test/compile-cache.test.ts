import { chmod, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compiledFolder } from '../src/compile-cache.ts'
import { folderOf, portcullis } from './builders/command.ts'

const user = process.getuid?.()
let home: Awaited<ReturnType<typeof folderOf>>

beforeEach(async () => {
  home = await folderOf({})
})

afterEach(async () => {
  await home.remove()
})

describe('what is compiled', () => {
  test('is kept in the user’s folder for caches, which others may neither read nor change', async () => {
    const folder = compiledFolder({ HOME: home.directory }, user)
    expect(folder).toBe(join(home.directory, '.cache/portcullis/compiled'))
    expect((await stat(folder ?? '')).mode & 0o777).toBe(0o700)
    const other = join(home.directory, 'other')
    expect(compiledFolder({ HOME: home.directory, XDG_CACHE_HOME: other }, user)).toBe(join(other, 'portcullis/compiled'))
  })

  test('is kept nowhere without an absolute place for it', () => {
    expect(compiledFolder({}, user)).toBeUndefined()
    expect(compiledFolder({ HOME: '' }, user)).toBeUndefined()
    expect(compiledFolder({ HOME: 'home' }, user)).toBeUndefined()
    expect(compiledFolder({ XDG_CACHE_HOME: '.cache' }, user)).toBeUndefined()
  })

  test.each(['.cache', '.cache/portcullis', '.cache/portcullis/compiled'])('is kept nowhere where others may write to %s', async (path) => {
    await mkdir(join(home.directory, '.cache/portcullis/compiled'), { recursive: true, mode: 0o700 })
    for (const mode of [0o720, 0o702]) {
      await chmod(join(home.directory, path), mode)
      expect(compiledFolder({ HOME: home.directory }, user)).toBeUndefined()
    }
    await chmod(join(home.directory, path), 0o755)
    expect(compiledFolder({ HOME: home.directory }, user)).toBeDefined()
  })

  test.each(['.cache', '.cache/portcullis', '.cache/portcullis/compiled'])('is kept nowhere where %s leads elsewhere', async (path) => {
    const elsewhere = join(home.directory, 'elsewhere')
    await mkdir(join(elsewhere, 'portcullis/compiled'), { recursive: true, mode: 0o700 })
    await mkdir(join(home.directory, path, '..'), { recursive: true, mode: 0o700 })
    await symlink(elsewhere, join(home.directory, path))
    expect(compiledFolder({ HOME: home.directory }, user)).toBeUndefined()
  })

  test('is kept nowhere in a repository, whose authors could have put it there', async () => {
    const inside = join(home.directory, 'checkout/.cache')
    expect(compiledFolder({ XDG_CACHE_HOME: inside }, user)).toBeDefined()
    for (const write of [
      () => writeFile(join(home.directory, 'checkout/.git'), 'gitdir: elsewhere'),
      () => mkdir(join(home.directory, '.git')),
    ]) {
      await write()
      expect(compiledFolder({ XDG_CACHE_HOME: inside }, user)).toBeUndefined()
      expect(compiledFolder({ XDG_CACHE_HOME: `${inside}/` }, user)).toBeUndefined()
      await rm(join(home.directory, 'checkout/.git'), { force: true })
    }
  })

  test('is kept nowhere that is another user’s, or no folder', async () => {
    await mkdir(join(home.directory, '.cache'), { mode: 0o700 })
    await writeFile(join(home.directory, '.cache/portcullis'), '')
    expect(compiledFolder({ HOME: home.directory }, user)).toBeUndefined()
    await rm(join(home.directory, '.cache/portcullis'))
    expect(compiledFolder({ HOME: home.directory }, (user ?? 0) + 1)).toBeUndefined()
  })
})

describe('the packaged command', () => {
  const version = (environment: NodeJS.ProcessEnv) =>
    portcullis(['--version'], {
      environment: { TMPDIR: join(home.directory, 'tmp'), XDG_CACHE_HOME: undefined, NODE_COMPILE_CACHE: undefined, ...environment },
    })

  test('keeps it there, and nothing in the folder for temporary files', async () => {
    await mkdir(join(home.directory, 'tmp'))
    expect(await version({ HOME: home.directory })).toMatchObject({ status: 0, errors: '' })
    expect(await readdir(join(home.directory, '.cache/portcullis/compiled'))).toHaveLength(1)
    expect(await readdir(join(home.directory, 'tmp'))).toEqual([])
  })

  test('runs as well where nothing can be kept', async () => {
    await mkdir(join(home.directory, 'tmp'))
    expect(await version({ HOME: '/dev/null' })).toMatchObject({ status: 0, errors: '' })
    expect(await readdir(join(home.directory, 'tmp'))).toEqual([])
  })
})
