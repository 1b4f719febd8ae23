/** A GitHub App's token for one repository. https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { UsageError } from '../../findings.ts'
import { openGitHub, publishError } from './api.ts'
import { PublishError } from './errors.ts'

export interface AppCredentials {
  /** The App's id, or its client id. */
  readonly id: string
  /** PEM, PKCS #1 or PKCS #8. */
  readonly privateKey: string
}

type World = Parameters<typeof openGitHub>[2]

/** Lasts an hour. Throws UsageError for a key that is none, PublishError where the App is not installed or GitHub does not answer. */
export async function appToken(
  apiUrl: string,
  repository: { readonly owner: string; readonly repo: string },
  { id, privateKey }: AppCredentials,
  now: Date,
  world: World,
): Promise<string> {
  const { octokit, owner, repo } = openGitHub({ apiUrl, token: jsonWebToken(id, readKey(privateKey), now) }, repository, world)
  try {
    const { data: installation } = await octokit.request('GET /repos/{owner}/{repo}/installation', { owner, repo })
    const { data } = await octokit.request('POST /app/installations/{installation_id}/access_tokens', {
      installation_id: installation.id,
      repositories: [repo],
    })
    if (typeof data.token !== 'string' || data.token === '') throw new PublishError('refused', 'GitHub gave the App no token')
    return data.token
  } catch (error) {
    throw publishError(`the App ${id} has no token for ${owner}/${repo}`, error)
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    // What the parser says may quote the key.
    throw new UsageError('the private key of the App is not one in PEM')
  }
}

/** At most ten minutes, and begun a minute ago against clocks that differ, as GitHub asks. RFC 7519 */
function jsonWebToken(id: string, key: KeyObject, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: seconds - 60, exp: seconds + 540, iss: id })}`
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`
}
