/** API versions that are gone or going: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */

export interface Deprecation {
  readonly apiVersion: string
  readonly kinds: readonly string[]
  /** Minor versions of Kubernetes 1.x; undefined: not decided, or of a project with versions of its own. */
  readonly deprecated?: number
  readonly removed?: number
  /** Whose versions they are, where they are not Kubernetes'. */
  readonly project?: string
  /** Of another project: still served. */
  readonly isServed?: true
  readonly instead: string
  /**
   * The new version alone is the whole fix of an object that fits its schema: the guide names no notable change, or only fields that the schema of the
   * new version does not know or asks for.
   */
  readonly isRename?: true
}

/** The target where the policy names none: the newest version that the table speaks of. */
export const newestMinor = 35

const reviews = ['LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview']
const roles = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']
const webhooks = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']
const admissionPolicies = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']
const flow = ['FlowSchema', 'PriorityLevelConfiguration']

const deprecations: readonly Deprecation[] = [
  {
    apiVersion: 'admissionregistration.k8s.io/v1alpha1',
    kinds: admissionPolicies,
    deprecated: 28,
    removed: 31,
    instead: 'admissionregistration.k8s.io/v1',
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: webhooks,
    deprecated: 16,
    removed: 22,
    instead: 'admissionregistration.k8s.io/v1',
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: admissionPolicies,
    deprecated: 30,
    removed: 34,
    instead: 'admissionregistration.k8s.io/v1',
    isRename: true,
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1beta1',
    kinds: ['CustomResourceDefinition'],
    deprecated: 16,
    removed: 22,
    instead: 'apiextensions.k8s.io/v1',
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1beta1',
    kinds: ['APIService'],
    deprecated: 19,
    removed: 22,
    instead: 'apiregistration.k8s.io/v1',
    isRename: true,
  },
  {
    apiVersion: 'apps/v1beta1',
    kinds: ['ControllerRevision', 'Deployment', 'StatefulSet'],
    deprecated: 9,
    removed: 16,
    instead: 'apps/v1',
  },
  {
    apiVersion: 'apps/v1beta2',
    kinds: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
    deprecated: 9,
    removed: 16,
    instead: 'apps/v1',
    isRename: true,
  },
  {
    apiVersion: 'authentication.k8s.io/v1beta1',
    kinds: ['TokenReview'],
    deprecated: 19,
    removed: 22,
    instead: 'authentication.k8s.io/v1',
    isRename: true,
  },
  { apiVersion: 'authorization.k8s.io/v1beta1', kinds: reviews, deprecated: 19, removed: 22, instead: 'authorization.k8s.io/v1' },
  { apiVersion: 'autoscaling/v2beta1', kinds: ['HorizontalPodAutoscaler'], deprecated: 22, removed: 25, instead: 'autoscaling/v2' },
  {
    apiVersion: 'autoscaling/v2beta2',
    kinds: ['HorizontalPodAutoscaler'],
    deprecated: 23,
    removed: 26,
    instead: 'autoscaling/v2',
    isRename: true,
  },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], deprecated: 21, removed: 25, instead: 'batch/v1', isRename: true },
  {
    apiVersion: 'cert-manager.io/v1alpha2',
    kinds: ['Certificate', 'ClusterIssuer', 'Issuer'],
    project: 'cert-manager v1.6',
    instead: 'cert-manager.io/v1',
  },
  {
    apiVersion: 'cert-manager.io/v1alpha3',
    kinds: ['Certificate', 'ClusterIssuer', 'Issuer'],
    project: 'cert-manager v1.6',
    instead: 'cert-manager.io/v1',
  },
  {
    apiVersion: 'certificates.k8s.io/v1beta1',
    kinds: ['CertificateSigningRequest'],
    deprecated: 19,
    removed: 22,
    instead: 'certificates.k8s.io/v1',
  },
  {
    apiVersion: 'coordination.k8s.io/v1beta1',
    kinds: ['Lease'],
    deprecated: 19,
    removed: 22,
    instead: 'coordination.k8s.io/v1',
    isRename: true,
  },
  { apiVersion: 'discovery.k8s.io/v1beta1', kinds: ['EndpointSlice'], deprecated: 21, removed: 25, instead: 'discovery.k8s.io/v1' },
  { apiVersion: 'events.k8s.io/v1beta1', kinds: ['Event'], deprecated: 21, removed: 25, instead: 'events.k8s.io/v1' },
  { apiVersion: 'extensions/v1beta1', kinds: ['DaemonSet', 'Deployment', 'ReplicaSet'], deprecated: 8, removed: 16, instead: 'apps/v1' },
  { apiVersion: 'extensions/v1beta1', kinds: ['Ingress'], deprecated: 14, removed: 22, instead: 'networking.k8s.io/v1' },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['NetworkPolicy'],
    deprecated: 9,
    removed: 16,
    instead: 'networking.k8s.io/v1',
    isRename: true,
  },
  { apiVersion: 'extensions/v1beta1', kinds: ['PodSecurityPolicy'], deprecated: 11, removed: 16, instead: 'Pod Security Admission' },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta1',
    kinds: flow,
    deprecated: 23,
    removed: 26,
    instead: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2',
    kinds: flow,
    deprecated: 26,
    removed: 29,
    instead: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
    kinds: flow,
    deprecated: 29,
    removed: 32,
    instead: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['Ingress'],
    deprecated: 19,
    removed: 22,
    instead: 'networking.k8s.io/v1',
  },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['IngressClass'],
    deprecated: 19,
    removed: 22,
    instead: 'networking.k8s.io/v1',
    isRename: true,
  },
  { apiVersion: 'node.k8s.io/v1beta1', kinds: ['RuntimeClass'], deprecated: 20, removed: 25, instead: 'node.k8s.io/v1', isRename: true },
  { apiVersion: 'policy/v1beta1', kinds: ['PodDisruptionBudget'], deprecated: 21, removed: 25, instead: 'policy/v1', isRename: true },
  { apiVersion: 'policy/v1beta1', kinds: ['PodSecurityPolicy'], deprecated: 21, removed: 25, instead: 'Pod Security Admission' },
  { apiVersion: 'rbac.authorization.k8s.io/v1alpha1', kinds: roles, deprecated: 17, removed: 22, instead: 'rbac.authorization.k8s.io/v1' },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1beta1',
    kinds: roles,
    deprecated: 17,
    removed: 22,
    instead: 'rbac.authorization.k8s.io/v1',
    isRename: true,
  },
  {
    apiVersion: 'scheduling.k8s.io/v1beta1',
    kinds: ['PriorityClass'],
    deprecated: 14,
    removed: 22,
    instead: 'scheduling.k8s.io/v1',
    isRename: true,
  },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    deprecated: 19,
    removed: 22,
    instead: 'storage.k8s.io/v1',
    isRename: true,
  },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIStorageCapacity'],
    deprecated: 24,
    removed: 27,
    instead: 'storage.k8s.io/v1',
    isRename: true,
  },
  {
    apiVersion: 'tekton.dev/v1alpha1',
    kinds: ['ClusterTask', 'Condition', 'Pipeline', 'PipelineResource', 'PipelineRun', 'Run', 'Task', 'TaskRun'],
    project: 'Tekton Pipelines v0.54',
    instead: 'tekton.dev/v1',
  },
  { apiVersion: 'v1', kinds: ['ComponentStatus'], deprecated: 19, instead: 'the health endpoints of the components' },
  { apiVersion: 'v1', kinds: ['Endpoints'], deprecated: 33, instead: 'discovery.k8s.io/v1 EndpointSlice' },
]

/** Still served, and superseded: https://github.com/tektoncd/pipeline/blob/main/docs/deprecations.md */
const tektonDeprecations: readonly Deprecation[] = [
  {
    apiVersion: 'tekton.dev/v1beta1',
    kinds: ['Pipeline', 'PipelineRun', 'Task', 'TaskRun'],
    project: 'Tekton',
    isServed: true,
    instead: 'tekton.dev/v1',
    isRename: true,
  },
  { apiVersion: 'tekton.dev/v1beta1', kinds: ['ClusterTask'], project: 'Tekton', isServed: true, instead: 'the cluster resolver' },
]

const byKind: ReadonlyMap<string, Deprecation> = new Map(
  [...deprecations, ...tektonDeprecations].flatMap((entry) => entry.kinds.map((kind) => [`${entry.apiVersion}/${kind}`, entry] as const)),
)

export function deprecationOf(apiVersion: string, kind: string): Deprecation | undefined {
  return byKind.get(`${apiVersion}/${kind}`)
}
