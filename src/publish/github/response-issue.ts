/** The issue of a response rule: opened once, kept up to date, known again by its marker and its author. https://docs.github.com/en/rest/issues/issues */
import { createHash } from 'node:crypto'
import { escapeMarkdown, markdownCode } from '../../report/escape.ts'
import { type Alert, headline } from '../alerts/alert.ts'
import { type GitHub, isForbidden, publishError } from './api.ts'
import { viewerLogin } from './viewer.ts'

export interface IssueWish {
  readonly title: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  readonly alert: Alert
}

/** Pages of a hundred; who writes more issues than this has no use for another. */
const mostPages = 10
const titleLimit = 200

interface Found {
  readonly number: number
  readonly isOpen: boolean
  readonly title: string
  readonly body: string
}

/** In words, what was done. Somebody has closed it: it stays closed. Throws PublishError, or Octokit's error where the token may not. */
export async function keepIssue(github: GitHub, { title: wanted, labels, assignees, alert }: IssueWish): Promise<string> {
  const { octokit, owner, repo } = github
  const marker = markerOf(alert, wanted)
  const title = wanted
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, titleLimit)
    .toWellFormed()
  const body = issueBody(marker, alert)
  const found = await findIssue(github, marker)
  if (!found) {
    const { data } = await octokit.request('POST /repos/{owner}/{repo}/issues', {
      ...{ owner, repo, title, body },
      labels: [...labels],
      assignees: [...assignees],
    })
    return `opened issue #${data.number}`
  }
  const { number, isOpen } = found
  if (!isOpen) return `issue #${number} was closed, and stays so`
  if (found.body.replaceAll('\r\n', '\n') === body && found.title === title) return `issue #${number} is up to date`
  await octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { owner, repo, issue_number: number, title, body })
  return `updated issue #${number}`
}

async function findIssue(github: GitHub, marker: string): Promise<Found | undefined> {
  const { octokit, owner, repo } = github
  const login = await viewerLogin(github)
  const pages = octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues', {
    ...{ owner, repo, creator: login, per_page: 100 },
    ...{ state: 'all', sort: 'created', direction: 'desc' },
  })
  let page = 0
  try {
    for await (const { data } of pages) {
      const ours = data.filter((issue) => !issue.pull_request && issue.user?.login === login && issue.body?.startsWith(marker))
      // An open one comes before those that were closed since.
      const issue = ours.find(({ state }) => state === 'open') ?? ours[0]
      if (issue) return { number: issue.number, isOpen: issue.state === 'open', title: issue.title, body: issue.body ?? '' }
      if (++page >= mostPages) return undefined
    }
  } catch (error) {
    throw isForbidden(error) ? error : publishError('the issues could not be listed', error)
  }
  return undefined
}

/** Of one rule, and of one pull request where there is one. */
function markerOf({ condition, origin: { pull } }: Alert, title: string): string {
  const key = createHash('sha256')
    .update(JSON.stringify([condition, title, pull ?? 'branch']))
    .digest('base64url')
    .slice(0, 20)
  return `<!-- portcullis-issue ${key} -->`
}

function issueBody(marker: string, alert: Alert): string {
  const { condition, lines, omitted, origin } = alert
  const about = origin.pull === undefined ? '' : `, about #${origin.pull}`
  return [
    marker,
    `**${escapeMarkdown(headline(alert))}**: the response rule ${markdownCode(condition)} is met${about}.`,
    [...lines.map((line) => `- ${escapeMarkdown(line)}`), ...(omitted > 0 ? [`- and ${omitted} more`] : [])].join('\n'),
    '<sub>Portcullis keeps this issue up to date while it is open. Once it is closed it stays so.</sub>',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
