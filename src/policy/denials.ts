/** Conditions that deny an image: those under `deny`, and those of policies in the ConfigMap form. */
import { type Location, quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { ConditionError, parseCondition } from './condition.ts'
import { onlyDocument } from './documents.ts'
import type { Denial } from './policy.ts'
import { configMapPolicySchema } from './schema.ts'
import { at, validate } from './validate.ts'
import { policyVocabulary } from './vocabulary.ts'

export function configMapDenials(root: Field): Denial[] {
  const denials: Denial[] = []
  for (const [, field] of root.at('data').entries()) {
    const inner = innerDocument(field)
    const { policies } = validate(configMapPolicySchema, inner)
    policies.forEach(({ name, rules }, policyIndex) => {
      rules.forEach(({ deny }, ruleIndex) => {
        denials.push(denialOf(name, deny.condition, inner.at('policies', policyIndex, 'rules', ruleIndex, 'deny', 'condition')))
      })
    })
  }
  if (denials.length === 0) throw new UsageError(`${at(root.location())}: the ConfigMap holds no policy`)
  return denials
}

/** A document in a block scalar: blank lines before it, so that its lines count as those of the file. */
function innerDocument(field: Field): Field {
  if (typeof field.value !== 'string') throw new UsageError(`${at(field.location())}: expected the text of a policy`)
  const { file, startLine } = field.keyLocation()
  return onlyDocument(file, new TextEncoder().encode('\n'.repeat(startLine) + field.value))
}

export function denialOf(name: string, text: string, field: Field): Denial {
  try {
    return { name, condition: parseCondition(text, policyVocabulary), location: field.location() }
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    throw new UsageError(`${at(lineOf(field.location()))}: condition of ${quote(name)}, column ${error.column}: ${error.message}`, {
      cause: error,
    })
  }
}

/** The column is the condition's own; that of the file would mislead beside it. */
function lineOf(location: Location): Location {
  const { file, startLine, endLine } = location
  return { file, startLine, endLine }
}
