/** Pod Security Standards, Baseline, check `sysctls`. */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { StandardRule } from '../../pod-security.ts'
import type { Violation } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const sysctls: StandardRule = {
  id: 'pod-security/sysctls',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'Pod sets a kernel parameter outside of the safe set',
  why: 'A sysctl that the kernel does not keep apart for each pod changes the node for all of them; others weaken protections of the kernel.',
  fix: 'Remove the sysctl, or set it on the node.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod, _, minor) {
    yield* unsafeSysctls(pod, minor)
  },
}

/** Shared with the rule for pods that no standard is asked of. */
export function* unsafeSysctls(pod: Pod, minor: number): Iterable<Violation> {
  for (const sysctl of pod.at('securityContext', 'sysctls').items()) {
    const name = String(sysctl.at('name').value ?? '')
    const since = safeSince.get(name)
    if (since !== undefined && since <= minor) continue
    yield violation(sysctl.at('name'), `pod sets the sysctl ${quote(name)}`)
  }
}

/** The minor version from which each name is in the safe set. */
const safeSince: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_notsent_lowat', 37],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.tcp_wmem', 32],
])
