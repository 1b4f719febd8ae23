/** What looks like a secret: by the formats that issuers publish, or by the name that it is given. */

/** Formats that are secrets wherever they stand; each pattern is linear, on text that is cut to a bound. */
const formats: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, // AWS access key: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  /\bgh[pousr]_[0-9A-Za-z]{36,255}\b/, // GitHub: https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  /\bgithub_pat_[0-9A-Za-z_]{80,255}\b/,
  /\bglpat-[0-9A-Za-z_-]{20,}\b/, // GitLab
  /\bxox[abprs]-[0-9A-Za-z-]{10,}/, // Slack
  /\bsk_live_[0-9A-Za-z]{20,}\b/, // Stripe
  /\bAIza[0-9A-Za-z_-]{35}\b/, // Google API key
  /\bnpm_[0-9A-Za-z]{36}\b/,
  /-----BEGIN (?:[A-Z]{1,12} ){0,2}PRIVATE KEY-----/, // RFC 7468
]

const limit = 64 * 1024

export function hasSecretFormat(text: string): boolean {
  const start = text.slice(0, limit)
  return formats.some((format) => format.test(start))
}

/** True for names such as `DB_PASSWORD`, `apiKey`, `client-secret`; false for those of places (`TOKEN_FILE`, `SECRET_NAME`, `PASSWORD_URL`). */
export function soundsSecret(name: string): boolean {
  const words = name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  if (notSecrets.has(last)) return false
  return words.some((word) => secretWords.has(word)) || (last === 'key' && keyQualifiers.has(words.at(-2) ?? ''))
}

const secretWords: ReadonlySet<string> = new Set([
  'apikey',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'pwd',
  'secret',
  'token',
])
const keyQualifiers: ReadonlySet<string> = new Set(['access', 'api', 'encryption', 'private', 'signing', 'secret'])
const notSecrets: ReadonlySet<string> = new Set([
  'algorithm',
  'audience',
  'count',
  'dir',
  'directory',
  'enabled',
  'endpoint',
  'expiration',
  'expiry',
  'file',
  'header',
  'host',
  'id',
  'interval',
  'issuer',
  'length',
  'limit',
  'lifetime',
  'manager',
  'mode',
  'name',
  'namespace',
  'path',
  'policy',
  'prefix',
  'provider',
  'ref',
  'region',
  'secs',
  'seconds',
  'size',
  'store',
  'timeout',
  'ttl',
  'type',
  'url',
  'user',
  'username',
  'version',
  'volume',
])

/** True where nothing is given away: an empty value, a flag, a variable, a path, or a word that stands for the secret. */
export function isPlaceholder(value: string): boolean {
  const text = value.slice(0, 400).trim()
  if (text.length < 4 || /^(?:true|false|null|none|\d{1,6})$/i.test(text)) return true
  if (/^(?:<.*>|\{\{.*\}\}|\$\(.*\)|\$\{.*\}|\$[A-Z_a-z]+|%.*%|x{3,}|\*{3,}|\.{3})$/i.test(text)) return true
  if (/^(?:\/[\w.-]|file:|vault:|ref\+|arn:|https?:\/\/[^:@]*$)/.test(text)) return true
  return /^(?:replace|your|insert|put|set|todo|fixme|placeholder|example|dummy|changeit|redacted)[\W_]?/i.test(text)
}
