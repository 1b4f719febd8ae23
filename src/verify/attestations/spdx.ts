/** SPDX documents. https://github.com/in-toto/attestation/blob/main/spec/predicates/spdx.md */
import type { PredicateKind } from './kinds.ts'
import { listAt, present, textAt } from './path.ts'

export const spdx: PredicateKind = {
  name: 'spdx',
  reads: (predicateType) => /^https:\/\/spdx\.dev\/Document(?:\/v[\d.]+)?$/.test(predicateType),
  fields: new Map([
    ['sbom.packages', { type: 'number', meaning: 'how many packages the SBOM lists' }],
    ['sbom.version', { type: 'string', meaning: 'the version of its format, such as SPDX-2.3 or 1.6' }],
  ]),
  read: (_, predicate) =>
    present({
      'sbom.packages': listAt(predicate, 'packages').length,
      'sbom.version': textAt(predicate, 'spdxVersion'),
    }),
}
