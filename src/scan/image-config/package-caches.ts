/** What package managers keep for the next time, which does not come in an image. */

export interface PackageCache {
  readonly program: string
  readonly folder: string
  /** How a build leaves it away. */
  readonly remedy: string
}

const removal = (folder: string) => `rm -rf /${folder}/* in the same RUN`

export const packageCaches: readonly PackageCache[] = [
  ['apk', 'var/cache/apk', 'apk add --no-cache'],
  ['apt', 'var/cache/apt', 'apt-get clean in the same RUN'],
  ['apt', 'var/lib/apt/lists', removal('var/lib/apt/lists')],
  ['cargo', 'root/.cargo/registry/cache', removal('root/.cargo/registry')],
  ['dnf', 'var/cache/dnf', 'dnf clean all in the same RUN'],
  ['dnf', 'var/cache/libdnf5', 'dnf clean all in the same RUN'],
  ['Go', 'root/.cache/go-build', 'a build stage of its own, or RUN --mount=type=cache'],
  ['npm', 'root/.npm/_cacache', 'npm cache clean --force in the same RUN, or RUN --mount=type=cache'],
  ['pacman', 'var/cache/pacman/pkg', removal('var/cache/pacman/pkg')],
  ['pip', 'root/.cache/pip', 'pip install --no-cache-dir'],
  ['uv', 'root/.cache/uv', 'uv --no-cache, or RUN --mount=type=cache'],
  ['Yarn', 'usr/local/share/.cache/yarn', 'yarn cache clean in the same RUN'],
  ['yum', 'var/cache/yum', 'yum clean all in the same RUN'],
  ['zypper', 'var/cache/zypp', 'zypper clean --all in the same RUN'],
].map(([program = '', folder = '', remedy = '']) => ({ program, folder, remedy }))

export function isPackageCache(path: string): boolean {
  // Nearly all paths are told apart here.
  return (
    (path.startsWith('var/') || path.startsWith('root/.') || path.startsWith('usr/local/s')) &&
    packageCaches.some(({ folder }) => isBelow(path, folder))
  )
}

export function isBelow(path: string, folder: string): boolean {
  return path.length > folder.length && path[folder.length] === '/' && path.startsWith(folder)
}
