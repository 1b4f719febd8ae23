/** Paths of a node that are worse than others. */

const sockets: ReadonlySet<string> = new Set([
  'docker.sock',
  'containerd.sock',
  'crio.sock',
  'cri-dockerd.sock',
  'podman.sock',
  'dockershim.sock',
  'buildkitd.sock',
])

/** True for the socket itself, wherever it lies. */
export function isRuntimeSocket(path: string): boolean {
  return sockets.has(path.replace(/\/+$/, '').split('/').at(-1) ?? '')
}

/** True for the folders that runtimes put it in: to connect to it, the folder is enough, also where it cannot be written to. */
export function holdsRuntimeSocket(path: string): boolean {
  return /^(?:\/var)?\/run(?:\/(?:containerd|crio|docker|k3s(?:\/containerd)?|podman))?$/.test(
    path.replace(/\/+/g, '/').replace(/\/(?:\.\/?)?$/, ''),
  )
}
