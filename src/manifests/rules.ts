/** Every manifest rule, a list for each kind of subject, in alphabetical order of their ids. */

import type { RuleText } from '../findings.ts'
import type { Pod } from '../repo/pod.ts'
import type { ComposeService, Dockerfile, ImageUse, KubernetesObject, Repository, Workflow } from '../repo/repository.ts'
import type { StandardRule } from './pod-security.ts'
import type { Change, Rule } from './rule.ts'
import { deprecatedApi } from './rules/api/deprecated.ts'
import { podSecurityPolicy } from './rules/api/pod-security-policy.ts'
import { removedApi } from './rules/api/removed.ts'
import { certificateDuration } from './rules/certificate/duration.ts'
import { certificateKeyRotation } from './rules/certificate/key-rotation.ts'
import { certificateQuantumVulnerable } from './rules/certificate/quantum-vulnerable.ts'
import { certificateRenewal } from './rules/certificate/renewal.ts'
import { certificateWeakKey } from './rules/certificate/weak-key.ts'
import { composeAddedCapability } from './rules/compose/added-capability.ts'
import { composeHostNamespace } from './rules/compose/host-namespace.ts'
import { composeHostPath } from './rules/compose/host-path.ts'
import { composeLiteralSecret } from './rules/compose/literal-secret.ts'
import { composePrivileged } from './rules/compose/privileged.ts'
import { composeRuntimeSocket } from './rules/compose/runtime-socket.ts'
import { composeUnconfined } from './rules/compose/unconfined.ts'
import { addForCopy } from './rules/dockerfile/add-for-copy.ts'
import { copiedSecret } from './rules/dockerfile/copied-secret.ts'
import { disabledVerification } from './rules/dockerfile/disabled-verification.ts'
import { duplicateStage } from './rules/dockerfile/duplicate-stage.ts'
import { endOfLifeBase } from './rules/dockerfile/end-of-life-base.ts'
import { packageCache } from './rules/dockerfile/package-cache.ts'
import { pipeToShell } from './rules/dockerfile/pipe-to-shell.ts'
import { relativeWorkdir } from './rules/dockerfile/relative-workdir.ts'
import { remoteAdd } from './rules/dockerfile/remote-add.ts'
import { rootUser } from './rules/dockerfile/root-user.ts'
import { secretArgument } from './rules/dockerfile/secret-argument.ts'
import { setuid } from './rules/dockerfile/setuid.ts'
import { severalCommands } from './rules/dockerfile/several-commands.ts'
import { shellEntrypoint } from './rules/dockerfile/shell-entrypoint.ts'
import { sudo } from './rules/dockerfile/sudo.ts'
import { unattendedInstall } from './rules/dockerfile/unattended-install.ts'
import { unknownStage } from './rules/dockerfile/unknown-stage.ts'
import { wholeContext } from './rules/dockerfile/whole-context.ts'
import { worldWritable } from './rules/dockerfile/world-writable.ts'
import { unusableExcuse } from './rules/excuse/unusable.ts'
import { mutableTag } from './rules/image/mutable-tag.ts'
import { untrustedRegistry } from './rules/image/untrusted-registry.ts'
import { allowAll } from './rules/mesh/allow-all.ts'
import { alternativeRules } from './rules/mesh/alternative-rules.ts'
import { denyPositivePorts } from './rules/mesh/deny-positive-ports.ts'
import { denyWithoutEffect } from './rules/mesh/deny-without-effect.ts'
import { identityWithoutMtls } from './rules/mesh/identity-without-mtls.ts'
import { plaintextAccepted } from './rules/mesh/plaintext-accepted.ts'
import { tlsOff } from './rules/mesh/tls-off.ts'
import { weakerStandard } from './rules/namespace/weaker-standard.ts'
import { allowAllPeer } from './rules/network/allow-all-peer.ts'
import { neverApplies } from './rules/network/never-applies.ts'
import { newPath } from './rules/network/new-path.ts'
import { noDns } from './rules/network/no-dns.ts'
import { oneDirection } from './rules/network/one-direction.ts'
import { separatePeers } from './rules/network/separate-peers.ts'
import { unlabelledNamespace } from './rules/network/unlabelled-namespace.ts'
import { unmatchedSelector } from './rules/network/unmatched-selector.ts'
import { unselectedWorkload } from './rules/network/unselected-workload.ts'
import { objectLiteralSecret } from './rules/object/literal-secret.ts'
import { cpuLimit } from './rules/pod/cpu-limit.ts'
import { defaultServiceAccount } from './rules/pod/default-service-account.ts'
import { hostAliases } from './rules/pod/host-aliases.ts'
import { literalSecret } from './rules/pod/literal-secret.ts'
import { memoryLimit } from './rules/pod/memory-limit.ts'
import { privilegeEscalation } from './rules/pod/privilege-escalation.ts'
import { privileged } from './rules/pod/privileged.ts'
import { probes } from './rules/pod/probes.ts'
import { resourceRequests } from './rules/pod/resource-requests.ts'
import { runAsRoot } from './rules/pod/run-as-root.ts'
import { runtimeSocket } from './rules/pod/runtime-socket.ts'
import { secretInEnvironment } from './rules/pod/secret-in-environment.ts'
import { secretSubPath } from './rules/pod/secret-sub-path.ts'
import { serviceAccountToken } from './rules/pod/service-account-token.ts'
import { sharedProcessNamespace } from './rules/pod/shared-process-namespace.ts'
import { podSysctls } from './rules/pod/sysctls.ts'
import { writableHostPath } from './rules/pod/writable-host-path.ts'
import { writableRootFilesystem } from './rules/pod/writable-root-filesystem.ts'
import { allowPrivilegeEscalation } from './rules/pod-security/allow-privilege-escalation.ts'
import { appArmorProfile } from './rules/pod-security/app-armor-profile.ts'
import { capabilitiesBaseline } from './rules/pod-security/capabilities-baseline.ts'
import { capabilitiesRestricted } from './rules/pod-security/capabilities-restricted.ts'
import { hostNamespaces } from './rules/pod-security/host-namespaces.ts'
import { hostPathVolumes } from './rules/pod-security/host-path-volumes.ts'
import { hostPorts } from './rules/pod-security/host-ports.ts'
import { hostProbesAndHostLifecycle } from './rules/pod-security/host-probes-and-host-lifecycle.ts'
import { standardPrivileged } from './rules/pod-security/privileged.ts'
import { procMount } from './rules/pod-security/proc-mount.ts'
import { procMountRestricted } from './rules/pod-security/proc-mount-restricted.ts'
import { restrictedVolumes } from './rules/pod-security/restricted-volumes.ts'
import { runAsNonRoot } from './rules/pod-security/run-as-non-root.ts'
import { runAsUser } from './rules/pod-security/run-as-user.ts'
import { seLinuxOptions } from './rules/pod-security/se-linux-options.ts'
import { seccompProfileBaseline } from './rules/pod-security/seccomp-profile-baseline.ts'
import { seccompProfileRestricted } from './rules/pod-security/seccomp-profile-restricted.ts'
import { sysctls } from './rules/pod-security/sysctls.ts'
import { windowsHostProcess } from './rules/pod-security/windows-host-process.ts'
import { quotaExceeded } from './rules/quota/exceeded.ts'
import { limitRange } from './rules/quota/limit-range.ts'
import { quotaUnspecified } from './rules/quota/unspecified.ts'
import { addedRights } from './rules/rbac/added-rights.ts'
import { broadBinding } from './rules/rbac/broad-binding.ts'
import { clusterAdmin } from './rules/rbac/cluster-admin.ts'
import { escalation } from './rules/rbac/escalation.ts'
import { ineffectiveResourceNames } from './rules/rbac/ineffective-resource-names.ts'
import { secretAccess } from './rules/rbac/secret-access.ts'
import { wildcard } from './rules/rbac/wildcard.ts'
import { missingField } from './rules/shape/missing-field.ts'
import { unknownField } from './rules/shape/unknown-field.ts'
import { wrongType } from './rules/shape/wrong-type.ts'
import { privilegedStep } from './rules/tekton/privileged-step.ts'
import { scriptInjection } from './rules/tekton/script-injection.ts'
import { undeclaredParameter } from './rules/tekton/undeclared-parameter.ts'
import { broadPermissions } from './rules/workflow/broad-permissions.ts'
import { workflowPrivilegedContainer } from './rules/workflow/privileged-container.ts'
import { workflowScriptInjection } from './rules/workflow/script-injection.ts'
import { unpinnedAction } from './rules/workflow/unpinned-action.ts'
import { untrustedCheckout } from './rules/workflow/untrusted-checkout.ts'

