/** Labels that choose what is asked of pods: https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces */
import { latestMinor, levels, readDemands, type Standard } from '../../pod-security.ts'
import type { Change, Rule } from '../../rule.ts'

export const weakerStandard: Rule<Change> = {
  id: 'namespace/weaker-standard',
  severity: 'high',
  title: 'Change asks less of the pods of a namespace',
  why: 'The labels of a Namespace choose the Pod Security Standard of its pods, here and in the cluster: whoever may lower them lets in what was refused, and the pods themselves are not reported any more.',
  fix: 'Keep the standard, and excuse the one workload that needs more; or have the lower one accepted by who answers for the cluster, with a waiver.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  *check({ base }, context) {
    const [before, after] = [base, context].map(({ repository, settings }) => readDemands(repository, settings))
    for (const object of context.objectsOf('Namespace')) {
      const [old, now] = [before?.(object.name).enforce, after?.(object.name).enforce]
      if (old === undefined || now === undefined || object.apiVersion !== 'v1') continue
      const isLower = levels.indexOf(now.level) < levels.indexOf(old.level)
      const isOlder = now.level === old.level && now.level !== 'privileged' && now.minor < old.minor
      if (!isLower && !isOlder) continue
      const field = object.root.at('metadata', 'labels', `pod-security.kubernetes.io/enforce${isLower ? '' : '-version'}`)
      const message = `pods of namespace ${object.name} have to meet ${textOf(now)}, and had to meet ${textOf(old)} before`
      yield { field, subject: object.subject, message, ...(isOlder && { severity: 'medium' as const }) }
    }
  },
}

function textOf({ level, minor }: Standard): string {
  if (level === 'privileged') return 'no standard'
  return minor === latestMinor ? level : `${level} of v1.${minor}`
}
