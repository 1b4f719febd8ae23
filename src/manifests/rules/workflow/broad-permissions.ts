/** Permissions of the token: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions */
import type { Workflow } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'
import { jobsOf } from '../../workflows.ts'

export const broadPermissions: Rule<Workflow> = {
  id: 'workflow/broad-permissions',
  severity: 'medium',
  title: 'Workflow’s token may write everything',
  why: 'A step that goes wrong, or an action that was taken over, can push code, publish packages and approve requests with a token that may do all of it.',
  fix: 'Set `permissions: read-all` or `contents: read`, and give the one job that writes what it writes.',
  references: ['https://docs.github.com/en/actions/reference/security/secure-use#using-secrets'],
  *check(workflow) {
    for (const part of [workflow.root, ...jobsOf(workflow)]) {
      const field = part.at('permissions')
      if (field.value === 'write-all') yield violation(field, 'permissions are write-all')
    }
  },
}
