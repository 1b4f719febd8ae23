/** Puts statements beside the images that they are about: an artifact that refers to the image. Nobody has signed it: who trusts it signs it. */
import { quote } from '../../findings.ts'
import { messageOf } from '../../gate/errors.ts'
import { mapLimited } from '../../gate/once.ts'
import type { HttpClient } from '../../http.ts'
import { attach } from '../../oci/attach.ts'
import { environmentCredentials } from '../../oci/credential-helper.ts'
import { registryWriter } from '../../oci/push.ts'
import { parseReference } from '../../oci/reference.ts'
import { registry } from '../../oci/registry.ts'
import { registrySenders } from '../../oci/registry-auth.ts'
import { transports } from '../../oci/sources.ts'
import { verified } from '../../oci/verified.ts'
import { type JudgedImage, type VerdictStatement, verdictPredicateType } from './statement.ts'

/** https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md and IANA: the media type of a statement without an envelope. */
const statementMediaType = 'application/vnd.in-toto+json'
/** What BuildKit and the tools that read its attestations call it. */
const predicateAnnotation = 'in-toto.io/predicate-type'

const imagesAtOnce = 4
/** Registries take blobs of any size; a report that is larger was not made to be attached. */
const statementLimitBytes = 64 * 1024 * 1024

export interface Attached {
  readonly image: JudgedImage
  /** Of the artifact's manifest; absent where it could not be pushed. */
  readonly digest?: string
  readonly problem?: string
}

/** `prefixes`: registries and repositories, whole path segments. What was read from a file has no registry. */
export function isBelow({ reference }: JudgedImage, prefixes: readonly string[]): boolean {
  const name = repositoryOf(reference)
  if (name === undefined) return false
  return prefixes.some((prefix) => prefix === 'all' || name === prefix || name.startsWith(`${prefix.replace(/\/+$/u, '')}/`))
}

/** Never rejects for one image: what could not be pushed is told, and the others are. */
export async function pushStatements(
  statements: readonly { readonly image: JudgedImage; readonly statement: VerdictStatement }[],
  world: { readonly http: HttpClient; readonly environment: Readonly<Record<string, string | undefined>>; readonly signal: AbortSignal },
): Promise<readonly Attached[]> {
  const { http, environment, signal } = world
  const credentials = environmentCredentials(environment)
  const [readers, writers] = [registrySenders(http, credentials), registrySenders(http, credentials)]
  // One repository's list of referrers is written by one at a time.
  const repositories = [...Map.groupBy(statements, ({ image }) => repositoryOf(image.reference)).values()]
  const pushed = await mapLimited(repositories, imagesAtOnce, async (group) => {
    const results: Attached[] = []
    for (const { image, statement } of group) results.push(await pushOne(image, statement))
    return results
  })
  return pushed.flat()

  async function pushOne(image: JudgedImage, statement: VerdictStatement): Promise<Attached> {
    try {
      const reference = parseReference(image.reference)
      const { registry: host, repository } = reference
      const bytes = Buffer.from(JSON.stringify(statement))
      if (bytes.length > statementLimitBytes)
        return { image, problem: `the statement has ${bytes.length} bytes, at most ${statementLimitBytes} are pushed` }
      const source = verified(registry(http, { registry: host, repository, send: readers.senderFor(host, repository) }))
      const writer = registryWriter({ registry: host, repository, send: writers.senderFor(host, repository) })
      const annotations = { [predicateAnnotation]: verdictPredicateType }
      const artifact = { artifactType: statementMediaType, mediaType: statementMediaType, bytes, annotations }
      return { image, digest: await attach(image.digest, artifact, { source, writer, reference }, signal) }
    } catch (error) {
      signal.throwIfAborted()
      return { image, problem: messageOf(error) }
    }
  }
}

function repositoryOf(reference: string): string | undefined {
  if (Object.keys(transports).some((name) => reference.startsWith(`${name}:`))) return undefined
  try {
    const { registry: host, repository } = parseReference(reference)
    return `${host}/${repository}`
  } catch {
    // What is no reference names no registry.
    return undefined
  }
}

export function problemText({ image: { reference, digest }, problem = '' }: Attached): string {
  return `the verdict of ${quote(reference)} (${digest}) was not attested: ${problem}`
}
