/** Where a Compose service runs: on its host, which is in no cluster. https://docs.docker.com/reference/compose-file/services/ */
import type { Field } from '../../formats/field.ts'
import { bindMountsOf } from '../../manifests/compose.ts'
import { isRuntimeSocket } from '../../manifests/host-paths.ts'
import type { ComposeService } from '../../repo/repository.ts'
import type { Exposure, PodExposure } from './exposure.ts'
import { capabilityPrivileges } from './privileges.ts'

export function composeExposure(service: ComposeService): Exposure {
  const { file, name, root } = service
  return {
    subject: `service ${name} of ${file}`,
    namespace: '',
    importance: 'normal',
    isImportanceKnown: false,
    pod: {
      entrances: root.at('network_mode').value === 'host' ? ['the network of its host'] : publishedPorts(root),
      privileges: privilegesOf(service),
      rights: { level: 'none', account: '', what: '', isKnown: true },
      secrets: root
        .at('secrets')
        .items()
        .map((field) => String((field.kind === 'map' ? field.at('source') : field).value ?? '')),
    },
  }
}

/** `"8080:80"`, `"127.0.0.1:8080:80/tcp"`, `80`, or a map. What is published at the loopback address alone lets nobody in from outside. */
function publishedPorts(root: Field): readonly string[] {
  const ports = root
    .at('ports')
    .items()
    .map((field) => {
      if (field.kind === 'map') return ['published', 'host_ip'].map((key) => String(field.at(key).value ?? ''))
      // Variables may have colons in them, as addresses of IPv6 have.
      const text = String(field.value ?? '').replace(/\$\{[^{}]*\}/g, '$')
      return text
        .split(/:(?![^[]*\])/)
        .slice(0, -1)
        .reverse()
    })
  return ports
    .filter(([, host = '']) => !/^(?:127\.|\[?::1\]?$|localhost$)/.test(host))
    .map(([port = '']) => (/^\d/.test(port) ? `port ${port} of its host` : 'a port of its host'))
}

function privilegesOf(service: ComposeService): PodExposure['privileges'] {
  const { root } = service
  const added = root
    .at('cap_add')
    .items()
    .map(({ value }) => String(value))
  const user = root.at('user')
  return [
    ...(isTrue(root.at('privileged')) ? [{ privilege: 'privileged', what: 'privileged' } as const] : []),
    ...(['pid', 'network_mode', 'ipc'] as const)
      .filter((key) => root.at(key).value === 'host')
      .map((key) => ({ privilege: 'host-namespace', what: `${key} of its host` }) as const),
    ...bindMountsOf(service).map(({ source, isReadOnly }) => {
      if (isRuntimeSocket(source)) return { privilege: 'runtime-socket', what: `the runtime's socket ${source}` } as const
      return { privilege: isReadOnly ? 'host-path' : 'host-path-writable', what: `${source} of its host` } as const
    }),
    ...capabilityPrivileges(added),
    ...(user.kind === 'scalar' && /^(?:root|0+)?(?::|$)/.test(String(user.value))
      ? [{ privilege: 'root', what: 'user 0' } as const]
      : user.kind === 'scalar'
        ? []
        : [{ privilege: 'possible-root', what: 'nothing keeps it from running as root' } as const]),
  ]
}

function isTrue({ value }: Field): boolean {
  return value === true || value === 'true'
}
