/** A copy of a part of the tree for a program to work on: plain files alone, links replaced by what they lead to, so that none leads out. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { mapBounded } from '../bounded.ts'
import { TreeError } from '../errors.ts'
import type { Tree, TreeFile } from '../tree.ts'

const fileLimitBytes = 16 << 20
const totalLimitBytes = 256 << 20

/** Does the work in a new folder that holds the files, and removes the folder. Throws TreeError where there is too much to copy. */
export async function withWorkspace<Result>(
  tree: Tree,
  files: readonly TreeFile[],
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const plain = files.filter(({ unreadable, path }) => unreadable === undefined && isInside(path))
  const size = plain.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (size > totalLimitBytes) throw new TreeError('too-large', `${size} bytes to render, more than ${totalLimitBytes}`)
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'portcullis-render-')))
  try {
    await mapBounded(plain, 16, async ({ path }) => {
      const bytes = await tree.read(path, fileLimitBytes)
      // A link to a folder has no bytes.
      if (bytes === undefined) return
      const place = join(folder, path)
      await mkdir(dirname(place), { recursive: true })
      await writeFile(place, bytes)
    })
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..')
}
