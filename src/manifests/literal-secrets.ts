/** What looks like a secret: by the formats that issuers publish, or by the name that it is given. */
import type { Field } from '../formats/field.ts'
import { isPlaceholder, soundsSecret } from '../formats/secret-names.ts'

export { isPlaceholder, soundsSecret }

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

export interface NamedSecret {
  readonly field: Field
  /** The option or the key. */
  readonly name: string
}

/** Options of a command that give a secret away: `--db-password=…`, `--token …`, also within one text for a shell. */
export function secretOptions(words: readonly Field[]): readonly NamedSecret[] {
  const parts = words.flatMap((field) =>
    String(field.value ?? '')
      .slice(0, limit)
      .split(/\s+/)
      .map((text) => ({ field, text })),
  )
  return parts.flatMap(({ field, text }, index) => {
    const [, name, value] = /^--?([A-Za-z][\w.-]{1,99})(?:=(.*))?$/s.exec(text) ?? []
    const next = parts[index + 1]
    const given = value ?? (next && !next.text.startsWith('-') ? next.text : '')
    return name !== undefined && isNamedSecret(name, given) ? [{ field: value === undefined && next ? next.field : field, name }] : []
  })
}

/** A key of a configuration file in the text that is given a secret: `spring.datasource.password=…`, `token: …`. Undefined where there is none. */
export function assignedSecret(text: string): string | undefined {
  for (const line of text.slice(0, limit).split('\n')) {
    const [, key = '', value = ''] = /^\s*(?:-\s+)?["']?([A-Za-z][\w.-]{1,99})["']?\s*[:=]\s*(\S[^\n]{0,999})$/.exec(line) ?? []
    if (isNamedSecret(key, value.replace(/[,;]?\s*(?:#.*)?$/, ''))) return key
  }
  return undefined
}

/** Stricter than `soundsSecret`: the last word has to say so, for in flags and files others mostly speak of what is around a secret. */
export function isNamedSecret(name: string, text: string): boolean {
  const value = text.replace(/^(["'])(.*)\1$/s, '$2')
  if (!soundsSecret(name) || isPlaceholder(value) || /^\$|[$(]\(|[$%{]\{/.test(value)) return false
  if (/(?:pass(?:word|wd|phrase)|pwd|token|credentials?)$/i.test(name)) return true
  // A secret or a key by that word alone is mostly the name of one.
  return /(?:secret|key)$/i.test(name) && !/^[a-z]+(?:[-./][a-z0-9]+)*$/.test(value)
}
