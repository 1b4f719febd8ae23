/** What a pod may do on its node. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
import { isRuntimeSocket } from '../../manifests/host-paths.ts'
import type { Container, Pod } from '../../repo/pod.ts'
import type { PodExposure } from './exposure.ts'
import type { Privilege } from './points.ts'

type Found = PodExposure['privileges'][number]

export function privilegesOf(pod: Pod): readonly Found[] {
  return [...hostNamespaces(pod), ...hostPaths(pod), ...pod.containers.flatMap((container) => containerPrivileges(container, pod))]
}

function hostNamespaces(pod: Pod): readonly Found[] {
  return (['hostPID', 'hostNetwork', 'hostIPC'] as const)
    .filter((field) => pod.at(field).value === true)
    .map((field) => ({ privilege: 'host-namespace', what: field }))
}

function hostPaths(pod: Pod): readonly Found[] {
  return pod
    .at('volumes')
    .items()
    .flatMap((volume): readonly Found[] => {
      const { value } = volume.at('hostPath', 'path')
      if (typeof value !== 'string') return []
      if (isRuntimeSocket(value)) return [{ privilege: 'runtime-socket', what: `the runtime's socket ${value}` }]
      const name = volume.at('name').value
      const mounts = pod.containers
        .flatMap((container) => container.at('volumeMounts').items())
        .filter((each) => each.at('name').value === name)
      const isWritable = mounts.some((mount) => mount.at('readOnly').value !== true)
      return [{ privilege: isWritable ? 'host-path-writable' : 'host-path', what: `${value} of the node` }]
    })
}

function containerPrivileges(container: Container, pod: Pod): readonly Found[] {
  const security = container.at('securityContext')
  const added = security
    .at('capabilities', 'add')
    .items()
    .map(({ value }) => String(value))
  const root = rootOf(container, pod)
  return [
    ...(security.at('privileged').value === true ? [{ privilege: 'privileged', what: 'privileged' } as const] : []),
    ...capabilityPrivileges(added),
    ...(root === undefined ? [] : [root]),
  ]
}

/** By either name of a capability, `SYS_ADMIN` or `CAP_SYS_ADMIN`. */
export function capabilityPrivileges(added: readonly string[]): readonly Found[] {
  return added
    .map((name) => name.replace(/^CAP_/u, ''))
    .filter((name) => name !== 'NET_BIND_SERVICE')
    .map((name) => ({ privilege: strong.has(name) ? 'strong-capability' : 'capability', what: name }))
}

/** Ways out of the container, or to what other programs of the node do. capabilities(7) */
const strong: ReadonlySet<string> = new Set([
  'ALL',
  'BPF',
  'DAC_READ_SEARCH',
  'NET_ADMIN',
  'PERFMON',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
])

/** A container's own field takes the place of its pod's. */
function rootOf(container: Container, pod: Pod): Found | undefined {
  if (pod.at('os', 'name').value === 'windows') return undefined
  const field = (name: string) => {
    const own = container.at('securityContext', name)
    return own.kind === 'scalar' ? own : pod.at('securityContext', name)
  }
  const user = field('runAsUser')
  if (user.value === 0 || user.value === 0n) return { privilege: 'root', what: 'user 0' }
  if (user.kind === 'scalar' || field('runAsNonRoot').value === true) return undefined
  return { privilege: 'possible-root' satisfies Privilege, what: 'nothing keeps it from running as root' }
}
