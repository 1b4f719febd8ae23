/** A password that all containers of an image share: CIS Docker Benchmark 4.10 */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const presetPassword: ImageRule = {
  id: 'image/preset-password',
  severity: 'medium',
  title: 'Account has a password that comes with the image',
  why: 'The password is the same wherever the image runs, and everybody who can pull the image has its hash to try words on.',
  fix: 'Leave accounts locked, and let nobody log in to a container; where somebody has to, mount the password or the key when the container starts.',
  references: ['https://man7.org/linux/man-pages/man5/shadow.5.html', 'https://www.cisecurity.org/benchmark/docker'],
  concerns: 'image',
  *check({ accounts }) {
    for (const { name, password, passwordPlace } of accounts.all) {
      if (password === 'set')
        yield { content: passwordPlace, anchor: name, message: `account ${quote(name)} has a password, the same in every container` }
    }
  },
}
