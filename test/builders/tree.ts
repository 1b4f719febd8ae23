/** Trees to judge: in memory, on disk, and in a git repository. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { TreeError } from '../../src/repo/errors.ts'
import { comparePaths } from '../../src/repo/path.ts'
import type { Tree } from '../../src/repo/tree.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

export function memoryTree(files: Files): Tree {
  const bytes = new Map(Object.entries(files).map(([path, content]) => [path, toBytes(content)]))
  return {
    name: 'memory',
    files: async () => [...bytes].map(([path, { length }]) => ({ path, sizeBytes: length })).sort((a, b) => comparePaths(a.path, b.path)),
    async read(path, limitBytes) {
      const content = bytes.get(path)
      if (content && content.length > limitBytes) throw new TreeError('too-large', `${path} has ${content.length} bytes`)
      return content
    },
  }
}

export interface Folder extends Disposable {
  readonly path: string
  write(files: Files): void
}

/** A new folder, removed when it is disposed of. */
export function temporaryFolder(files: Files = {}): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-tree-')))
  const folder: Folder = {
    path,
    write(more) {
      for (const [name, content] of Object.entries(more)) {
        mkdirSync(dirname(join(path, name)), { recursive: true })
        writeFileSync(join(path, name), content)
      }
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
  folder.write(files)
  return folder
}

export interface GitFolder extends Folder {
  git(...words: string[]): string
  /** Commits all that is there; the commit's full name. */
  commit(message: string): string
}

export function gitFolder(files: Files = {}): GitFolder {
  const folder = temporaryFolder(files)
  const git = (...words: string[]) => {
    const identity = [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.org',
      '-c',
      'commit.gpgSign=false',
      '-c',
      'core.hooksPath=/dev/null',
    ]
    return execFileSync('git', [...identity, ...words], { cwd: folder.path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  }
  git('init', '--quiet', '--initial-branch=main')
  return {
    ...folder,
    git,
    commit(message) {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', message)
      return git('rev-parse', 'HEAD')
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}
