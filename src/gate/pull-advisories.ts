/** Fetches an advisory database that was pushed to a registry as an OCI artifact: one layer, whose signature somebody trusted has made. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { type DatabaseDescription, describeDatabase } from '../advisories/describe-database.ts'
import { receiveDatabase } from '../advisories/receive-database.ts'
import { UsageError } from '../findings.ts'
import { openSource } from '../oci/sources.ts'
import { readArtifactManifest } from '../verify/artifact-manifest.ts'
import { checkSignature } from './check-signature.ts'
import { mirrorsOf } from './mirrors.ts'
import type { ImageRequest } from './request.ts'

/** The layer's media type: the file of `advisories build` as it is. */
export const databaseMediaType = 'application/vnd.portcullis.advisories.v1+sqlite'

export interface PulledDatabase {
  readonly digest: string
  /** False where the file was that of this digest already. */
  readonly isNew: boolean
  readonly description: DatabaseDescription
}

/** Throws where the artifact cannot be read, is signed by nobody who is trusted, or would be worse than the file in its place, which stays. */
export async function pullAdvisories(text: string, output: string, request: ImageRequest): Promise<PulledDatabase> {
  const { access, http, policy, policyDirectory, signal } = request
  const { source, reference, close } = await openSource(text, { http, mirrors: mirrorsOf(policy, policyDirectory), ...access, signal })
  try {
    const descriptor = await source.resolve(reference, signal)
    const { digest } = descriptor
    const signature = await checkSignature(source, reference, digest, { ...request, demandsSignature: true })
    if (signature.status !== 'verified') {
      throw new UsageError(
        `${text}: ${signature.gaps[0] ?? signature.message ?? signature.status}; a database is used only when somebody who is trusted signed it`,
      )
    }
    const keptAs = `${output}.digest`
    if ((await digestIn(keptAs)) === digest && (await exists(output)))
      return { digest, isNew: false, description: await describeDatabase(output) }
    const [layer, ...others] = (await readArtifactManifest(source, descriptor, signal)).layers
    if (!layer || others.length > 0 || layer.mediaType !== databaseMediaType) {
      throw new UsageError(
        `${text}: expected an artifact with one layer ${databaseMediaType}, found ${others.length + (layer ? 1 : 0)} of ${layer?.mediaType ?? 'none'}`,
      )
    }
    const description = await receiveDatabase(source.read(layer, signal), output, signal)
    await writeFile(keptAs, `${digest}\n`)
    return { digest, isNew: true, description }
  } finally {
    await close()
  }
}

async function digestIn(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch {
    // Not there: the database was not pulled yet.
    return undefined
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
