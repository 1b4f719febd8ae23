/** Capabilities of programs, the finer form of the setuid bit: capabilities(7) */
import { quote } from '../../../findings.ts'
import type { PlacedRemark } from '../../examiner.ts'
import { type CapabilitiesRemark, isShippedWith } from '../file-capabilities.ts'
import type { ImageRule } from '../rule.ts'
import { isNeverShippedSetuid } from '../setuid-programs.ts'

export const fileCapability: ImageRule = {
  id: 'image/file-capability',
  severity: 'high',
  title: 'Program with capabilities that the distribution does not ship so',
  why: 'A program with capabilities has them whoever starts it, as one with the setuid bit has its owner’s rights: with SETUID, DAC_OVERRIDE or their like it is a way to root in the container, left by mistake or on purpose.',
  fix: 'Take them away where the file is made (`setcap -r`), or leave the one that the program needs, such as `cap_net_bind_service`. `allowPrivilegeEscalation: false` takes their effect away where the container runs.',
  references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  concerns: 'image',
  *check({ evidence: { files, remarks = [] } }) {
    const found = remarks.filter(isCapabilities).filter(({ isRemoved }) => !isRemoved)
    for (const { path, layer, permitted } of found.sort((left, right) => (left.path < right.path ? -1 : 1))) {
      const file = files?.find(path)
      // Nobody can start it.
      if (file && (file.mode & 0o111) === 0) continue
      const detail = { content: { path, layer }, anchor: path }
      if (permitted === undefined) {
        yield { ...detail, severity: 'medium', message: `${quote(path)} has capabilities of a form that Linux does not read` }
        continue
      }
      const telling = permitted.filter((name) => !harmless.has(name))
      if (telling.length === 0 || (isShippedWith(path, telling) && files?.isOwned(path) !== false)) continue
      const isOwned = files?.isOwned(path) === true && !isNeverShippedSetuid(path)
      const isStrong = telling.some((name) => rootly.has(name)) && !isOwned
      const owner = isOwned ? 'that its package is not known to ship' : 'whoever starts it'
      yield {
        ...detail,
        severity: isStrong ? 'high' : 'medium',
        message: `${quote(path)} has the capabilities ${telling.join(', ')}, ${owner}`,
      }
    }
  },
}

function isCapabilities(remark: PlacedRemark): remark is PlacedRemark<CapabilitiesRemark> {
  return remark.kind === 'capabilities'
}

/** What everybody gives to servers that listen on port 80 or keep keys out of swap. */
const harmless: ReadonlySet<string> = new Set(['IPC_LOCK', 'NET_BIND_SERVICE', 'SYS_NICE'])

/** Each is root sooner or later: other users, other users' files, or the kernel. */
const rootly: ReadonlySet<string> = new Set([
  'BPF',
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'SETFCAP',
  'SETGID',
  'SETUID',
  'SYS_ADMIN',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
])
