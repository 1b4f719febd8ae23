/** Which kinds have no namespace. https://kubernetes.io/docs/reference/kubernetes-api/ */
import type { Field } from '../formats/field.ts'

/** Kinds of Kubernetes itself and of its common add-ons that have no namespace, by `group/Kind`. */
const clusterScoped: readonly string[] = [
  '/ComponentStatus',
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'authentication.k8s.io/SelfSubjectReview',
  'authentication.k8s.io/TokenReview',
  'authorization.k8s.io/SelfSubjectAccessReview',
  'authorization.k8s.io/SelfSubjectRulesReview',
  'authorization.k8s.io/SubjectAccessReview',
  'cert-manager.io/ClusterIssuer',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'constraints.gatekeeper.sh/*',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterSecretStore',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'gateway.networking.k8s.io/GatewayClass',
  'internal.apiserver.k8s.io/StorageVersion',
  'kyverno.io/ClusterCleanupPolicy',
  'kyverno.io/ClusterPolicy',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'policies.kyverno.io/ImageValidatingPolicy',
  'policies.kyverno.io/ValidatingPolicy',
  'policy/PodSecurityPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
  'storagemigration.k8s.io/StorageVersionMigration',
  'tekton.dev/ClusterTask',
  'templates.gatekeeper.sh/ConstraintTemplate',
]

export type Scopes = ReadonlySet<string>

/** The built-in kinds, and those that a CustomResourceDefinition of the tree declares. `group/Kind` or `group/*`. */
export function clusterScopes(roots: readonly Field[]): Scopes {
  const scopes = new Set(clusterScoped)
  for (const root of roots) {
    if (root.at('kind').value !== 'CustomResourceDefinition' || root.at('spec', 'scope').value !== 'Cluster') continue
    scopes.add(`${root.at('spec', 'group').value}/${root.at('spec', 'names', 'kind').value}`)
  }
  return scopes
}

export function hasNamespace(group: string, kind: string, scopes: Scopes): boolean {
  return !scopes.has(`${group}/${kind}`) && !scopes.has(`${group}/*`)
}
