/** How Kubernetes holds runAsNonRoot: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
import { quote } from '../../../findings.ts'
import { configuredUser } from '../configured-user.ts'
import type { ImageRule } from '../rule.ts'

export const namedUser: ImageRule = {
  id: 'image/named-user',
  severity: 'medium',
  title: 'Workload asks for runAsNonRoot, and the image names its user',
  why: 'The kubelet does not look names up in the image: it cannot tell that the user is not root, and refuses to start the container (CreateContainerConfigError).',
  fix: 'End the Dockerfile with the number of the user (`USER 10001`), or set `runAsUser` beside `runAsNonRoot`.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  concerns: 'non-root',
  *check({ image, accounts }) {
    const user = configuredUser(image.config)
    if (user === undefined || image.platform.os === 'windows' || /^(?:root|\d+)$/.test(user)) return
    const uid = accounts.all.find(({ name }) => name === user)?.uid
    // Root by another name is told by image/root-user.
    if (uid === 0) return
    const number = uid === undefined ? '' : `, whose number is ${uid}`
    yield {
      content: { field: 'User' },
      message: `user ${quote(user)} is a name${number}: with runAsNonRoot the kubelet does not start the container`,
    }
  },
}
