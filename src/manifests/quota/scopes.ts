/** Which pods a quota is for: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes */
import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { isSet } from '../violation.ts'
import { amountOf, type Defaults } from './usage.ts'

type Test = (pod: Pod) => boolean

/** True for every pod where it has no scopes. Undefined: a scope that the manifests alone do not tell. */
export function scopeOf({ root }: KubernetesObject, defaults: Defaults): Test | undefined {
  const spec = root.at('spec')
  const names = spec
    .at('scopes')
    .items()
    .map(({ value }) => ({ name: String(value), operator: 'Exists', values: new Set<string>() }))
  const selectors = spec
    .at('scopeSelector', 'matchExpressions')
    .items()
    .map((one) => ({
      name: String(one.at('scopeName').value),
      operator: String(one.at('operator').value),
      values: new Set(
        one
          .at('values')
          .items()
          .map(({ value }) => String(value)),
      ),
    }))
  const tests = [...names, ...selectors].map((scope) => testOf(scope, defaults))
  if (tests.some((test) => test === undefined)) return undefined
  return (pod) => tests.every((test) => test?.(pod))
}

export function isScoped({ root }: KubernetesObject): boolean {
  return isSet(root.at('spec', 'scopes')) || isSet(root.at('spec', 'scopeSelector'))
}

interface Scope {
  readonly name: string
  readonly operator: string
  readonly values: ReadonlySet<string>
}

function testOf({ name, operator, values }: Scope, defaults: Defaults): Test | undefined {
  const ends: Test = (pod) => isSet(pod.at('activeDeadlineSeconds'))
  switch (name) {
    case 'Terminating':
      return ends
    case 'NotTerminating':
      return (pod) => !ends(pod)
    case 'BestEffort':
      return (pod) => !asks(pod, defaults)
    case 'NotBestEffort':
      return (pod) => asks(pod, defaults)
    case 'PriorityClass':
      return (pod) => {
        const priority = pod.at('priorityClassName').value
        const has = typeof priority === 'string' && priority !== ''
        if (operator === 'Exists') return has
        if (operator === 'DoesNotExist') return !has
        return operator === 'In' ? has && values.has(priority) : !has || !values.has(priority)
      }
    default:
      return undefined
  }
}

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
function asks(pod: Pod, defaults: Defaults): boolean {
  return pod.containers.some((container) =>
    (['requests', 'limits'] as const).some((part) =>
      ['cpu', 'memory'].some((resource) => (amountOf(container, part, resource, defaults) ?? 0) > 0),
    ),
  )
}
