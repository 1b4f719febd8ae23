/** Scan reports: cosign's, https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md, and in-toto's, https://github.com/in-toto/attestation/blob/main/spec/predicates/vuln.md */
import type { PredicateKind } from './kinds.ts'
import { present, textAt } from './path.ts'

export const vulnerabilities: PredicateKind = {
  name: 'vulnerabilities',
  reads: (predicateType) =>
    predicateType === 'https://cosign.sigstore.dev/attestation/vuln/v1' ||
    /^https:\/\/in-toto\.io\/attestation\/vulns?\/v[\d.]+$/.test(predicateType),
  fields: new Map([
    ['vulnerabilities.finished', { type: 'string', meaning: 'when the scan ended, as the scanner writes it (RFC 3339)' }],
    ['vulnerabilities.scanner', { type: 'string', meaning: 'the URI of the scanner' }],
    ['vulnerabilities.scanner_version', { type: 'string', meaning: 'its version' }],
  ]),
  read: (_, predicate) =>
    present({
      'vulnerabilities.finished': textAt(predicate, 'metadata', 'scanFinishedOn'),
      'vulnerabilities.scanner': textAt(predicate, 'scanner', 'uri'),
      'vulnerabilities.scanner_version': textAt(predicate, 'scanner', 'version'),
    }),
}
