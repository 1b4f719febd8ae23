/** PodSecurityPolicy, removed in v1.25: which standard it comes nearest to, and what of a pod it would have refused. https://kubernetes.io/docs/reference/access-authn-authz/psp-to-pod-security-standards/ */
import { quote } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Pod } from '../repo/pod.ts'
import type { Level } from './pod-security.ts'
import type { Violation } from './rule.ts'
import { isSet, violation } from './violation.ts'

const baselineCapabilities: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '),
)
const restrictedVolumes: ReadonlySet<string> = new Set(
  'configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret'.split(' '),
)

/** The strictest level of which the policy asks all that its fields can ask. */
export function nearestLevel(root: Field): Level {
  const spec = (...path: string[]) => root.at('spec', ...path)
  const added = textsOf(spec('allowedCapabilities'))
  const volumes = textsOf(spec('volumes'))
  const isHost =
    ['privileged', 'hostNetwork', 'hostPID', 'hostIPC'].some((name) => spec(name).value === true) || spec('hostPorts').items().length > 0
  const isBaseline =
    !isHost && added.every((name) => baselineCapabilities.has(name)) && !volumes.some((name) => name === 'hostPath' || name === '*')
  if (!isBaseline) return 'privileged'
  const isRestricted =
    spec('allowPrivilegeEscalation').value === false &&
    textsOf(spec('requiredDropCapabilities')).includes('ALL') &&
    added.every((name) => name === 'NET_BIND_SERVICE') &&
    mustBeNonRoot(spec('runAsUser')) &&
    volumes.every((name) => restrictedVolumes.has(name))
  return isRestricted ? 'restricted' : 'baseline'
}

/** What the policy's fields forbid; nothing enforces it any more. */
export function* refusals(pod: Pod, spec: Field): Generator<Violation> {
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) {
    const field = pod.at(name)
    if (field.value === true && spec.at(name).value !== true) yield violation(field, `pod sets ${name}`)
  }
  const volumes = textsOf(spec.at('volumes'))
  for (const volume of pod.at('volumes').items()) {
    const source = volume.entries().find(([key, field]) => key !== 'name' && isSet(field))
    if (source === undefined || volumes.includes('*') || volumes.includes(source[0])) continue
    yield violation(source[1], `volume ${quote(String(volume.at('name').value ?? ''))} has the type ${quote(source[0])}`)
  }
  for (const container of pod.containers) {
    const [name, context] = [quote(container.name), container.at('securityContext')]
    const says = (field: string) => (isSet(context.at(field)) ? context.at(field) : pod.at('securityContext', field))
    if (context.at('privileged').value === true && spec.at('privileged').value !== true)
      yield violation(context.at('privileged'), `container ${name} runs privileged`)
    if (spec.at('allowPrivilegeEscalation').value === false && context.at('allowPrivilegeEscalation').value !== false) {
      yield violation(context.at('allowPrivilegeEscalation'), `container ${name} does not set allowPrivilegeEscalation to false`)
    }
    if (spec.at('readOnlyRootFilesystem').value === true && context.at('readOnlyRootFilesystem').value !== true) {
      yield violation(context.at('readOnlyRootFilesystem'), `container ${name} does not set readOnlyRootFilesystem to true`)
    }
    const user = says('runAsUser')
    if (mustBeNonRoot(spec.at('runAsUser')) && (user.value === 0 || (!isSet(user) && says('runAsNonRoot').value !== true))) {
      yield violation(isSet(user) ? user : context.at('runAsNonRoot'), `container ${name} may run as root`)
    }
    const dropped = textsOf(context.at('capabilities', 'drop'))
    const kept = textsOf(spec.at('requiredDropCapabilities')).filter((one) => !dropped.includes(one) && !dropped.includes('ALL'))
    if (kept.length > 0) yield violation(context.at('capabilities', 'drop'), `container ${name} does not drop ${kept.join(', ')}`)
    const allowed = [...textsOf(spec.at('allowedCapabilities')), ...textsOf(spec.at('defaultAddCapabilities'))]
    for (const added of context.at('capabilities', 'add').items()) {
      if (!allowed.includes('*') && !allowed.includes(String(added.value)))
        yield violation(added, `container ${name} adds the capability ${quote(String(added.value))}`)
    }
  }
}

/** `MustRunAsNonRoot`, or ranges that leave 0 out. */
function mustBeNonRoot(field: Field): boolean {
  const rule = field.at('rule').value
  const ranges = field.at('ranges').items()
  return (
    rule === 'MustRunAsNonRoot' || (rule === 'MustRunAs' && ranges.length > 0 && ranges.every((range) => Number(range.at('min').value) > 0))
  )
}

function textsOf(field: Field): readonly string[] {
  return field.items().map(({ value }) => String(value))
}
