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
    const event = ['pull_request_target', 'workflow_run'].find((name) => eventsOf(workflow).has(name))
    if (event === undefined) return
    for (const step of stepsOf(workflow)) {
      if (!String(step.at('uses').value ?? '').startsWith('actions/checkout@')) continue
      for (const name of ['ref', 'repository']) {
        const field = step.at('with', name)
        const text = String(field.value ?? '')
        const isHead =
          /github\.head_ref|github\.event\.(?:pull_request\.head|workflow_run\.head|number|pull_request\.number)|refs\/pull\//.test(text)
        if (isHead) yield violation(field, `workflow of ${event} checks out ${quote(text)}`)
      }
    }
  },
}
