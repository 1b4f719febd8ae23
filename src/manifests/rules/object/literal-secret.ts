/** Secret objects with their content in the repository: https://kubernetes.io/docs/concepts/security/secrets-good-practices/ */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { hasSecretFormat, isPlaceholder } from '../../literal-secrets.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const objectLiteralSecret: Rule<KubernetesObject> = {
  id: 'object/literal-secret',
  severity: 'high',
  title: 'Secret’s content is in the repository',
  why: 'The data of a Secret is encoded and not encrypted: who can read the repository has it, and the history keeps it after it is removed.',
  fix: 'Revoke what the Secret holds, and make it outside of the repository: an external secrets operator, sealed secrets, or SOPS.',
  references: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  kinds: ['ConfigMap', 'Secret'],
  *check({ apiVersion, kind, root }) {
    if (apiVersion !== 'v1') return
    if (kind === 'ConfigMap') {
      for (const [key, field] of root.at('data').entries()) {
        if (hasSecretFormat(String(field.value ?? ''))) yield violation(field, `key ${quote(key)} of the ConfigMap holds a secret`)
      }
    }
    if (kind !== 'Secret' || isEncrypted(root)) return
    for (const [key, field] of root.at('data').entries()) {
      if (!isHarmless(key, decode(String(field.value ?? ''))))
        yield violation(field, `key ${quote(key)} of the Secret has its content here`)
    }
    for (const [key, field] of root.at('stringData').entries()) {
      if (!isHarmless(key, String(field.value ?? ''))) yield violation(field, `key ${quote(key)} of the Secret has its content here`)
    }
  },
}

/** SOPS leaves its own section in the file that it encrypts. */
function isEncrypted(root: Field): boolean {
  return root.at('sops', 'mac').kind === 'scalar'
}

function isHarmless(key: string, text: string): boolean {
  if (hasSecretFormat(text)) return false
  const isPublic = /(?:^|[._-])(?:ca|tls)?\.?crt$|\.pem$|^ca$/.test(key) && text.startsWith('-----BEGIN CERTIFICATE-----')
  return isPublic || key === 'username' || text.startsWith('ENC[') || isPlaceholder(text)
}

function decode(text: string): string {
  return Buffer.from(text.slice(0, 90_000), 'base64').toString('utf8')
}