export const changeRules: readonly Rule<Change>[] = [weakerStandard, newPath, addedRights]

export const dockerfileRules: readonly Rule<Dockerfile>[] = [
  addForCopy,
  copiedSecret,
  disabledVerification,
  duplicateStage,
  endOfLifeBase,
  packageCache,
  pipeToShell,
  relativeWorkdir,
  remoteAdd,
  rootUser,
  secretArgument,
  setuid,
  severalCommands,
  shellEntrypoint,
  sudo,
  unattendedInstall,
  unknownStage,
  wholeContext,
  worldWritable,
]

export const imageUseRules: readonly Rule<ImageUse>[] = [mutableTag, untrustedRegistry]

export const objectRules: readonly Rule<KubernetesObject>[] = [
  deprecatedApi,
  removedApi,
  certificateDuration,
  certificateKeyRotation,
  certificateQuantumVulnerable,
  certificateRenewal,
  certificateWeakKey,
  unusableExcuse,
  allowAll,
  alternativeRules,
  denyPositivePorts,
  denyWithoutEffect,
  plaintextAccepted,
  tlsOff,
  allowAllPeer,
  neverApplies,
  separatePeers,
  objectLiteralSecret,
  broadBinding,
  clusterAdmin,
  escalation,
  ineffectiveResourceNames,
  secretAccess,
  wildcard,
  missingField,
  unknownField,
  wrongType,
  privilegedStep,
  scriptInjection,
  undeclaredParameter,
]

