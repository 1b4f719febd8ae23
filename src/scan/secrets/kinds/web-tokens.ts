/** JSON Web Tokens: RFC 7519, RFC 7515 section 3.1. */
import type { SecretKind } from '../kind.ts'

/** The base64 of `{"` and of the name that comes first in a header: alg, cty, enc, iss, jku, jwk, kid, typ, x5c, x5t, x5u, zip, crit, b64; and with a blank. */
const anchors = [
  'eyJhbGciOi',
  'eyJjdHkiOi',
  'eyJlbmMiOi',
  'eyJpc3MiOi',
  'eyJqa3UiOi',
  'eyJqd2siOi',
  'eyJraWQiOi',
  'eyJ0eXAiOi',
  'eyJ4NWMiOi',
  'eyJ4NXQiOi',
  'eyJ4NXUiOi',
  'eyJ6aXAiOi',
  'ewogICJhbGciOi',
  'ewogICJ0eXAiOi',
  'eyAiYWxnIjo',
  'eyAidHlwIjo',
]
const references = ['https://www.rfc-editor.org/rfc/rfc7519']

type Claims = Readonly<Record<string, unknown>>

function claimsOf(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined
  } catch {
    // Not JSON is the answer.
    return undefined
  }
}

function partsOf(token: string): { readonly header?: Claims; readonly payload?: Claims } {
  const [first = '', second = ''] = token.split('.')
  const [header, payload] = [claimsOf(first), claimsOf(second)]
  return { ...(header && { header }), ...(payload && { payload }) }
}

function isSigned({ header, payload }: ReturnType<typeof partsOf>): boolean {
  const isNone = typeof header?.alg !== 'string' || /^none$/i.test(header.alg)
  // The token that jwt.io has shown since 2014, and what was made of it.
  const isShown = payload?.name === 'John Doe' || payload?.sub === '1234567890'
  return !isNone && payload !== undefined && !isShown
}

function isForCluster({ payload }: ReturnType<typeof partsOf>): boolean {
  return (
    payload?.iss === 'kubernetes/serviceaccount' || (typeof payload?.sub === 'string' && payload.sub.startsWith('system:serviceaccount:'))
  )
}

function expiryOf(token: string): number | undefined {
  const { exp } = partsOf(token).payload ?? {}
  // Of a time that no calendar has, nothing is concluded.
  return typeof exp === 'number' && exp > 0 && exp < 1e11 ? Math.floor(exp) : undefined
}

const common = { references, anchors, expires: expiryOf }
/** The header, and the beginning of the payload; what follows may be long. */
const expression = /(?<![\w.+/-])e[\w-]{14,400}\.e[\w-]{10}/y
const isHeader = (text: string): boolean => typeof claimsOf(text.slice(0, text.indexOf('.')))?.alg === 'string'
/** Longer than what an expression may read: the parts are looked for behind the anchor, up to what cannot be one. */
const limit = 6144

export const jsonWebToken: SecretKind = {
  ...common,
  id: 'json-web-token',
  title: 'JSON Web Token',
  severity: 'medium',
  opens: 'acts as whom it names, until it expires',
  revoke: 'Have the session or key behind it revoked by its issuer; waiting is enough where it expires soon.',
  expression,
  isGenuine: isHeader,
  block: { limit, read: (text) => readToken(text, (parts) => isSigned(parts) && !isForCluster(parts)) },
}

export const kubernetesToken: SecretKind = {
  ...common,
  id: 'kubernetes-token',
  title: 'Kubernetes service account token',
  severity: 'high',
  opens: 'acts in the cluster as the service account; those of older clusters do not expire',
  revoke: 'Delete the Secret that it comes from, or the service account.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/'],
  expression,
  isGenuine: isHeader,
  block: { limit, read: (text) => readToken(text, (parts) => isSigned(parts) && isForCluster(parts)) },
  isCertain: true,
}

function readToken(text: string, accepts: (parts: ReturnType<typeof partsOf>) => boolean): { secret: string; length: number } | undefined {
  const match = /^e[\w-]{14,1000}\.e[\w-]{10,4000}\.[\w-]{16,1024}(?![\w-])/.exec(text)
  return match && accepts(partsOf(match[0])) ? { secret: match[0], length: match[0].length } : undefined
}
