/** Secret objects with their content in the repository: https://kubernetes.io/docs/concepts/security/secrets-good-practices/ */
import { quote } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { assignedSecret, hasSecretFormat, isNamedSecret, isPlaceholder } from '../../literal-secrets.ts'
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
        const text = String(field.value ?? '')
        const name = text.includes('\n') ? assignedSecret(text) : isNamedSecret(key, text) ? key : undefined
        if (hasSecretFormat(text)) yield violation(field, `key ${quote(key)} of the ConfigMap holds a secret`)
        else if (name === key) yield violation(field, `key ${quote(key)} of the ConfigMap holds a secret by its name`, undefined, 'medium')
        else if (name !== undefined)
          yield violation(field, `key ${quote(key)} of the ConfigMap has a literal secret in ${quote(name)}`, undefined, 'medium')
      }
    }
    if (kind !== 'Secret') return
    const decoded = root
      .at('data')
      .entries()
      .map(([key, field]) => ({ key, field, text: decode(String(field.value ?? '')) }))
    const plain = root
      .at('stringData')
      .entries()
      .map(([key, field]) => ({ key, field, text: String(field.value ?? '') }))
    for (const { key, field, text } of [...decoded, ...plain]) {
      if (field.isGenerated || isHarmless(key, text)) continue
      // Whole files of configuration are often kept in Secrets, whether or not there is one in them.
      const isFile =
        /\.(?:cfg|conf|ini|json|properties|toml|xml|ya?ml)$/.test(key) && !hasSecretFormat(text) && assignedSecret(text) === undefined
      yield violation(field, `key ${quote(key)} of the Secret has its content here`, undefined, isFile ? 'medium' : undefined)
    }
  },
}

function isHarmless(key: string, text: string): boolean {
  if (hasSecretFormat(text)) return false
  const isPublic = /(?:^|[._-])(?:ca|tls)?\.?crt$|\.pem$|^ca$/.test(key) && text.startsWith('-----BEGIN CERTIFICATE-----')
  const isBeside = beside.test(key) && text.length <= 253 && !/\s|:\/\/[^/]*@/.test(text)
  return isPublic || isBeside || text.startsWith('ENC[') || isPlaceholder(text)
}

/** What is kept in a Secret beside the secret: who, where and of which kind. */
const beside =
  /^(?:bucket|database|dbname|email|endpoint|host|hostname|issuer|name|namespace|port|project|region|server|type|uri|url|user|username)$/i

/** What SOPS has encrypted stands there as it is. */
function decode(text: string): string {
  if (text.startsWith('ENC[')) return text
  return Buffer.from(text.slice(0, 90_000), 'base64').toString('utf8')
}
