/** Actions by tag or branch: https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions */
import { quote } from '../../../findings.ts'
import type { Workflow } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'
import { jobsOf, stepsOf } from '../../workflows.ts'

export const unpinnedAction: Rule<Workflow> = {
  id: 'workflow/unpinned-action',
  severity: 'low',
  title: 'Action is not pinned to a commit',
  why: 'Who controls the action’s repository can move the tag to other code, which then runs with this workflow’s token and secrets.',
  fix: 'Name the whole commit, with the tag in a comment: `uses: owner/name@<40 hex digits> # v4`.',
  references: ['https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions'],
  *check(workflow) {
    for (const part of [...stepsOf(workflow), ...jobsOf(workflow)]) {
      const field = part.at('uses')
      const uses = String(field.value ?? '')
      if (uses === '' || uses.startsWith('./') || uses.startsWith('docker://') || /@[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(uses)) continue
      // GitHub's own are as trusted as the runner.
      const isOwn = /^(?:actions|github)\//.test(uses)
      yield violation(field, `action ${quote(uses)} is whatever its reference names`, undefined, isOwn ? undefined : 'medium')
    }
  },
}
