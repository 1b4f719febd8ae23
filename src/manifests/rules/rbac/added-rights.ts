/** What a change lets somebody do that he could not do before. */
import { quote } from '../../../findings.ts'
import { isBinding, isRole, type RoleRule, readRules } from '../../rbac.ts'
import type { Change, Context, Rule } from '../../rule.ts'

export const addedRights: Rule<Change> = {
  id: 'rbac/added-rights',
  severity: 'low',
  title: 'Change gives rights',
  why: 'After this change an account may do what it could not do before; a reviewer should see that in one line, however the roles are written.',
  fix: 'If the rights are not meant, take them out of the role or the binding.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  *check({ base }, context) {
    const before = rightsOf(base)
    for (const object of ['ClusterRoleBinding', 'RoleBinding'].flatMap(context.objectsOf).filter(isBinding)) {
      for (const [account, rights] of rightsOfBinding(object, context)) {
        const added = [...rights].filter((right) => !before.get(account)?.has(right)).sort()
        if (added.length === 0) continue
        const more = added.length > namedLimit ? ` and ${added.length - namedLimit} more` : ''
        const message = `${account} may now ${added.slice(0, namedLimit).join('; ')}${more}`
        yield { field: object.root.at('roleRef'), subject: object.subject, message }
      }
    }
  },
}

const namedLimit = 5

type Rights = ReadonlyMap<string, ReadonlySet<string>>

function rightsOf(context: Context): Rights {
  const all = new Map<string, Set<string>>()
  for (const object of ['ClusterRoleBinding', 'RoleBinding'].flatMap(context.objectsOf).filter(isBinding)) {
    for (const [account, rights] of rightsOfBinding(object, context)) {
      const known = all.get(account) ?? new Set()
      for (const right of rights) known.add(right)
      all.set(account, known)
    }
  }
  return all
}

/** By account, each right as a text: `get pods in shop`. */
function rightsOfBinding({ kind, namespace, root }: Context['repository']['objects'][number], { objectsOf }: Context): Rights {
  const [roleKind, roleName] = [String(root.at('roleRef', 'kind').value), String(root.at('roleRef', 'name').value)]
  const role = objectsOf(roleKind).find(
    (one) => isRole(one) && one.name === roleName && (roleKind === 'ClusterRole' || one.namespace === namespace),
  )
  const where = kind === 'ClusterRoleBinding' ? 'everywhere' : `in ${namespace}`
  // A role that the tree does not hold is known by its name alone.
  const texts = role === undefined ? [`what ${roleKind} ${quote(roleName)} allows`] : readRules(role).flatMap(ruleTexts)
  const rights = new Set(texts.map((text) => `${text} ${where}`))
  return new Map(
    root
      .at('subjects')
      .items()
      .map((subject) => [
        accountText(subject.at('kind').value, subject.at('namespace').value ?? namespace, subject.at('name').value),
        rights,
      ]),
  )
}

function accountText(kind: unknown, namespace: unknown, name: unknown): string {
  return kind === 'ServiceAccount'
    ? `ServiceAccount ${quote(`${String(namespace)}/${String(name)}`)}`
    : `${String(kind)} ${quote(String(name))}`
}

function ruleTexts({ verbs, groups, resources, names }: RoleRule): readonly string[] {
  const only = names.size === 0 ? '' : ` named ${[...names].sort().join(', ')}`
  return [...verbs].flatMap((verb) =>
    [...groups].flatMap((group) => [...resources].map((resource) => `${verb} ${resource}${group === '' ? '' : `.${group}`}${only}`)),
  )
}
