/** Packages of images that keep a list instead of RPM's database (Azure Linux, CBL-Mariner distroless): `rpm -qa` with a format of its own. https://github.com/microsoft/azurelinux/tree/3.0/toolkit */
import { readText } from '../../formats/text.ts'
import type { PackageFormat } from './format.ts'
import { sourceOf } from './rpm.ts'

export const rpmManifest: PackageFormat = {
  name: 'rpm-manifest',
  endings: ['manifest-2'],
  reads: (path) => path === 'var/lib/rpmmanifest/container-manifest-2',
  async *read(file) {
    for (const [index, line] of (await readText(file.body, limitBytes)).split('\n').entries()) {
      if (line.trim() === '') continue
      // NAME, VERSION-RELEASE, times of installing and building, VENDOR, EPOCH, SIZE, ARCH, EPOCHNUM, SOURCERPM
      const [name, versionRelease, , , , epochText, , architecture, , sourceRpm] = line.split('\t')
      if (!name || !versionRelease || sourceRpm === undefined) {
        yield { kind: 'gap', line: index + 1, message: 'line is not a package of ten columns' }
        continue
      }
      const epoch = /^\d+$/.test(epochText ?? '') ? `${epochText}:` : ''
      yield {
        kind: 'package',
        type: 'rpm',
        name,
        version: `${epoch}${versionRelease}`,
        ...sourceOf(sourceRpm, epoch),
        ...(architecture ? { architecture } : {}),
      }
    }
  },
}

const limitBytes = 16 * 1024 * 1024
