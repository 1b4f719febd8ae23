/** Roles and bindings as values: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
import type { Field } from '../formats/field.ts'
import type { KubernetesObject } from '../repo/repository.ts'
import { readLabels, readSelector } from './selector.ts'

export interface RoleRule {
  readonly field: Field
  readonly groups: ReadonlySet<string>
  readonly resources: ReadonlySet<string>
  readonly verbs: ReadonlySet<string>
  /** Empty: all names. */
  readonly names: ReadonlySet<string>
  /** Those that are no resources: `/metrics`. */
  readonly addresses: ReadonlySet<string>
}

export function isRole({ kind, apiVersion }: KubernetesObject): boolean {
  return (kind === 'Role' || kind === 'ClusterRole') && apiVersion.startsWith('rbac.authorization.k8s.io/')
}

export function isBinding({ kind, apiVersion }: KubernetesObject): boolean {
  return (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') && apiVersion.startsWith('rbac.authorization.k8s.io/')
}

export function readRules({ root }: KubernetesObject): readonly RoleRule[] {
  return root
    .at('rules')
    .items()
    .map((field) => ({
      field,
      groups: texts(field.at('apiGroups')),
      resources: texts(field.at('resources')),
      verbs: texts(field.at('verbs')),
      names: texts(field.at('resourceNames')),
      addresses: texts(field.at('nonResourceURLs')),
    }))
}

/** What counts for a ClusterRole of this name: itself, where the tree has it, and those of the tree that are aggregated into it. */
export function partsOf(name: string, clusterRoles: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const roles = clusterRoles.filter(isRole)
  const own = roles.find((one) => one.name === name)
  const selectors = (own?.root.at('aggregationRule', 'clusterRoleSelectors').items() ?? []).map(readSelector)
  if (selectors.length === 0 && !userFacing.includes(name)) return own ? [own] : []
  const isPart = (role: KubernetesObject) => {
    const labels = readLabels(role.root.at('metadata', 'labels'))
    const into = aggregatedInto(role)
    return (
      selectors.some((selector) => selector.matches(labels)) || (into !== undefined && userFacing.indexOf(into) <= userFacing.indexOf(name))
    )
  }
  return roles.filter((role) => role === own || isPart(role))
}

/** Each has what the one before it has. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const userFacing: readonly string[] = ['view', 'edit', 'admin']

/** The first of the cluster's own roles that takes up the rights of this one. */
export function aggregatedInto({ root }: KubernetesObject): string | undefined {
  const labels = root.at('metadata', 'labels')
  return userFacing.find((name) => labels.at(`rbac.authorization.k8s.io/aggregate-to-${name}`).value === 'true')
}

/** True where the rule gives the verb on the resource of the group; `*` counts. */
export function grants(rule: RoleRule, verb: string, group: string, resource: string): boolean {
  return has(rule.verbs, verb) && has(rule.groups, group) && hasResource(rule.resources, resource)
}

function has(set: ReadonlySet<string>, wanted: string): boolean {
  return set.has(wanted) || set.has('*')
}

// An asterisk is everything; in the place of a subresource all of that resource's, in the place of a resource that subresource of all.
function hasResource(set: ReadonlySet<string>, wanted: string): boolean {
  const [resource, subresource] = wanted.split('/')
  if (has(set, wanted)) return true
  return subresource !== undefined && (set.has(`${resource}/*`) || set.has(`*/${subresource}`))
}

function texts(field: Field): ReadonlySet<string> {
  return new Set(field.items().map(({ value }) => String(value)))
}

/** The element of a list with this value, or the list: the place to point at. */
export function elementOf(list: Field, wanted: (value: string) => boolean): Field {
  return list.items().find(({ value }) => wanted(String(value))) ?? list
}
