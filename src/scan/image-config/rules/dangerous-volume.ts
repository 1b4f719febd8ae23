/** Volumes of the configuration: https://docs.docker.com/reference/dockerfile/#volume */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const dangerousVolume: ImageRule = {
  id: 'image/dangerous-volume',
  severity: 'medium',
  title: 'Image declares a volume where none belongs',
  why: 'The runtime puts a writable volume over the path, whatever the image has there. At a socket of the runtime the image asks for the host itself, and over system folders it gets round a read-only root file system.',
  fix: 'Remove the `VOLUME`; declare volumes for data alone, and leave mounts to the workload.',
  references: [
    'https://docs.docker.com/reference/dockerfile/#volume',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  concerns: 'image',
  *check({ image: { config } }) {
    for (const volume of config.volumes ?? []) {
      const path = volume.replace(/\/+$/, '') || '/'
      const isSocket = /^\/(?:var\/)?run\/(?:docker|crio|podman|containerd)(?:\/\w+)*\.sock$/.test(path)
      const isSystem = /^\/(?:bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|usr|var|var\/run|usr\/(?:bin|lib|local|sbin))?$/.test(path)
      if (!isSocket && !isSystem) continue
      yield {
        content: { field: 'Volumes' },
        anchor: path,
        message: `volume ${quote(path)} ${isSocket ? 'is the socket of a container runtime' : "covers what is the system's"}`,
      }
    }
  },
}
