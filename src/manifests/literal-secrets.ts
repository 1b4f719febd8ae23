/** What looks like a secret: by the formats that issuers publish, or by the name that it is given. */
export { isPlaceholder, soundsSecret } from '../formats/secret-names.ts'

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
