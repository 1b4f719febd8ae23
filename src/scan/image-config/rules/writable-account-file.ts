/** Who may write etc/passwd and its like: passwd(5), shadow(5), sudoers(5) */
import { quote } from '../../../findings.ts'
import { isAccountFile } from '../account-files.ts'
import type { ImageRule } from '../rule.ts'

const named = ['etc/passwd', 'etc/shadow', 'etc/group', 'etc/gshadow', 'etc/sudoers', 'etc/doas.conf']

export const writableAccountFile: ImageRule = {
  id: 'image/writable-account-file',
  severity: 'high',
  title: 'Others than root may write the files of accounts',
  why: 'Whoever can write etc/passwd, etc/shadow or etc/sudoers makes an account with the number 0 and becomes root. Images with etc/passwd writable by the group root got CVEs of their own for it, since every process of an arbitrary user is in that group on OpenShift.',
  fix: 'Leave the files to root with mode 644 (passwd, group), 640 (shadow) and 440 (sudoers). CRI-O and OpenShift add arbitrary users themselves since 4.2: no entry point has to.',
  references: ['https://man7.org/linux/man-pages/man5/passwd.5.html', 'https://access.redhat.com/articles/4859371'],
  concerns: 'image',
  *check({ notable, evidence: { files } }) {
    if (files === undefined) return
    const below = notable.filter(({ path, mode }) => isAccountFile(path) && !named.includes(path) && (mode & 0o002) !== 0)
    for (const file of [...named.map((path) => files.find(path)), ...below]) {
      if (file?.type !== 'file' || (file.mode & 0o022) === 0) continue
      const { path, mode, gid, layer } = file
      const isForAll = (mode & 0o002) !== 0
      const who = isForAll ? 'everybody' : `group ${gid}`
      yield {
        content: { path, layer },
        anchor: path,
        severity: isForAll ? 'high' : 'medium',
        message: `${who} may write ${quote(path)} (mode ${(mode & 0o7777).toString(8)})`,
      }
    }
  },
}
