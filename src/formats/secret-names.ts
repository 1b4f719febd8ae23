/** Names that are given to secrets, and values that stand in a secret's place. */

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
