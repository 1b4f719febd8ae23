/** Accounts with root's number: passwd(5) */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const secondRoot: ImageRule = {
  id: 'image/second-root',
  severity: 'high',
  title: 'Another account has the number of root',
  why: 'The kernel knows numbers, not names: an account with the number 0 is root whatever it is called, and a check for the name root does not see it. Intruders leave such accounts behind.',
  fix: 'Remove the account, or give it a number of its own.',
  references: ['https://man7.org/linux/man-pages/man5/passwd.5.html'],
  concerns: 'image',
  *check({ accounts }) {
    for (const { name, uid, place } of accounts.all) {
      if (uid === 0 && name !== 'root')
        yield { content: place, anchor: name, message: `account ${quote(name)} has the number 0, which is root's` }
    }
  },
}
