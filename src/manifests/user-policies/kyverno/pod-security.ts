/** Kyverno's `validate.podSecurity`: a Pod Security Standard in the place of a pattern. https://kyverno.io/docs/policy-types/cluster-policy/validate/#pod-security */
import type { Field } from '../../../formats/field.ts'
import { podsOf } from '../../../repo/pod.ts'
import { contextOf } from '../../context.ts'
import { checksOf, readMinor } from '../../pod-security.ts'
import { standardRules } from '../../rules.ts'
import { isSet } from '../../violation.ts'
import type { Target } from '../target.ts'
import type { PolicyVerdict } from '../verdicts.ts'
import { Unsupported } from './conditions.ts'

/** Throws Unsupported for exclusions, which go by control and image. */
export function judgePodSecurity(podSecurity: Field, said: string, target: Target): readonly PolicyVerdict[] {
  if (isSet(podSecurity.at('exclude'))) throw new Unsupported('podSecurity with exclude')
  const level = podSecurity.at('level').value
  if (level !== 'privileged' && level !== 'baseline' && level !== 'restricted') throw new Unsupported('podSecurity without a level')
  const minor = readMinor(podSecurity.at('version').value)
  // Suggestions are the standard's own; a user's policy only refuses.
  const context = contextOf({ ...nothing, lines: () => [] }, {})
  return podsOf(target.object).flatMap((pod) =>
    checksOf({ level, minor }, standardRules).flatMap((rule) =>
      [...rule.check(pod, context, minor)].flatMap((violation) =>
        'field' in violation ? [{ kind: 'refused' as const, message: `${said}: ${violation.message}`, field: violation.field }] : [],
      ),
    ),
  )
}

const nothing = {
  objects: [],
  dockerfiles: [],
  imageUses: [],
  gaps: [],
  coverage: { judged: 0, skipped: 0, skippedFiles: [] },
} as const
