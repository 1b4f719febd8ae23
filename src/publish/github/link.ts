/** The page of a place in a file. */
import type { Location } from '../../findings.ts'

export function lineLink(
  serverUrl: string,
  commit: { readonly owner: string; readonly repo: string; readonly headSha: string },
  { file, startLine, endLine }: Location,
): string {
  const path = [commit.owner, commit.repo, 'blob', commit.headSha, ...file.split('/')].map(encodeURIComponent).join('/')
  return `${serverUrl.replace(/\/+$/, '')}/${path}#L${startLine}${endLine > startLine ? `-L${endLine}` : ''}`
}
