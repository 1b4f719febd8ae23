/** OpenVEX documents. https://github.com/openvex/spec/blob/main/ATTESTING.md */
import type { PredicateKind } from './kinds.ts'
import { listAt, present, textAt } from './path.ts'

export const vex: PredicateKind = {
  name: 'vex',
  reads: (predicateType) => /^https:\/\/openvex\.dev\/ns(?:\/v[\d.]+)?$/.test(predicateType),
  fields: new Map([
    ['vex.author', { type: 'string', meaning: 'who wrote the VEX document' }],
    ['vex.statements', { type: 'number', meaning: 'how many statements it makes' }],
  ]),
  read: (_, predicate) =>
    present({
      'vex.author': textAt(predicate, 'author'),
      'vex.statements': listAt(predicate, 'statements').length,
    }),
}
