/** Accounts that ask nothing of who comes: shadow(5) */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const emptyPassword: ImageRule = {
  id: 'image/empty-password',
  severity: 'high',
  title: 'Account has an empty password',
  why: 'Whoever gets to a program that logs in (su, login, an SSH server) becomes this account without being asked. For the account root of the Alpine images that was CVE-2019-5021.',
  fix: 'Lock the account in the image: `passwd -l NAME`, or `!` in the second field of etc/shadow.',
  references: ['https://man7.org/linux/man-pages/man5/shadow.5.html', 'https://nvd.nist.gov/vuln/detail/CVE-2019-5021'],
  concerns: 'image',
  *check({ accounts }) {
    for (const { name, password, shell, uid, passwordPlace } of accounts.all) {
      // su lets nobody into an account whose shell is none.
      if (password !== 'empty' || /\/(?:nologin|false|sync|halt|shutdown)$/.test(shell ?? '')) continue
      const isRoot = uid === 0 || name === 'root'
      yield {
        content: passwordPlace,
        anchor: name,
        severity: isRoot ? 'high' : 'medium',
        message: `account ${quote(name)} has an empty password`,
      }
    }
  },
}
