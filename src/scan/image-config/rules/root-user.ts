/** CIS Docker Benchmark 4.1: https://www.cisecurity.org/benchmark/docker */
import { quote } from '../../../findings.ts'
import { configuredUser } from '../configured-user.ts'
import type { ImageRule } from '../rule.ts'

export const rootUser: ImageRule = {
  id: 'image/root-user',
  severity: 'medium',
  title: 'Image runs as root',
  why: 'Root in a container is root in the kernel that all containers of the node share: a flaw in the program, the runtime or a mounted volume then gives more than the program ever needed. (CIS Docker Benchmark 4.1)',
  fix: 'Make a user in the Dockerfile and end with `USER` and its number (`USER 10001`). A workload can also set `runAsUser`; where it does, this is not reported.',
  references: ['https://docs.docker.com/build/building/best-practices/#user', 'https://www.cisecurity.org/benchmark/docker'],
  concerns: 'container',
  *check({ image, accounts }) {
    // ContainerUser and ContainerAdministrator of Windows are another matter.
    if (image.platform.os === 'windows') return
    const content = { field: 'User' }
    const user = configuredUser(image.config)
    if (user === undefined) {
      yield { content, message: 'no user is configured: containers run as root unless the workload sets runAsUser' }
      return
    }
    const name = quote(user)
    if (/^(?:root|0+)$/.test(user))
      yield { content, message: `user ${name} is root: containers run as root unless the workload sets runAsUser` }
    else if (accounts.all.some((account) => account.name === user && account.uid === 0))
      yield { content, message: `user ${name} has the number 0 in etc/passwd, and is root by another name` }
  },
}
