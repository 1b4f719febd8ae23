/** How long a certificate is valid: https://cert-manager.io/docs/usage/certificate/ */
import { quote } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { defaultDurationHours, hoursOf, isCertificate } from '../../certificates.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const certificateDuration: Rule<KubernetesObject> = {
  id: 'certificate/duration',
  severity: 'low',
  title: 'Certificate is valid for long',
  why: 'A key that is stolen is of use until its certificate ends, and a renewal that happens once a year is one that nobody has tried.',
  fix: 'Set `duration` to 90 days (`2160h`) or less: cert-manager renews by itself.',
  references: ['https://cert-manager.io/docs/usage/certificate/'],
  kinds: ['Certificate'],
  *check(object) {
    if (!isCertificate(object)) return
    const field = object.root.at('spec', 'duration')
    if (isSet(field) && hoursOf(field) === undefined) {
      yield violation(
        field,
        `duration ${quote(String(field.value))} cannot be read: it takes hours, minutes and seconds, such as 2160h`,
        undefined,
        'medium',
      )
      return
    }
    const days = (hoursOf(field) ?? defaultDurationHours) / 24
    const isAuthority = object.root.at('spec', 'isCA').value === true
    // CA/Browser Forum ballot SC-081 brings 398 days down to 47 by 2029; authorities of a cluster live longer.
    if (days > (isAuthority ? 3653 : 398))
      yield violation(field, `certificate is valid for ${Math.round(days)} days`, undefined, isAuthority ? 'low' : 'medium')
    else if (!isAuthority && days > 90) yield violation(field, `certificate is valid for ${Math.round(days)} days`)
  },
}
