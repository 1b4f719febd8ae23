/** TUF's downloads through our one way out. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fetcher } from 'tuf-js'
import { DownloadHTTPError } from 'tuf-js/dist/error.js'
import type { HttpClient } from '../../http.ts'

export interface TufFetcher extends Fetcher {
  /** True once something did not come, other than the next root that is not there yet. */
  hasFailed(): boolean
}

/** Files pass through `directory`. */
export function tufFetcher(http: HttpClient, directory: string, signal: AbortSignal): TufFetcher {
  let failed = false
  const downloadBytes = async (address: string, maxLength: number): Promise<Buffer> => {
    try {
      const response = await http.send({ url: new URL(address), signal })
      if (response.status === 200) return Buffer.from(await response.bytes(maxLength))
      await response.discard()
      failed ||= response.status !== 404 && response.status !== 403
      throw new DownloadHTTPError(`${address} answered ${response.status}`, response.status)
    } catch (error) {
      failed ||= !(error instanceof DownloadHTTPError)
      throw error
    }
  }
  return {
    hasFailed: () => failed,
    downloadBytes,
    async downloadFile(address, maxLength, handle) {
      const file = join(directory, `${crypto.randomUUID()}.download`)
      try {
        await writeFile(file, await downloadBytes(address, maxLength))
        return await handle(file)
      } finally {
        await rm(file, { force: true })
      }
    },
  }
}
