/** Code of strangers with secrets: https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/ */
import { quote } from '../../../findings.ts'
import type { Workflow } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'
import { eventsOf, stepsOf } from '../../workflows.ts'

export const untrustedCheckout: Rule<Workflow> = {
  id: 'workflow/untrusted-checkout',
  severity: 'critical',
  title: 'Workflow with secrets checks out the code of a pull request',
  why: '`pull_request_target` and `workflow_run` run with the repository’s token and secrets; a checkout of the head brings in files that a stranger wrote, and a build script, a hook or a configuration of them is run.',
  fix: 'Use `pull_request`, or split the work: build without secrets, and hand over the result as data.',
  references: ['https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/'],
  *check(workflow) {
    const event = ['pull_request_target', 'workflow_run', 'issue_comment'].find((name) => eventsOf(workflow).has(name))
    if (event === undefined) return
    // Who may comment is mostly asked first, somewhere in the job.
    const severity = event === 'issue_comment' ? 'high' : undefined
    for (const step of stepsOf(workflow)) {
      const run = step.at('run')
      const command = checkoutIn(String(run.value ?? ''))
      if (command !== undefined) yield violation(run, `workflow of ${event} checks out by ${quote(command)}`, undefined, severity)
      if (!String(step.at('uses').value ?? '').startsWith('actions/checkout@')) continue
      for (const name of ['ref', 'repository']) {
        const field = step.at('with', name)
        const text = String(field.value ?? '')
        const isHead = head.test(text) || /github\.event\.(?:number|pull_request\.number|issue\.number)|refs\/pull\//.test(text)
        if (isHead) yield violation(field, `workflow of ${event} checks out ${quote(text)}`, undefined, severity)
      }
    }
  },
}

const head = /github\.head_ref|github\.event\.(?:pull_request\.head|workflow_run\.head)/

/** More of a script is not looked at. */
const limit = 256 * 1024

function checkoutIn(script: string): string | undefined {
  const lines = script.slice(0, limit).split('\n')
  return lines
    .find(
      (line) =>
        /\bgh\s+pr\s+checkout\b/.test(line) || (/\bgit\s+(?:checkout|fetch|merge|pull|reset|switch)\b/.test(line) && head.test(line)),
    )
    ?.trim()
}
