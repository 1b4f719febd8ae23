/** Reads a policy: `.portcullis.yaml`, its waivers, and policies in the ConfigMap form, beside it or in its place. */
import { UsageError } from '../findings.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'

export { defaultPolicy } from './default-policy.ts'

/** Where a policy is looked for, in the root of the base. The first is the policy, the next two are read beside it. */
export const policyFile = '.portcullis.yaml'
export const besidePolicyFile = 'image-security-policy.yaml'
export const besideResponsesFile = 'response-policy.yaml'
export const waiversFile = '.portcullis/waivers.yaml'

/** The bytes of a file beside the policy (paths relative to the policy's folder), or undefined where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>

/** Default files, each of which may be absent. Without any of them the default policy is in force (`files` is empty). */
export async function readDefaultPolicy(read: ReadFile): Promise<Policy> {
  return readPolicy([policyFile, besidePolicyFile, besideResponsesFile], waiversFile, read)
}

/** These files, which have to be there. Throws UsageError with file and line. */
export async function readNamedPolicy(files: readonly string[], read: ReadFile): Promise<Policy> {
  for (const file of files) {
    if ((await read(file)) === undefined) throw new UsageError(`${file}: no such policy file`)
  }
  return readPolicy(files, undefined, read)
}

/** Many a tree has no policy: what reads one, and knows its shape, is loaded for one that is there. */
async function readPolicy(files: readonly string[], waivers: string | undefined, read: ReadFile): Promise<Policy> {
  const found = new Map<string, Uint8Array | undefined>()
  for (const file of waivers === undefined ? files : [...files, waivers]) found.set(file, await read(file))
  if ([...found.values()].every((bytes) => bytes === undefined)) return { ...defaultPolicy(), files: [] }
  const { readWritten } = await import('./written.ts')
  return readWritten(files, waivers, async (path) => (found.has(path) ? found.get(path) : read(path)))
}
