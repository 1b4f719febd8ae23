/** Files at a commit, many in one request. GraphQL gives the text of small text files; the rest is asked for one by one. */
import { createHash } from 'node:crypto'
import { type GitHub, isAbsent, publishError, statusOf } from './api.ts'
import { PublishError } from './errors.ts'

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
    if (answers === undefined) return readSingly(github, commit, distinct)
    batch.forEach((path, index) => {
      found.set(path, blobOf(github, commit, path, answers[`file${index}`]))
    })
  }
  return found
}

/** Undefined where there is no GraphQL. */
async function askBatch(
  { octokit, owner, repo }: GitHub,
  commit: string,
  paths: readonly string[],
): Promise<Record<string, BlobAnswer | null> | undefined> {
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
    if (isAbsent(error)) return undefined
    throw publishError(`files of commit ${commit.slice(0, 12)} could not be read`, error)
  }
}

async function readSingly(github: GitHub, commit: string, paths: readonly string[]): Promise<Blobs> {
  const found = new Map<string, Blob | undefined>()
  for (const path of paths) {
    const bytes = await readRaw(github, commit, path)
    found.set(path, bytes && { sizeBytes: bytes.byteLength, bytes: async () => bytes })
  }
  return found
}

function blobOf(github: GitHub, commit: string, path: string, answer: BlobAnswer | null | undefined): Blob | undefined {
  // A folder answers with an object that is not a blob and has none of its fields.
  if (!answer || answer.byteSize === undefined) return undefined
  const text = answer.isTruncated === false && typeof answer.text === 'string' ? Buffer.from(answer.text) : undefined
  // GitHub turns what is not UTF-8 into text that is: the id of the blob tells whether these are its bytes.
  const isExact = text !== undefined && blobId(text) === answer.oid
  return { sizeBytes: answer.byteSize, bytes: async () => (isExact ? text : await readListed(github, commit, path)) }
}

async function readListed(github: GitHub, commit: string, path: string): Promise<Uint8Array> {
  const bytes = await readRaw(github, commit, path)
  if (!bytes) throw new PublishError('refused', `${path} of commit ${commit.slice(0, 12)} is listed, and GitHub does not give it`)
  return bytes
}

/** Git's object id of a file. */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex')
}

/** Undefined where there is no such file. https://docs.github.com/en/rest/repos/contents#get-repository-content */
async function readRaw({ octokit, owner, repo }: GitHub, commit: string, path: string): Promise<Uint8Array | undefined> {
  try {
    const response = await octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
      owner,
      repo,
      path,
      ref: commit,
      mediaType: { format: 'raw' },
      // The raw form says that it is UTF-8, whatever it is: its bytes are wanted.
      request: { parseSuccessResponseBody: false },
    })
    const bytes = new Uint8Array(await new Response(response.data as unknown as ReadableStream).arrayBuffer())
    const isRaw = !/^application\/json\b/.test(response.headers['content-type'] ?? '')
    return isRaw ? bytes : contentOf(JSON.parse(Buffer.from(bytes).toString()))
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw publishError(`${path} of commit ${commit.slice(0, 12)} could not be read`, error)
  }
}

/** The form that is sent for folders, links and submodules, and by servers that know no other. */
function contentOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'object' || value === null || !('content' in value) || !('encoding' in value)) return undefined
  const { content, encoding } = value
  return typeof content === 'string' && encoding === 'base64' ? Buffer.from(content, 'base64') : undefined
}
