/** What the signature check and the attestations' say to the person whom it stops. */
import type { RuleText } from '../findings.ts'

const references = [
  'https://docs.sigstore.dev/cosign/verifying/verify/',
  'https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md',
]

const attestationReferences = ['https://slsa.dev/spec/v1.1/verifying-artifacts', 'https://github.com/in-toto/attestation']

export const attestationCondition: RuleText = {
  id: 'attestation/condition',
  severity: 'high',
  title: 'Attestation does not say what the policy demands',
  why: 'A trusted signer vouches for this image, and what he says of it is not what the policy asks for: another builder, another source, another revision.',
  fix: 'Build the image where the policy wants it built, or change the condition on the base branch.',
  references: attestationReferences,
}

export const attestationInvalid: RuleText = {
  id: 'attestation/invalid',
  severity: 'critical',
  title: 'Attestation is invalid',
  why: 'Something stands where a statement about this image should be and is not one: it is about another image, or it was damaged or forged.',
  fix: 'Find out who pushed it, then build the image anew and attest the new digest.',
  references: attestationReferences,
}

export const attestationMissing: RuleText = {
  id: 'attestation/missing',
  severity: 'high',
  title: 'Attestation is missing',
  why: 'The policy demands a statement about how this image was made or what is in it, and there is none.',
  fix: 'Attest the digest in the build that makes it (`cosign attest`, or `actions/attest`).',
  references: attestationReferences,
}

export const attestationUntrusted: RuleText = {
  id: 'attestation/untrusted',
  severity: 'high',
  title: 'Attestation is not by a trusted signer',
  why: 'Anyone can state anything. Only a statement by a signer whom the policy names says something about the image.',
  fix: 'Have a trusted signer attest the digest, or name this one in the policy on the base branch.',
  references: attestationReferences,
}

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
export const signatureRules: readonly RuleText[] = [
  attestationCondition,
  attestationInvalid,
  attestationMissing,
  attestationUntrusted,
  signatureInvalid,
  signatureMissing,
  signatureUntrusted,
]
