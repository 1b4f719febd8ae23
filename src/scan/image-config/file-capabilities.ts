/** Capabilities that programs are given by an extended attribute. capabilities(7), "File capabilities"; `struct vfs_cap_data` of linux/capability.h */
import type { Examiner, Remark } from '../examiner.ts'

export interface CapabilitiesRemark extends Remark {
  readonly kind: 'capabilities'
  /** That whoever starts it may have, without `CAP_`, in the order of their numbers; absent where the attribute is none that Linux reads. */
  readonly permitted?: readonly string[]
}

export const capabilitiesExaminer: Examiner<CapabilitiesRemark> = {
  name: 'capabilities',
  version: 1,
  open({ path, capability }) {
    if (capability === undefined) return undefined
    const permitted = permittedBy(capability)
    if (permitted?.length === 0) return undefined
    return { write: () => false, end: () => [{ kind: 'capabilities', path, ...(permitted && { permitted }) }] }
  },
}

/** By the first byte of the last four of its magic number: bytes, and words of 32 capabilities. */
const revisions: ReadonlyMap<number, { readonly bytes: number; readonly words: number }> = new Map([
  [1, { bytes: 12, words: 1 }],
  [2, { bytes: 20, words: 2 }],
  [3, { bytes: 24, words: 2 }],
])

/** `text`: as the tar's reader gives it, from UTF-8 where the bytes happen to be that. */
function permittedBy(text: string): readonly string[] | undefined {
  for (const encoding of ['latin1', 'utf8'] as const) {
    const bytes = Buffer.from(text, encoding)
    const revision = revisions.get(bytes[3] ?? 0)
    if (revision?.bytes !== bytes.length) continue
    return names.filter((_, number) => number < 32 * revision.words && (bytes.readUInt32LE(4 + 8 * (number >> 5)) >>> (number & 31)) & 1)
  }
  return undefined
}

/** By their numbers. linux/capability.h */
const names: readonly string[] =
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'.split(
    ' ',
  )

/** By the program's name: what Debian, Fedora, RHEL, SUSE and Alpine give it (`getcap -r /` of their images; `%caps` of their packages). */
const shipped: ReadonlyMap<string, readonly string[]> = new Map([
  ['arping', ['NET_RAW']],
  ['clockdiff', ['NET_RAW', 'SYS_NICE']],
  ['dumpcap', ['NET_ADMIN', 'NET_RAW']],
  ['fping', ['NET_RAW']],
  ['gst-ptp-helper', ['NET_ADMIN', 'NET_BIND_SERVICE', 'SYS_NICE']],
  ['krb5_child', ['DAC_READ_SEARCH', 'SETGID', 'SETUID']],
  ['ldap_child', ['DAC_READ_SEARCH']],
  ['mtr-packet', ['NET_RAW']],
  ['newgidmap', ['SETGID']],
  ['newuidmap', ['SETUID']],
  ['ping', ['NET_RAW']],
  ['selinux_child', ['SETGID', 'SETUID']],
  ['sssd_pam', ['DAC_READ_SEARCH']],
  ['suexec', ['SETGID', 'SETUID']],
])

const shippedFolders = /^(?:usr\/)?(?:bin|sbin|lib|lib64|libexec)\//

export function isShippedWith(path: string, permitted: readonly string[]): boolean {
  const usual = shippedFolders.test(path) ? shipped.get(path.slice(path.lastIndexOf('/') + 1)) : undefined
  return usual !== undefined && permitted.every((name) => usual.includes(name))
}
