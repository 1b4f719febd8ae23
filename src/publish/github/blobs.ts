/** Files at a commit, many in one request. GraphQL gives the text of small text files; the rest is asked for one by one. */
import { createHash } from 'node:crypto'
import { type GitHub, publishError, statusOf } from './api.ts'

/** Undefined where the commit has no such file. */
export type Blobs = ReadonlyMap<string, Blob | undefined>

export interface Blob {
  readonly sizeBytes: number
  /** Throws PublishError. */
  bytes(): Promise<Uint8Array>
}

/** Aliases in one GraphQL request. Each is a read of one object; larger requests run into GitHub's ten seconds. */
const perRequest = 50

interface BlobAnswer {
  readonly oid?: string
  readonly byteSize?: number
  readonly isBinary?: boolean | null
  readonly isTruncated?: boolean
  readonly text?: string | null
}

/** `paths` are relative to the repository. Throws PublishError. */
export async function readBlobs(github: GitHub, commit: string, paths: readonly string[]): Promise<Blobs> {
  const found = new Map<string, Blob | undefined>()
  const distinct = [...new Set(paths)]
  const batches = Array.from({ length: Math.ceil(distinct.length / perRequest) }, (_, index) =>
    distinct.slice(index * perRequest, (index + 1) * perRequest),
  )
  for (const batch of batches) {
    const answers = await askBatch(github, commit, batch)
    batch.forEach((path, index) => {
      found.set(path, blobOf(github, commit, path, answers[`file${index}`]))
    })
  }
  return found
}

async function askBatch(
  { octokit, owner, repo }: GitHub,
  commit: string,
  paths: readonly string[],
): Promise<Record<string, BlobAnswer | null>> {
  // The paths are variables: nothing in them is read as GraphQL.
  const variables = paths.map((_, index) => `$path${index}: String!`).join(', ')
  const fields = paths.map(
    (_, index) => `file${index}: object(expression: $path${index}) { ... on Blob { oid byteSize isBinary isTruncated text } }`,
  )
  const query = `query Blobs($owner: String!, $repo: String!, ${variables}) { repository(owner: $owner, name: $repo) { ${fields.join(' ')} } }`
  const values = Object.fromEntries(paths.map((path, index) => [`path${index}`, `${commit}:${path}`]))
  try {
    const answer = await octokit.graphql<{ repository: Record<string, BlobAnswer | null> | null }>(query, { owner, repo, ...values })
    return answer.repository ?? {}
  } catch (error) {
    throw publishError(`files of commit ${commit.slice(0, 12)} could not be read`, error)
  }
}

function blobOf(github: GitHub, commit: string, path: string, answer: BlobAnswer | null | undefined): Blob | undefined {
  // A folder answers with an object that is not a blob and has none of its fields.
  if (!answer || answer.byteSize === undefined) return undefined
  const text = answer.isTruncated === false && typeof answer.text === 'string' ? Buffer.from(answer.text) : undefined
  // GitHub turns what is not UTF-8 into text that is: the id of the blob tells whether these are its bytes.
  const isExact = text !== undefined && blobId(text) === answer.oid
  return { sizeBytes: answer.byteSize, bytes: async () => (isExact ? text : await readRaw(github, commit, path)) }
}

/** Git's object id of a file. */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex')
}

async function readRaw({ octokit, owner, repo }: GitHub, commit: string, path: string): Promise<Uint8Array> {
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
      owner,
      repo,
      path,
      ref: commit,
      mediaType: { format: 'raw' },
    })
    const raw: unknown = data
    return raw instanceof ArrayBuffer ? new Uint8Array(raw) : Buffer.from(String(raw))
  } catch (error) {
    throw publishError(
      `${path} of commit ${commit.slice(0, 12)} could not be read${statusOf(error) === 404 ? ' (it is listed)' : ''}`,
      error,
    )
  }
}
