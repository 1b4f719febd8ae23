/** Which files dpkg owns: `info/NAME.list`, and in distroless images the digests beside each record. dpkg(1), `dpkg --listfiles` */
import { readText } from '../../formats/text.ts'
import type { PackageFormat } from './format.ts'

export const dpkgFiles: PackageFormat = {
  name: 'dpkg-files',
  reads: (path) => /^var\/lib\/dpkg\/(?:info\/[^/]+\.list|status\.d\/[^/]+\.md5sums)$/.test(path),
  async *read(file) {
    const isList = file.path.endsWith('.list')
    for (const line of (await readText(file.body, limitBytes)).split('\n')) {
      // `/usr/bin/x`, or `DIGEST  usr/bin/x`.
      const path = isList ? line.replace(/^\/+/, '') : line.slice(line.indexOf(' ') + 2)
      if (path !== '' && path !== '.') yield { kind: 'owns', path }
    }
  },
}

/** The longest have some megabytes. */
const limitBytes = 64 * 1024 * 1024
