/** CIS Docker Benchmark 5.7, "sshd is not run within containers": https://www.cisecurity.org/benchmark/docker */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const sshServer: ImageRule = {
  id: 'image/ssh-server',
  severity: 'medium',
  title: 'Image has an SSH server',
  why: 'A second way into the container, with keys and passwords of its own, that no admission control and no audit log of the cluster sees. (CIS Docker Benchmark, "sshd is not run within containers")',
  fix: 'Remove the server; `kubectl exec` and `kubectl debug` give the same to those whom the cluster lets, and write it down.',
  references: [
    'https://www.cisecurity.org/benchmark/docker',
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/',
  ],
  concerns: 'image',
  *check({ image, evidence, hasPackage }) {
    const program = ['usr/sbin/sshd', 'usr/bin/sshd', 'usr/local/sbin/sshd', 'usr/sbin/dropbear', 'usr/local/sbin/dropbear']
      .map((path) => evidence.files?.find(path))
      .find((file) => file?.type === 'file')
    const hasServer = hasPackage('openssh-server', 'dropbear', 'dropbear-bin', 'tinyssh')
    const port = image.config.exposedPorts.find((text) => /^22(?:\/tcp)?$/i.test(text))
    if (program)
      yield {
        content: { path: program.path, layer: program.layer },
        message: `${quote(program.path)} is an SSH server${port === undefined ? '' : ', and port 22 is exposed'}`,
      }
    else if (hasServer) yield { message: 'a package with an SSH server is installed' }
    else if (port !== undefined)
      yield { content: { field: 'ExposedPorts' }, severity: 'low', message: `port ${quote(port)} is that of SSH servers` }
  },
}
