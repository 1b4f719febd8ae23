/** What the service account of a pod may do in the cluster, by the roles and bindings of the tree. https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
import { grants, isRole, type RoleRule, readRules } from '../../manifests/rbac.ts'
import { rightsToMore } from '../../manifests/rules/rbac/escalation.ts'
import { accountOf } from '../../manifests/service-accounts.ts'
import type { TreeFacts } from '../../manifests/tree-facts.ts'
import { isSet } from '../../manifests/violation.ts'
import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { bindingsIn, roleOf } from './bindings.ts'
import type { PodExposure } from './exposure.ts'
import { type Rights, rightsWeights } from './points.ts'

type Given = Omit<PodExposure['rights'], 'account'>

/** Looks the tree's roles, bindings and accounts up once. */
export function rightsIn({ objectsOf }: Pick<TreeFacts, 'objectsOf'>): (pod: Pod) => PodExposure['rights'] {
  const accounts = new Map(objectsOf('ServiceAccount').map((object) => [`${object.namespace}/${object.name}`, object]))
  const roles = Map.groupBy(['ClusterRole', 'Role'].flatMap(objectsOf).filter(isRole), ({ subject }) => subject)
  const bindingsOf = bindingsIn({ objectsOf })
  const known = new Map<string, Given>()
  return (pod) => {
    const { namespace } = pod.object
    const name = `${namespace}/${accountOf(pod)}`
    const word = pod.at('automountServiceAccountToken')
    const mounts = isSet(word) ? word.value : accounts.get(name)?.root.at('automountServiceAccountToken').value
    if (mounts === false && !projectsToken(pod)) return { account: name, level: 'none', what: 'has no token mounted', isKnown: true }
    const given = known.get(name) ?? strongest(bindingsOf(pod).map((binding) => givenBy(binding, roles)))
    known.set(name, given)
    return { account: name, ...given }
  }
}

/** A volume mounts it whatever is said of mounting it by itself. */
function projectsToken(pod: Pod): boolean {
  const sources = pod
    .at('volumes')
    .items()
    .flatMap((volume) => volume.at('projected', 'sources').items())
  return sources.some((source) => isSet(source.at('serviceAccountToken')))
}

function strongest(all: readonly Given[]): Given {
  const isKnown = all.length > 0 && all.every((given) => given.isKnown)
  const [first] = all.toSorted((left, right) => rightsWeights[right.level].points - rightsWeights[left.level].points)
  if (first === undefined) return { level: 'token', what: 'has a token mounted, and no binding of the tree names it', isKnown }
  // What is known to give everything needs no more knowledge.
  return { ...first, isKnown: first.level === 'everything' ? first.isKnown : isKnown }
}

/** Several roles of one name give what any of them gives. */
function givenBy(binding: KubernetesObject, roles: ReadonlyMap<string, readonly KubernetesObject[]>): Given {
  const subject = roleOf(binding)
  const [kind, name = ''] = subject.split('/', 2)
  const where = binding.kind === 'RoleBinding' && kind === 'ClusterRole' ? ` in namespace ${binding.namespace}` : ''
  const by = `by ${subject}${where}`
  const role = roles.get(subject)
  const levels = role?.flatMap(readRules).map(levelOf)
  if (levels === undefined) {
    const builtIn = kind === 'ClusterRole' ? builtInLevels.get(name) : undefined
    return builtIn === undefined
      ? { level: 'some', what: `has rights ${by}, which the tree does not have`, isKnown: false }
      : { level: builtIn, what: `${words[builtIn]} ${by}`, isKnown: true }
  }
  const level = levels.toSorted((left, right) => rightsWeights[right].points - rightsWeights[left].points)[0] ?? 'token'
  return { level, what: `${words[level]} ${by}`, isKnown: true }
}

function levelOf(rule: RoleRule): Rights {
  if (rule.verbs.has('*') && rule.resources.has('*')) return 'everything'
  if (rightsToMore(rule).length > 0) return 'more'
  const readsSecrets = ['get', 'list', 'watch'].some((verb) => grants(rule, verb, '', 'secrets'))
  return readsSecrets && rule.names.size === 0 ? 'more' : 'some'
}

const words: Readonly<Record<Rights, string>> = {
  everything: 'may do everything',
  more: 'has rights that lead to more',
  some: 'has rights',
  token: 'has a token mounted, and no rights',
  none: 'has no rights',
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles; `edit` and `admin` may read Secrets and start pods. */
const builtInLevels: ReadonlyMap<string, Rights> = new Map([
  ['admin', 'more'],
  ['cluster-admin', 'everything'],
  ['edit', 'more'],
  ['view', 'some'],
])
