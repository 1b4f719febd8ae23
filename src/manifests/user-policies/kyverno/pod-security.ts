/** Kyverno's `validate.podSecurity`: a Pod Security Standard in the place of a pattern. https://kyverno.io/docs/policy-types/cluster-policy/validate/#pod-security */
import type { Field } from '../../../formats/field.ts'
import { type Pod, podsOf } from '../../../repo/pod.ts'
import { contextOf } from '../../context.ts'
import { checksOf, readMinor } from '../../pod-security.ts'
import { standardRules } from '../../rules.ts'
import type { Target } from '../target.ts'
import type { PolicyVerdict } from '../verdicts.ts'
import { matchesWildcard } from './scalar-pattern.ts'
import { Unsupported } from './variables.ts'

/** Throws Unsupported. */
export function judgePodSecurity(podSecurity: Field, said: string, target: Target): readonly PolicyVerdict[] {
  const exclusions = podSecurity.at('exclude').items().map(readExclusion)
  const level = podSecurity.at('level').value
  if (level !== 'privileged' && level !== 'baseline' && level !== 'restricted') throw new Unsupported('podSecurity without a level')
  const minor = readMinor(podSecurity.at('version').value)
  // Suggestions are the standard's own; a user's policy only refuses.
  const context = contextOf({ ...nothing, lines: () => [] }, {})
  return podsOf(target.object).flatMap((pod) =>
    checksOf({ level, minor }, standardRules).flatMap((rule) =>
      [...rule.check(pod, context, minor)].flatMap((violation) =>
        'field' in violation && !exclusions.some((exclusion) => excludes(exclusion, rule.id, violation.field, pod))
          ? [{ kind: 'refused' as const, message: `${said}: ${violation.message}`, field: violation.field }]
          : [],
      ),
    ),
  )
}

interface Exclusion {
  readonly checks: readonly string[]
  /** Of the containers that are excluded; none: the fields of the pod itself are. */
  readonly images: readonly string[]
  /** With the values that are let through; undefined: the whole control is excluded. */
  readonly restrictedField: string | undefined
  readonly values: readonly string[]
}

/** The names that Kyverno has for the checks of the standards: https://kyverno.io/docs/policy-types/cluster-policy/validate/#pod-security */
const checksOfControl: ReadonlyMap<string, readonly string[]> = new Map([
  ['/proc Mount Type', ['proc-mount', 'proc-mount-restricted']],
  ['AppArmor', ['app-armor-profile']],
  ['Capabilities', ['capabilities-baseline', 'capabilities-restricted']],
  ['Host Namespaces', ['host-namespaces']],
  ['Host Ports', ['host-ports']],
  ['HostPath Volumes', ['host-path-volumes']],
  ['HostProcess', ['windows-host-process']],
  ['Privilege Escalation', ['allow-privilege-escalation']],
  ['Privileged Containers', ['privileged']],
  ['Running as Non-root', ['run-as-non-root']],
  ['Running as Non-root user', ['run-as-user']],
  ['SELinux', ['se-linux-options']],
  ['Seccomp', ['seccomp-profile-baseline', 'seccomp-profile-restricted']],
  ['Sysctls', ['sysctls']],
  ['Volume Types', ['restricted-volumes']],
])

function readExclusion(field: Field): Exclusion {
  const control = String(field.at('controlName').value ?? '')
  const checks = checksOfControl.get(control)
  if (checks === undefined) throw new Unsupported(`podSecurity without the control ${control.slice(0, 60)}`)
  const texts = (name: string) =>
    field
      .at(name)
      .items()
      .map(({ value }) => String(value))
  const restrictedField = field.at('restrictedField').value
  return {
    checks: checks.map((check) => `pod-security/${check}`),
    images: texts('images'),
    restrictedField: typeof restrictedField === 'string' ? restrictedField : undefined,
    values: texts('values'),
  }
}

function excludes({ checks, images, restrictedField, values }: Exclusion, check: string, field: Field, pod: Pod): boolean {
  if (!checks.includes(check)) return false
  const below = field.path.slice(pod.spec.path.length)
  const [list, index] = below
  const isOfContainer = typeof index === 'number' && /^(?:containers|ephemeralContainers|initContainers)$/.test(String(list))
  const image = isOfContainer ? String(pod.spec.at(String(list), index, 'image').value ?? '') : undefined
  const isOfImage = image === undefined ? images.length === 0 : images.some((pattern) => matchesWildcard(image, pattern))
  if (!isOfImage || restrictedField === undefined) return isOfImage
  const written = `spec${below.map((step) => (typeof step === 'number' ? '[*]' : `.${step}`)).join('')}`
  // An element of a list of values is let through by the name of the list.
  return written.replace(/\[\*\]$/, '') === restrictedField.replace(/\[\*\]$/, '') && values.includes(String(field.value ?? ''))
}

const nothing = {
  objects: [],
  dockerfiles: [],
  imageUses: [],
  gaps: [],
  coverage: { judged: 0, skipped: 0, skippedFiles: [] },
} as const
