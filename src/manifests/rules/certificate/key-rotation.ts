/** Private keys that stay: https://cert-manager.io/docs/usage/certificate/#configuring-private-key-rotation */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isCertificate } from '../../certificates.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const certificateKeyRotation: Rule<KubernetesObject> = {
  id: 'certificate/key-rotation',
  severity: 'medium',
  title: 'Private key is never changed',
  why: 'Each renewal signs the same key again: what was stolen once is good for ever.',
  fix: 'Set `privateKey.rotationPolicy: Always`.',
  references: ['https://cert-manager.io/docs/usage/certificate/#configuring-private-key-rotation'],
  kinds: ['Certificate'],
  *check(object, context) {
    if (!isCertificate(object)) return
    const field = object.root.at('spec', 'privateKey', 'rotationPolicy')
    if (field.value === 'Never') yield violation(field, 'rotationPolicy is Never', replaceScalar(context, field, 'Always'))
  },
}
