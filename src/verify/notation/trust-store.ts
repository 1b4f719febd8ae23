/** Notation's trust stores. https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#trust-store */
import { X509Certificate } from 'node:crypto'
import { quote, UsageError } from '../../findings.ts'

export interface TrustStoreFile {
  /** Where it was read, for messages. */
  readonly name: string
  /** PEM, with one certificate or several, or DER. */
  readonly bytes: Uint8Array
}

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The roots of one store. Throws UsageError for a file that holds none, or one that is neither an authority's nor its own issuer's. */
export function readTrustStore(files: readonly TrustStoreFile[]): readonly X509Certificate[] {
  return files.flatMap(({ name, bytes }) => {
    const blocks: readonly (string | Uint8Array)[] = Buffer.from(bytes).toString('latin1').match(block) ?? [bytes]
    return blocks.map((certificate) => readRoot(certificate, name))
  })
}

function readRoot(encoded: string | Uint8Array, name: string): X509Certificate {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(encoded)
  } catch (cause) {
    throw new UsageError(`trust store ${quote(name)}: expected certificates in PEM or DER`, { cause })
  }
  if (certificate.ca || certificate.checkIssued(certificate)) return certificate
  throw new UsageError(`trust store ${quote(name)}: a certificate is neither an authority's nor its own issuer's`)
}
