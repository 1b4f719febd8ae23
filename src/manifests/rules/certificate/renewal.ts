/** When a certificate is renewed: https://cert-manager.io/docs/usage/certificate/#renewal */
import { quote } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { defaultDurationHours, hoursOf, isCertificate } from '../../certificates.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const certificateRenewal: Rule<KubernetesObject> = {
  id: 'certificate/renewal',
  severity: 'medium',
  title: 'Certificate is renewed too late, or all the time',
  why: 'A certificate whose renewal begins in its last hours runs out as soon as the issuer is away for a night; one that is renewed before it begins is never done.',
  fix: 'Leave `renewBefore` out (a third of the duration), or set it well inside of the duration.',
  references: ['https://cert-manager.io/docs/usage/certificate/#renewal'],
  kinds: ['Certificate'],
  *check(object) {
    if (!isCertificate(object)) return
    const duration = hoursOf(object.root.at('spec', 'duration')) ?? defaultDurationHours
    const [fixed, share] = [object.root.at('spec', 'renewBefore'), object.root.at('spec', 'renewBeforePercentage')]
    const before = typeof share.value === 'number' ? (duration * share.value) / 100 : hoursOf(fixed)
    const field = typeof share.value === 'number' ? share : fixed
    if (before === undefined) {
      if (isSet(field))
        yield violation(
          field,
          `renewBefore ${quote(String(field.value))} cannot be read: it takes hours, minutes and seconds, such as 360h`,
        )
      return
    }
    if (before >= duration)
      yield violation(field, `renewal ${Math.round(before)} hours before the end is not before a duration of ${Math.round(duration)} hours`)
    else if (before < duration / 20)
      yield violation(field, `renewal begins ${Math.round(before)} hours before the end of ${Math.round(duration)}`)
  },
}
