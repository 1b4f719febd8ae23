/** Routes for issues, labels, requested reviewers and dismissed reviews, with GitHub's refusals. https://docs.github.com/en/rest/issues */
import { type Answer, type Call, created, ok, pullOf, Refusal, type Route, textOf } from './rest.ts'
import { issueShape, labelShape, pullShape, reviewShape } from './shapes.ts'
import type { Issue } from './state.ts'

export const issueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/issues',
    needs: [['issues', 'read']],
    answer: (call) => ({
      items: call.repository.issues
        .filter(({ state }) => call.query.get('state') === 'all' || state === (call.query.get('state') ?? 'open'))
        .filter(({ author }) => !call.query.has('creator') || author === call.query.get('creator'))
        .toReversed()
        .map((issue) => issueShape(call.api, call.repository, issue)),
    }),
  },
  { method: 'POST', path: '/issues', needs: [['issues', 'write']], answer: createIssue },
  { method: 'PATCH', path: '/issues/{issue_number}', needs: [['issues', 'write']], answer: updateIssue },
  {
    method: 'POST',
    path: '/issues/{issue_number}/labels',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      const pull = pullOf(call)
      for (const label of listOf(call, 'labels')) if (!pull.labels.includes(label)) pull.labels.push(label)
      return ok(pull.labels.map((label) => labelShape(call.api, label)))
    },
  },
  { method: 'POST', path: '/pulls/{pull_number}/requested_reviewers', needs: [['pull_requests', 'write']], answer: requestReviewers },
  {
    method: 'PUT',
    path: '/pulls/{pull_number}/reviews/{review_id}/dismissals',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      const pull = pullOf(call)
      const review = pull.reviews.find(({ id }) => id === Number(call.params[1]))
      if (!review) throw new Refusal(404, 'Not Found')
      textOf(call.body, 'message', 'PullRequestReview')
      if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED')
        throw new Refusal(422, 'Unprocessable Entity', ['Can not dismiss a commented pull request review'])
      review.state = 'DISMISSED'
      return ok(reviewShape(call.api, call.repository, pull, review))
    },
  },
]

function createIssue(call: Call): Answer {
  const [title, body] = [textOf(call.body, 'title', 'Issue'), textOf(call.body, 'body', 'Issue')]
  const assignees = listOf(call, 'assignees').filter((login) => call.repository.collaborators.has(login))
  const issue: Issue = {
    number: call.nextId(),
    author: call.actor.login,
    title,
    body,
    labels: listOf(call, 'labels'),
    assignees,
    state: 'open',
  }
  call.repository.issues.push(issue)
  return created(issueShape(call.api, call.repository, issue))
}

function updateIssue(call: Call): Answer {
  const issue = call.repository.issues.find(({ number }) => number === Number(call.params[0]))
  if (!issue) throw new Refusal(404, 'Not Found')
  if ('title' in call.body) issue.title = textOf(call.body, 'title', 'Issue')
  if ('body' in call.body) issue.body = textOf(call.body, 'body', 'Issue')
  return ok(issueShape(call.api, call.repository, issue))
}

function requestReviewers(call: Call): Answer {
  const pull = pullOf(call)
  const reviewers = listOf(call, 'reviewers')
  if (reviewers.includes(pull.author)) throw new Refusal(422, 'Review cannot be requested from pull request author.')
  if (reviewers.some((login) => !call.repository.collaborators.has(login)))
    throw new Refusal(
      422,
      'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
    )
  pull.requested.push(...reviewers, ...listOf(call, 'team_reviewers').map((team) => `team ${team}`))
  return created(pullShape(call.api, call.repository, pull))
}

function listOf({ body }: Call, key: string): string[] {
  const list = body[key]
  return Array.isArray(list) ? list.map(String) : []
}
