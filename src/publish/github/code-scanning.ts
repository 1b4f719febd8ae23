/** SARIF for code scanning. https://docs.github.com/en/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data */
import { gzipSync } from 'node:zlib'
import type { Report } from '../../findings.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { sarif, sarifLimits } from '../../report/sarif.ts'
import { type GitHub, isAbsent, isForbidden } from './api.ts'

export type UploadOutcome = 'absent' | 'forbidden' | 'too-large' | 'uploaded'

/**
 * `ref`: `refs/heads/main` or `refs/pull/7/head`. An upload without a finding closes the alerts that the last one opened. Forbidden is also what GitHub
 * answers where code scanning is not switched on. Throws Octokit's error for whatever else it refuses.
 */
export async function uploadSarif(
  { octokit, owner, repo }: GitHub,
  commit: { readonly sha: string; readonly ref: string },
  report: Report,
  context: RenderContext,
): Promise<UploadOutcome> {
  const packed = gzipSync([...sarif(report, context)].join(''))
  if (packed.byteLength > sarifLimits.gzipBytes) return 'too-large'
  try {
    await octokit.request('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
      owner,
      repo,
      commit_sha: commit.sha,
      ref: commit.ref,
      sarif: packed.toString('base64'),
      tool_name: 'Portcullis',
    })
    return 'uploaded'
  } catch (error) {
    if (isForbidden(error)) return 'forbidden'
    if (isAbsent(error)) return 'absent'
    throw error
  }
}
