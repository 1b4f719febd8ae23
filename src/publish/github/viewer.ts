/** Whose token it is: what it wrote is ours. */
import { type GitHub, isAbsent, isForbidden, publishError, statusOf } from './api.ts'

/** Whose comments a workflow's own token writes. */
const workflowLogin = 'github-actions[bot]'

/** As REST names its author. Throws PublishError. */
export async function viewerLogin(github: GitHub): Promise<string> {
  try {
    const { viewer } = await github.octokit.graphql<{ viewer: { login: string } }>('query Viewer { viewer { login } }')
    return viewer.login
  } catch (error) {
    if (isAbsent(error) || isForbidden(error)) return restLogin(github)
    throw publishError('the owner of the token could not be read', error)
  }
}

/** Throws Octokit's error. */
export async function restLogin({ octokit }: GitHub): Promise<string> {
  try {
    return (await octokit.request('GET /user')).data.login
  } catch (error) {
    // Tokens of apps have no user; a workflow's own is one of them.
    if (isForbidden(error) || statusOf(error) === 404) return workflowLogin
    throw error
  }
}
