/** Options of job containers: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontaineroptions */
import { quote } from '../../../findings.ts'
import type { Workflow } from '../../../repo/repository.ts'
import { isRuntimeSocket } from '../../host-paths.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'
import { jobsOf } from '../../workflows.ts'

export const workflowPrivilegedContainer: Rule<Workflow> = {
  id: 'workflow/privileged-container',
  severity: 'high',
  title: 'Job container has the runner',
  why: 'A privileged container, or one with the runner’s Docker socket, is the runner: what is built in it can change the other jobs of a self-hosted runner.',
  fix: 'Remove the option or the volume.',
  references: ['https://docs.github.com/en/actions/reference/security/secure-use#hardening-for-self-hosted-runners'],
  *check(workflow) {
    for (const job of jobsOf(workflow)) {
      for (const container of [
        job.at('container'),
        ...job
          .at('services')
          .entries()
          .map(([, service]) => service),
      ]) {
        const options = container.at('options')
        const words = String(options.value ?? '')
          .slice(0, 4096)
          .split(/\s+/)
        const found = words.find(
          (word, index) =>
            word === '--privileged' ||
            word === '--privileged=true' ||
            /^--(?:pid|ipc|network|userns|uts)=host$/.test(word) ||
            (/^--(?:pid|ipc|network)$/.test(word) && words[index + 1] === 'host') ||
            /^--cap-add(?:=|$)/.test(word),
        )
        if (found !== undefined)
          yield violation(
            options,
            `container has the option ${quote(found)}`,
            undefined,
            found.startsWith('--cap-add') || found.startsWith('--network') ? 'medium' : undefined,
          )
        for (const volume of container.at('volumes').items()) {
          const [source = ''] = String(volume.value ?? '').split(':')
          if (isRuntimeSocket(source)) yield violation(volume, `container mounts the socket ${quote(source)}`)
        }
      }
    }
  },
}
