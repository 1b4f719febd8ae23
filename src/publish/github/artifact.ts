/** The report that a run left as an artifact. It was written where a pull request's author may have had a hand in it. */
import { readZip } from '../../formats/zip.ts'
import { type GitHub, publishError } from './api.ts'
import { PublishError } from './errors.ts'

export const artifactName = 'portcullis-report'

const limits = { packedBytes: 16 * 1024 * 1024, unpackedBytes: 64 * 1024 * 1024, entries: 16 } as const

/** The bytes of the one JSON file in the artifact. Throws PublishError. */
export async function readReportArtifact(github: GitHub, runId: number): Promise<Uint8Array> {
  const packed = await download(github, await findArtifact(github, runId))
  const found: Uint8Array[] = []
  try {
    const isReport = (name: string): boolean => /^[\w-][\w.-]{0,100}\.json$/.test(name)
    for await (const result of readZip(packed, isReport, { entries: limits.entries, unpackedBytes: limits.unpackedBytes })) {
      if ('fault' in result) throw new Error(result.fault)
      found.push(result.member.bytes)
    }
  } catch (error) {
    throw untrusted(`it cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`, error)
  }
  const [report] = found
  if (!report || found.length > 1) throw untrusted(`it has ${found.length} JSON files, expected the report alone`)
  return report
}

async function findArtifact({ octokit, owner, repo }: GitHub, runId: number): Promise<number> {
  const { data } = await octokit
    .request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', { owner, repo, run_id: runId, per_page: 100, name: artifactName })
    .catch((error: unknown) => {
      throw publishError(`the artifacts of run ${runId} could not be listed`, error)
    })
  // A server that knows no `name` answers with all of them.
  const named = data.artifacts.filter(({ name }) => name === artifactName)
  const [artifact] = named
  if (!artifact || named.length > 1) throw untrusted(`run ${runId} has ${named.length} of it, expected one`)
  if (artifact.expired) throw untrusted('it has expired')
  if (artifact.size_in_bytes > limits.packedBytes)
    throw untrusted(`it has ${artifact.size_in_bytes} bytes, at most ${limits.packedBytes} are read`)
  return artifact.id
}

async function download({ octokit, owner, repo }: GitHub, id: number): Promise<Buffer> {
  const { data } = await octokit
    .request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
      owner,
      repo,
      artifact_id: id,
      archive_format: 'zip',
    })
    .catch((error: unknown) => {
      throw publishError(`artifact ${id} could not be fetched`, error)
    })
  const bytes: unknown = data
  if (!(bytes instanceof ArrayBuffer)) throw untrusted('it is not a zip')
  if (bytes.byteLength > limits.packedBytes) throw untrusted(`it has ${bytes.byteLength} bytes, at most ${limits.packedBytes} are read`)
  return Buffer.from(bytes)
}

function untrusted(message: string, cause?: unknown): PublishError {
  return new PublishError('untrusted-artifact', `artifact ${artifactName}: ${message}`, { cause })
}
