/** What package managers leave: https://docs.docker.com/build/building/best-practices/#apt-get */
import type { ImageFile } from '../../image-files.ts'
import { isBelow, packageCaches } from '../package-caches.ts'
import type { ImageRule } from '../rule.ts'

/** Less is not worth a word. */
const leastBytes = 1024 * 1024

export const packageCache: ImageRule = {
  id: 'image/package-cache',
  severity: 'low',
  title: 'Cache of a package manager is left in the image',
  why: 'Every node that runs the image loads and stores what nothing in it reads again, and a list of packages from the day of the build lets a later `install` take versions that have been fixed since.',
  fix: 'Remove the cache in the instruction that fills it (a later one leaves it in the layer below), or keep it out with `RUN --mount=type=cache`.',
  references: [
    'https://docs.docker.com/build/building/best-practices/#apt-get',
    'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  ],
  concerns: 'container',
  *check({ notable }) {
    for (const { program, folder, remedy } of packageCaches) {
      const files = notable.filter(({ path, type }) => type === 'file' && isBelow(path, folder))
      const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      const largest = files.reduce<ImageFile | undefined>(
        (most, file) => (file.sizeBytes > (most?.sizeBytes ?? -1) ? file : most),
        undefined,
      )
      if (bytes < leastBytes || largest === undefined) continue
      yield {
        content: { path: folder, layer: largest.layer },
        anchor: folder,
        message: `${folder} has ${(bytes / leastBytes).toFixed(1)} MiB that ${program} keeps for later: ${remedy}`,
      }
    }
  },
}
