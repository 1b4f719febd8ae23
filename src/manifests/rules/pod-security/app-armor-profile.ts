/** Pod Security Standards, Baseline, check `appArmorProfile`. Upstream looks at the fields at every version. */
import { quote } from '../../../findings.ts'
import { replaceScalar } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import { toRuntimeDefault } from '../../runtime-default.ts'
import { settersOf } from '../../setters.ts'
import { isSet, violation } from '../../violation.ts'

export const appArmorProfile: StandardRule = {
  id: 'pod-security/app-armor-profile',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'AppArmor is turned off or replaced',
  why: 'The runtime’s AppArmor profile keeps a container from the node’s files and kernel interfaces: without it one layer of the wall is gone.',
  fix: 'Remove the profile, or name `RuntimeDefault` or a `Localhost` profile.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod, context) {
    for (const { who, field } of settersOf(pod, 'appArmorProfile')) {
      const type = field.at('type')
      if (!isSet(field) || type.value === 'RuntimeDefault' || type.value === 'Localhost') continue
      yield violation(type, `${who} sets the AppArmor profile ${quote(String(type.value ?? ''))}`, toRuntimeDefault(context, field))
    }
    for (const [key, field] of pod.metadata.at('annotations').entries()) {
      const value = String(field.value ?? '')
      if (!key.startsWith('container.apparmor.security.beta.kubernetes.io/')) continue
      if (value === '' || value === 'runtime/default' || value.startsWith('localhost/')) continue
      yield violation(
        field,
        `annotation ${quote(key)} sets the AppArmor profile ${quote(value)}`,
        value === 'unconfined' ? replaceScalar(context, field, 'runtime/default') : undefined,
      )
    }
  },
}