export const podRules: readonly Rule<Pod>[] = [
  cpuLimit,
  defaultServiceAccount,
  hostAliases,
  literalSecret,
  memoryLimit,
  privilegeEscalation,
  privileged,
  probes,
  resourceRequests,
  runAsRoot,
  runtimeSocket,
  secretInEnvironment,
  secretSubPath,
  serviceAccountToken,
  sharedProcessNamespace,
  podSysctls,
  writableHostPath,
  writableRootFilesystem,
]

export const repositoryRules: readonly Rule<Repository>[] = [
  podSecurityPolicy,
  identityWithoutMtls,
  noDns,
  oneDirection,
  unlabelledNamespace,
  unmatchedSelector,
  unselectedWorkload,
  quotaExceeded,
  limitRange,
  quotaUnspecified,
]

export const composeRules: readonly Rule<ComposeService>[] = [
  composeAddedCapability,
  composeHostNamespace,
  composeHostPath,
  composeLiteralSecret,
  composePrivileged,
  composeRuntimeSocket,
  composeUnconfined,
]

export const workflowRules: readonly Rule<Workflow>[] = [
  broadPermissions,
  workflowPrivilegedContainer,
  workflowScriptInjection,
  unpinnedAction,
  untrustedCheckout,
]

/** The checks of the Pod Security Standards. */
export const standardRules: readonly StandardRule[] = [
  allowPrivilegeEscalation,
  appArmorProfile,
  capabilitiesBaseline,
  capabilitiesRestricted,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  standardPrivileged,
  procMount,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seLinuxOptions,
  seccompProfileBaseline,
  seccompProfileRestricted,
  sysctls,
  windowsHostProcess,
]

export const ruleLists = {
  changeRules,
  composeRules,
  dockerfileRules,
  imageUseRules,
  objectRules,
  podRules,
  repositoryRules,
  workflowRules,
  standardRules,
}

/** The text of every rule, by id. */
export const ruleTexts: readonly RuleText[] = Object.values(ruleLists)
  .flat()
  .sort((a, b) => (a.id < b.id ? -1 : 1))
