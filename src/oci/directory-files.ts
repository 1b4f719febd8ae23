/** Files of a directory, and of nothing outside of it: links may lead anywhere, and what is not a file is not opened. */
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import path from 'node:path'
import { lend } from '../formats/lent-bytes.ts'
import type { ContentFiles } from './content-files.ts'
import { RegistryError } from './errors.ts'
import { chunkBytes } from './layer-stream.ts'

/** `root`: what no link may lead out of; the directory itself by default. */
export function directoryFiles(directory: string, root = directory): ContentFiles {
  const find = async (name: string): Promise<string | undefined> => {
    try {
      const [top, file] = await Promise.all([realpath(root), realpath(path.join(directory, name))])
      if (!file.startsWith(top.endsWith(path.sep) ? top : `${top}${path.sep}`))
        throw new RegistryError('malformed', `${name} in ${directory} leads out of ${root}`)
      return file
    } catch (error) {
      if (error instanceof RegistryError) throw error
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
      throw new RegistryError('unreachable', `${name} in ${directory} cannot be read: ${code}`, { cause: error })
    }
  }
  const openFile = async (name: string) => {
    const file = await find(name)
    if (file === undefined) return undefined
    // Without waiting, so that a pipe in a file's place does not stop us.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const { size, isFile } = await handle.stat().then((found) => ({ size: found.size, isFile: found.isFile() }))
    if (isFile) return { handle, size }
    await handle.close()
    throw new RegistryError('malformed', `${name} in ${directory} is not a file`)
  }
  return {
    place: directory,
    async size(name) {
      const opened = await openFile(name)
      await opened?.handle.close()
      return opened?.size
    },
    async *read(name, signal, range) {
      const opened = await openFile(name)
      if (!opened) throw new RegistryError('not-found', `${directory} has no ${name}`)
      const end = range ? { start: range.start, end: range.start + range.length - 1 } : {}
      if (range?.length === 0) return void (await opened.handle.close())
      const chunks = opened.handle.createReadStream({ highWaterMark: chunkBytes, signal, ...end }) as AsyncIterable<Uint8Array>
      for await (const chunk of chunks) yield lend(chunk)
    },
  }
}
