/** Folders and files that come to be whole or not at all. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/** Written beside and renamed, so that no reader sees half of it; what is a device or a pipe is written into. Throws what the file system says. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const place = resolve(file)
  const known = await stat(place).catch(() => undefined)
  if (known && !known.isFile() && !known.isDirectory()) return writeFile(place, content)
  const beside = join(dirname(place), `.${basename(place)}.${process.pid}.part`)
  await makeFolder(dirname(place))
  try {
    await writeFile(beside, content)
    await rename(beside, place)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw error
  }
}

/** One folder at a time: Node's own recursive `mkdir` tries for ever where a file system such as /proc answers that the parent is missing. */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  const known = await stat(folder).catch(() => undefined)
  if (known?.isDirectory()) return
  if (dirname(folder) !== folder) await makeFolder(dirname(folder), mode)
  await mkdir(folder, mode).catch((error: NodeJS.ErrnoException) => {
    // Made meanwhile, by a run beside this one; whatever else has the name fails when the file is written.
    if (error.code !== 'EEXIST') throw error
  })
}
