/** The policy at a commit, read from GitHub alone: for a run that judges nothing and has no checkout. */
import { isAbsolute, posix } from 'node:path'
import { quote, UsageError } from '../../findings.ts'
import type { Policy } from '../../policy/policy.ts'
import { type ReadFile, readDefaultPolicy, readNamedPolicy } from '../../policy/read.ts'
import type { GitHub } from './api.ts'
import { readBlobs } from './blobs.ts'
import { PublishError } from './errors.ts'
import { trustedFiles } from './run-parts.ts'

const policyLimitBytes = 1 << 20

/** `folder`: where the judged tree is in the repository. Throws UsageError and PublishError. */
export async function policyAt(
  github: GitHub,
  commit: string,
  { names, folder }: { readonly names: readonly string[]; readonly folder: string },
): Promise<Policy> {
  const read = readerAt(github, commit)
  const [first] = names
  if (first !== undefined) {
    const places = names.map(inRepository)
    const base = posix.dirname(places[0] ?? '')
    return readNamedPolicy(
      places.map((place) => posix.relative(base, place)),
      (path) => read(posix.join(base, path)),
    )
  }
  const root = inRepository(folder)
  const own = await readDefaultPolicy((path) => read(posix.join(root, path)))
  return own.files.length > 0 || root === '.' ? own : readDefaultPolicy(read)
}

function inRepository(name: string): string {
  const place = posix.normalize(name)
  if (isAbsolute(name) || place === '..' || place.startsWith('../')) throw new UsageError(`${quote(name)} is not in the repository`)
  return place
}

/** The files that there usually are come in one request. */
function readerAt(github: GitHub, commit: string): ReadFile {
  let usual: ReturnType<typeof readBlobs> | undefined
  return async (path) => {
    if (trustedFiles.includes(path)) usual ??= readBlobs(github, commit, trustedFiles)
    const blobs = trustedFiles.includes(path) && usual ? await usual : await readBlobs(github, commit, [path])
    const blob = blobs.get(path)
    if (blob && blob.sizeBytes > policyLimitBytes)
      throw new PublishError('refused', `${path} of the base has ${blob.sizeBytes} bytes, at most ${policyLimitBytes} are read`)
    return blob?.bytes()
  }
}
