/** Conditions that deny an image, and response rules: those of the policy itself, and those in the ConfigMap form. */
import { type Location, quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { ConditionError, parseCondition } from './condition.ts'
import { onlyDocument } from './documents.ts'
import type { Denial } from './policy.ts'
import { configMapResponsesSchema } from './response-schema.ts'
import { type ResponseRule, type ResponseSource, responseRuleOf } from './responses.ts'
import { configMapPolicySchema } from './schema.ts'
import { at, validate } from './validate.ts'
import { policyVocabulary } from './vocabulary.ts'

export interface ConfigMapRules {
  readonly denials: readonly Denial[]
  readonly responses: readonly ResponseRule[]
}

export function configMapRules(root: Field): ConfigMapRules {
  const denials: Denial[] = []
  const responses: ResponseRule[] = []
  for (const [, field] of root.at('data').entries()) {
    const inner = innerDocument(field)
    if (inner.at('response_rules').kind !== 'absent') {
      const { response_rules: rules } = validate(configMapResponsesSchema, inner)
      responses.push(...responsesOf(rules, inner.at('response_rules')))
      continue
    }
    const { policies } = validate(configMapPolicySchema, inner)
    policies.forEach(({ name, rules }, policyIndex) => {
      rules.forEach(({ deny }, ruleIndex) => {
        denials.push(denialOf(name, deny.condition, inner.at('policies', policyIndex, 'rules', ruleIndex, 'deny', 'condition')))
      })
    })
  }
  if (denials.length + responses.length === 0) throw new UsageError(`${at(root.location())}: the ConfigMap holds no policy`)
  return { denials, responses }
}

/** `list`: the field that the rules were read from. */
export function responsesOf(rules: readonly ResponseSource[], list: Field): ResponseRule[] {
  return rules.map((rule, index) => named('the response rule', list.at(index, 'condition'), () => responseRuleOf(rule)))
}

/** A document in a block scalar: blank lines before it, so that its lines count as those of the file. */
function innerDocument(field: Field): Field {
  if (typeof field.value !== 'string') throw new UsageError(`${at(field.location())}: expected the text of a policy`)
  const { file, startLine } = field.keyLocation()
  return onlyDocument(file, new TextEncoder().encode('\n'.repeat(startLine) + field.value))
}

export function denialOf(name: string, text: string, field: Field): Denial {
  return named(quote(name), field, () => ({ name, condition: parseCondition(text, policyVocabulary), location: field.location() }))
}

function named<Result>(what: string, field: Field, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    throw new UsageError(`${at(lineOf(field.location()))}: condition of ${what}, column ${error.column}: ${error.message}`, {
      cause: error,
    })
  }
}

/** The column is the condition's own; that of the file would mislead beside it. */
function lineOf(location: Location): Location {
  const { file, startLine, endLine } = location
  return { file, startLine, endLine }
}
