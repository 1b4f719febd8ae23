/** Ports that only the privileged may open: https://docs.kernel.org/networking/ip-sysctl.html#ip-variables */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const privilegedPort: ImageRule = {
  id: 'image/privileged-port',
  severity: 'low',
  title: 'Image exposes a privileged port',
  why: 'To open a port below 1024 a process has to be root or have the capability NET_BIND_SERVICE, unless net.ipv4.ip_unprivileged_port_start is 0, as Docker sets it since 20.10 and containerd since 2.0. Such a port is a reason for which images keep running as root.',
  fix: 'Listen on a port from 1024 up, such as 8080, and let the Service map port 80 to it.',
  references: [
    'https://docs.kernel.org/networking/ip-sysctl.html#ip-variables',
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  ],
  concerns: 'container',
  *check({ image: { config } }) {
    const ports = config.exposedPorts.flatMap((text) => {
      const number = Number(/^(\d{1,5})(?:\/(?:tcp|udp|sctp))?$/i.exec(text)?.[1])
      // Port 22 is told by image/ssh-server.
      return number > 0 && number < 1024 && number !== 22 ? [{ text, number }] : []
    })
    for (const { text } of ports.sort((left, right) => left.number - right.number)) {
      yield {
        content: { field: 'ExposedPorts' },
        anchor: text,
        message: `port ${quote(text, 20)} needs root or NET_BIND_SERVICE where net.ipv4.ip_unprivileged_port_start is not lowered`,
      }
    }
  },
}
