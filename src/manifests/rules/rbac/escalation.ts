/** Rights that lead to all others: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
import { quote, type Severity } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { elementOf, grants, isRole, type RoleRule, readRules } from '../../rbac.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const escalation: Rule<KubernetesObject> = {
  id: 'rbac/escalation',
  severity: 'high',
  title: 'Role gives a right that leads to more',
  why: 'Who may do this can give himself rights that he was not given: by a role, by another identity, or by a pod that runs as any service account of the namespace.',
  fix: 'Leave the right to the controllers and people that need it, in a role of its own; restrict it to one namespace and, where the verb allows it, to names.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  kinds: ['ClusterRole', 'Role'],
  *check(object) {
    if (!isRole(object)) return
    for (const rule of readRules(object)) {
      // Everything is what rbac/wildcard says.
      if (rule.verbs.has('*') && rule.resources.has('*')) continue
      for (const right of rightsToMore(rule)) {
        const names = [...rule.names].slice(0, 3).map((name) => quote(name))
        const where = names.length === 0 ? '' : `, restricted to ${names.join(', ')}${rule.names.size > names.length ? ' and others' : ''}`
        yield violation(placeOf(rule, right), `rule allows ${right.what}${where}`, undefined, where === '' ? right.severity : 'medium')
      }
    }
  },
}

export interface Right {
  readonly group: string
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly what: string
  readonly severity?: Severity
}

const rbac = 'rbac.authorization.k8s.io'
const writes = ['create', 'update', 'patch']
const byWorkload = 'to start pods by a workload, with any service account and secret of the namespace'

const rights: readonly Right[] = [
  {
    group: rbac,
    resources: ['roles', 'clusterroles'],
    verbs: ['escalate'],
    what: 'to write roles with more rights than one has (escalate)',
    severity: 'critical',
  },
  {
    group: rbac,
    resources: ['roles', 'clusterroles'],
    verbs: ['bind'],
    what: 'to bind roles with more rights than one has (bind)',
    severity: 'critical',
  },
  {
    group: '',
    resources: ['users', 'groups', 'serviceaccounts'],
    verbs: ['impersonate'],
    what: 'to act as somebody else (impersonate)',
    severity: 'critical',
  },
  {
    group: 'authentication.k8s.io',
    resources: ['userextras', 'uids'],
    verbs: ['impersonate'],
    what: 'to act as somebody else (impersonate)',
  },
  {
    group: '',
    resources: ['pods'],
    verbs: ['create'],
    what: 'to start pods, with any service account and secret of the namespace',
    severity: 'medium',
  },
  {
    group: 'apps',
    resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
    verbs: writes,
    what: byWorkload,
    severity: 'medium',
  },
  { group: 'batch', resources: ['cronjobs', 'jobs'], verbs: writes, what: byWorkload, severity: 'medium' },
  {
    group: '',
    resources: ['namespaces'],
    verbs: ['update', 'patch'],
    what: 'to change the labels of namespaces, by which Pod Security and network policies are chosen',
    severity: 'medium',
  },
  {
    group: '',
    resources: ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'],
    verbs: [...writes, 'get'],
    what: 'to run commands in pods',
  },
  { group: '', resources: ['serviceaccounts/token'], verbs: ['create'], what: 'to make tokens of service accounts' },
  {
    group: '',
    resources: ['nodes/proxy'],
    verbs: [...writes, 'get'],
    what: 'to speak to kubelets, past admission and audit',
    severity: 'critical',
  },
  {
    group: 'admissionregistration.k8s.io',
    resources: [
      'mutatingwebhookconfigurations',
      'validatingwebhookconfigurations',
      'mutatingadmissionpolicies',
      'validatingadmissionpolicies',
    ],
    verbs: writes,
    what: 'to see and change what is admitted to the cluster',
  },
  {
    group: 'apiregistration.k8s.io',
    resources: ['apiservices'],
    verbs: writes,
    what: 'to answer parts of the API in the place of the API server',
  },
  {
    group: 'certificates.k8s.io',
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    what: 'to approve certificates of any identity',
  },
  { group: 'certificates.k8s.io', resources: ['signers'], verbs: ['approve', 'sign'], what: 'to sign certificates of any identity' },
  { group: '', resources: ['persistentvolumes'], verbs: ['create'], what: 'to make volumes of any path of a node' },
]

/** Those of the rule that lead to others. */
export function rightsToMore(rule: RoleRule): readonly Right[] {
  // Each extra field is a subresource of a name of its own.
  const resources = new Set([...rule.resources].map((resource) => resource.replace(/^userextras\/.*$/s, 'userextras')))
  return rights.filter((right) =>
    right.verbs.some((verb) =>
      right.resources.some((resource) => {
        // With names, nothing is created but below a named object; and what is medium without them is little with them.
        if (rule.names.size > 0 && (right.severity === 'medium' || (verb === 'create' && !resource.includes('/')))) return false
        return grants({ ...rule, resources }, verb, right.group, resource)
      }),
    ),
  )
}

/** The right's own verb or resource in the rule. */
function placeOf({ field, verbs }: RoleRule, right: Right) {
  if (!verbs.has('*') && right.verbs.length === 1) return elementOf(field.at('verbs'), (value) => right.verbs.includes(value))
  return elementOf(
    field.at('resources'),
    (value) => right.resources.includes(value) || value.includes('*') || value.startsWith('userextras/'),
  )
}
