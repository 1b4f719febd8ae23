/** What the signature check says to the person whom it stops. */
import type { RuleText } from '../findings.ts'

const references = [
  'https://docs.sigstore.dev/cosign/verifying/verify/',
  'https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md',
]

export const signatureInvalid: RuleText = {
  id: 'signature/invalid',
  severity: 'critical',
  title: 'Image signature is invalid',
  why: 'Something stands where the signature of this image should be and is not one: it covers another image, or it was damaged or forged. Whoever put it there could write to the repository, and may have replaced the image as well.',
  fix: 'Find out who pushed it, build the image anew from its source, sign the new digest, and pin that digest.',
  references,
}

export const signatureMissing: RuleText = {
  id: 'signature/missing',
  severity: 'high',
  title: 'Image is not signed',
  why: 'Without a signature nothing says who built this image: whoever can push to the repository decides what the cluster runs.',
  fix: 'Sign the digest in the build that makes it (`cosign sign IMAGE@DIGEST`), or use an image whose builder signs.',
  references,
}

export const signatureUntrusted: RuleText = {
  id: 'signature/untrusted',
  severity: 'high',
  title: 'Image is not signed by a trusted signer',
  why: 'Anyone can sign anything. Only a signature by a signer whom the policy names says that the image came from where it should.',
  fix: 'Use an image that a trusted signer has signed, or, if this signer is to be trusted, name it in the policy on the base branch.',
  references,
}

/** In alphabetical order. */
export const signatureRules: readonly RuleText[] = [signatureInvalid, signatureMissing, signatureUntrusted]
