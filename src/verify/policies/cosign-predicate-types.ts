/** The short names that `cosign verify-attestation --type` has, and the policies that follow it. https://github.com/sigstore/cosign/blob/main/pkg/cosign/attestation/attestation.go, options/predicate.go */

/** A kind of `attestations/kinds.ts` where several versions are meant, else a predicate type. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['custom', 'https://cosign.sigstore.dev/attestation/v1'],
  ['cyclonedx', 'cyclonedx'],
  ['link', 'https://in-toto.io/Link/v1'],
  ['openvex', 'vex'],
  ['slsaprovenance', 'https://slsa.dev/provenance/v0.2'],
  ['slsaprovenance02', 'https://slsa.dev/provenance/v0.2'],
  ['slsaprovenance1', 'https://slsa.dev/provenance/v1'],
  ['spdx', 'spdx'],
  ['spdxjson', 'spdx'],
  ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1'],
])

export function predicateTypeOf(written: string): string {
  return shortNames.get(written) ?? written
}
