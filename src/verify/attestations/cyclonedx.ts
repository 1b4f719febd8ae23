/** CycloneDX documents. https://github.com/in-toto/attestation/blob/main/spec/predicates/cyclonedx.md */
import type { PredicateKind } from './kinds.ts'
import { listAt, present, textAt } from './path.ts'

export const cyclonedx: PredicateKind = {
  name: 'cyclonedx',
  reads: (predicateType) => /^https:\/\/cyclonedx\.org\/bom(?:\/v[\d.]+)?$/.test(predicateType),
  fields: new Map([
    ['sbom.packages', { type: 'number', meaning: 'how many packages the SBOM lists' }],
    ['sbom.version', { type: 'string', meaning: 'the version of its format, such as SPDX-2.3 or 1.6' }],
  ]),
  read: (_, predicate) =>
    present({
      'sbom.packages': listAt(predicate, 'components').length,
      'sbom.version': textAt(predicate, 'specVersion'),
    }),
}
