/** What a change lets somebody do that he could not do before. */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { aggregatedInto, isBinding, isRole, partsOf, type RoleRule, readRules } from '../../rbac.ts'
import type { Change, Context, Rule } from '../../rule.ts'

export const addedRights: Rule<Change> = {
  id: 'rbac/added-rights',
  severity: 'low',
  title: 'Change gives rights',
  why: 'After this change an account may do what it could not do before; a reviewer should see that in one line, however the roles are written.',
  fix: 'If the rights are not meant, take them out of the role or the binding.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  *check({ base }, context) {
    const before = Map.groupBy(grantsOf(base), ({ account }) => account)
    const rightsBefore = new Map<string, readonly Right[]>()
    for (const { account, field, subject, rights: rightsNow, isUnbound } of grantsOf(context)) {
      const grants = before.get(account)
      // A new role gives nothing until it is bound, and one that is the same in both trees what it gave.
      if (isUnbound && !grants) continue
      if (grants?.some((grant) => grant.isUnbound && isUnbound && grant.field === field)) continue
      const known = rightsBefore.get(account) ?? (grants ?? []).flatMap((grant) => grant.rights())
      rightsBefore.set(account, known)
      const rights = rightsNow()
      const has = new Set(known.map(textOf))
      const wide = known.filter(({ verb, group, resource, where }) => [verb, group, resource].includes('*') || where === 'everywhere')
      const added = [
        ...new Set(rights.filter((right) => !has.has(textOf(right)) && !wide.some((one) => covers(one, right))).map(textOf)),
      ].sort()
      if (added.length === 0) continue
      const more = added.length > namedLimit ? ` and ${added.length - namedLimit} more` : ''
      yield { field, subject, message: `${account} may now ${added.slice(0, namedLimit).join('; ')}${more}` }
    }
  },
}

const namedLimit = 5

interface Right {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly only: string
  readonly where: string
}

interface Grant {
  readonly account: string
  readonly field: Field
  readonly subject: string
  readonly rights: () => readonly Right[]
  /** As far as the tree says. */
  readonly isUnbound?: boolean
}

/** By binding and account; a role that no binding of the tree names may be bound elsewhere, and stands for whoever has it. */
function* grantsOf(context: Context): Generator<Grant> {
  const bindings = ['ClusterRoleBinding', 'RoleBinding'].flatMap(context.objectsOf).filter(isBinding)
  const bound = new Set<KubernetesObject>()
  for (const binding of bindings) {
    const { kind, namespace, root } = binding
    const [roleKind, roleName] = [String(root.at('roleRef', 'kind').value), String(root.at('roleRef', 'name').value)]
    const roles =
      roleKind === 'ClusterRole'
        ? partsOf(roleName, context.objectsOf('ClusterRole'))
        : context.objectsOf('Role').filter((one) => isRole(one) && one.name === roleName && one.namespace === namespace)
    for (const role of roles) bound.add(role)
    const where = kind === 'ClusterRoleBinding' ? 'everywhere' : `in ${namespace}`
    // A role that the tree does not hold is known by its name alone.
    const isHere = roles.some(({ name }) => name === roleName)
    const unknown = isHere ? [] : [{ verb: `what ${roleKind} ${quote(roleName)} allows`, group: '', resource: '', only: '', where }]
    const rights = () => [...unknown, ...roles.flatMap(readRules).flatMap((rule) => rightsOfRule(rule, where))]
    for (const subject of root.at('subjects').items()) {
      const account = accountText(subject.at('kind').value, subject.at('namespace').value ?? namespace, subject.at('name').value)
      yield { account, field: root.at('roleRef'), subject: binding.subject, rights }
    }
  }
  for (const role of ['ClusterRole', 'Role'].flatMap(context.objectsOf).filter(isRole)) {
    if (bound.has(role)) continue
    const rights = () => readRules(role).flatMap((rule) => rightsOfRule(rule, role.namespace === '' ? '' : `in ${role.namespace}`))
    const into = role.kind === 'ClusterRole' ? aggregatedInto(role) : undefined
    const holder = into === undefined ? role.subject : `ClusterRole/${into}`
    yield { account: `whoever has ${holder}`, field: role.root.at('rules'), subject: role.subject, rights, isUnbound: into === undefined }
  }
}

function accountText(kind: unknown, namespace: unknown, name: unknown): string {
  return kind === 'ServiceAccount'
    ? `ServiceAccount ${quote(`${String(namespace)}/${String(name)}`)}`
    : `${String(kind)} ${quote(String(name))}`
}

function rightsOfRule({ verbs, groups, resources, addresses, names }: RoleRule, where: string): readonly Right[] {
  const only = names.size === 0 ? '' : ` named ${[...names].sort().join(', ')}`
  return [...verbs].flatMap((verb) => [
    ...[...groups].flatMap((group) => [...resources].map((resource) => ({ verb, group, resource, only, where }))),
    ...[...addresses].map((address) => ({ verb, group: '', resource: address, only: '', where: '' })),
  ])
}

function textOf({ verb, group, resource, only, where }: Right): string {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}${only} ${where}`.trim().replace(/ {2,}/g, ' ')
}

function covers(wide: Right, { verb, group, resource, only, where }: Right): boolean {
  const has = (all: string, one: string) => all === '*' || all === one
  return (
    has(wide.verb, verb) &&
    has(wide.group, group) &&
    has(wide.resource, resource) &&
    (wide.only === '' || wide.only === only) &&
    (wide.where === 'everywhere' || wide.where === where)
  )
}
