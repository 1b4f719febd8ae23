/** The check run that branch protection asks for, with its annotations. https://docs.github.com/en/rest/checks/runs */
import type { Report } from '../../findings.ts'
import { renderMarkdown } from '../../report/markdown.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { type Annotation, checkAnnotations } from './annotations.ts'
import { type GitHub, statusOf } from './api.ts'
import { describe, statusContext } from './status.ts'

/** Annotations of one request; more is refused. */
const batchSize = 50
/** Characters of a summary; more is refused. */
const summaryLimit = 65_535
const titleLimit = 140

export async function beginCheckRun({ octokit, owner, repo }: GitHub, sha: string, detailsUrl: string | undefined): Promise<number> {
  const { data } = await octokit.request('POST /repos/{owner}/{repo}/check-runs', {
    owner,
    repo,
    name: statusContext,
    head_sha: sha,
    status: 'in_progress',
    ...(detailsUrl && { details_url: detailsUrl }),
  })
  return Number(data.id)
}

/** The conclusion goes with the last batch: a reader who sees it sees all. */
export async function finishCheckRun(github: GitHub, id: number, report: Report, context: RenderContext): Promise<void> {
  const [annotations, leftOut] = checkAnnotations(report.findings, report.gaps)
  const summary = renderMarkdown(report, context, summaryLimit - 200)
  const output = {
    title: cut(describe(report)),
    summary: leftOut > 0 ? `${summary}\n<sub>${leftOut} findings have no annotation.</sub>\n` : summary,
  }
  const batches = Array.from({ length: Math.max(1, Math.ceil(annotations.length / batchSize)) }, (_, index) =>
    annotations.slice(index * batchSize, (index + 1) * batchSize).map(annotationFields),
  )
  const last = batches.pop() ?? []
  for (const batch of batches) await updateOrBare(github, id, { output: { ...output, annotations: batch } })
  const conclusion = report.verdict === 'pass' ? 'success' : 'failure'
  await updateOrBare(github, id, { status: 'completed', conclusion, output: { ...output, annotations: last } })
}

/** An annotation that GitHub finds wrong, for a name or a line that it does not know, must not cost the verdict. */
async function updateOrBare(github: GitHub, id: number, fields: Update): Promise<void> {
  try {
    await update(github, id, fields)
  } catch (error) {
    if (statusOf(error) !== 422) throw error
    const { title, summary } = fields.output
    await update(github, id, { ...fields, output: { title, summary } })
  }
}

export async function failCheckRun(github: GitHub, id: number, reason: string): Promise<void> {
  const title = cut(reason)
  await update(github, id, { status: 'completed', conclusion: 'failure', output: { title, summary: title } })
}

interface Update {
  readonly status?: 'completed'
  readonly conclusion?: 'failure' | 'success'
  readonly output: { readonly title: string; readonly summary: string; readonly annotations?: ReturnType<typeof annotationFields>[] }
}

async function update({ octokit, owner, repo }: GitHub, id: number, fields: Update): Promise<void> {
  await octokit.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', { owner, repo, check_run_id: id, ...fields })
}

const levels = { error: 'failure', notice: 'notice', warning: 'warning' } as const

function annotationFields({ level, title, message, file = '', startLine = 1, endLine = 1 }: Annotation) {
  return { path: file, start_line: startLine, end_line: endLine, annotation_level: levels[level], title, message }
}

function cut(text: string): string {
  const points = [...text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed()]
  return points.length <= titleLimit ? points.join('') : `${points.slice(0, titleLimit - 1).join('')}…`
}
