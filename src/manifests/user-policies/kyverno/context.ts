/** `context` of a rule: names for what its expressions use. https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/ */

import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isSet } from '../../violation.ts'
import { celValue } from '../cel/value.ts'
import { evaluate, evaluateOr, plainOf, type Scope, substituted, Unsupported, withNames, withoutName } from './variables.ts'

/** One entry after the other, each over those before it. An entry that is not known here is a gap where an expression names it, as Kyverno loads it then. */
export function withContext(context: Field, scope: Scope, objects: readonly KubernetesObject[]): Scope {
  let all = scope
  for (const entry of context.items()) {
    const name = String(entry.at('name').value ?? '')
    try {
      all = withNames(all, { [name]: entryValue(entry, all, objects) })
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error
      all = withoutName(all, name, `context ${quote(name, 60)}: ${error.message}`)
    }
  }
  return all
}

function entryValue(entry: Field, scope: Scope, objects: readonly KubernetesObject[]): unknown {
  if (isSet(entry.at('variable'))) return variableOf(entry.at('variable'), scope)
  if (isSet(entry.at('configMap'))) return configMapOf(entry.at('configMap'), scope, objects)
  throw new Unsupported(
    ['apiCall', 'globalReference', 'imageRegistry'].find((form) => isSet(entry.at(form))) ?? 'an entry of no known form',
  )
}

function variableOf(variable: Field, scope: Scope): unknown {
  const value = isSet(variable.at('value')) ? plainOf(substituted(celValue(variable.at('value')), scope)) : undefined
  const path = variable.at('jmesPath').value
  const within = value === undefined ? scope : { ...scope, data: value as Scope['data'], unknown: new Map() }
  const otherwise = isSet(variable.at('default')) ? plainOf(substituted(celValue(variable.at('default')), scope)) : null
  if (typeof path !== 'string') return value ?? otherwise
  const expression = String(substituted(path, scope))
  return otherwise === null ? evaluate(expression, within) : evaluateOr(expression, within, otherwise)
}

function configMapOf(reference: Field, scope: Scope, objects: readonly KubernetesObject[]): unknown {
  const name = substituted(reference.at('name').value, scope)
  const namespace = substituted(reference.at('namespace').value ?? 'default', scope)
  const found = objects.find((object) => object.kind === 'ConfigMap' && object.name === name && object.namespace === namespace)
  if (found === undefined) throw new Unsupported(`the ConfigMap ${quote(`${String(namespace)}/${String(name)}`, 100)} is not in the tree`)
  return plainOf(celValue(found.root))
}
