/** The signature check's answer as a problem of the image. */
import type { Problem, RuleText, SignatureStatus } from '../findings.ts'
import { quote } from '../findings.ts'
import type { Reference } from '../oci/source.ts'
import { signatureInvalid, signatureMissing, signatureUntrusted } from './rules.ts'
import type { SignatureResult } from './signature.ts'

const ruleOf: Readonly<Partial<Record<SignatureStatus, RuleText>>> = {
  invalid: signatureInvalid,
  unsigned: signatureMissing,
  untrusted: signatureUntrusted,
}

/** Undefined for an image that is verified, and for one that was not checked. */
export function signatureProblem(result: SignatureResult, reference: Reference): Problem | undefined {
  const rule = ruleOf[result.status]
  if (!rule) return undefined
  const { id, severity, title, references } = rule
  return {
    rule: id,
    check: 'signature',
    severity,
    title,
    message: `${quote(reference.text, 200)}: ${result.message}${others(result)}`,
    references,
  }
}

function others({ signatures }: SignatureResult): string {
  const count = signatures.length - 1
  if (count < 1) return ''
  return count === 1 ? ' (and 1 more signature that does not count)' : ` (and ${count} more signatures that do not count)`
}
