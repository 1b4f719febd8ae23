/** The commit that a working tree stands at. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { TreeError } from '../repo/errors.ts'
import { commitOf } from '../repo/revision.ts'

/** Undefined where there is no git repository, or none with a commit. */
export async function headOf(path: string): Promise<string | undefined> {
  try {
    return await commitOf((await stat(path)).isDirectory() ? path : dirname(path), 'HEAD')
  } catch (error) {
    // What the files hold is compared besides.
    if (error instanceof TreeError || (error instanceof Error && 'code' in error)) return undefined
    throw error
  }
}
