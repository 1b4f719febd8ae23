/** CIS Docker Benchmark 4.3, "unnecessary packages are not installed": https://www.cisecurity.org/benchmark/docker */
import { quote } from '../../../findings.ts'
import type { Image } from '../../../oci/image.ts'
import type { ImageFiles } from '../../image-files.ts'
import type { ImageRule } from '../rule.ts'

export const shellInMinimal: ImageRule = {
  id: 'image/shell-in-minimal',
  severity: 'low',
  title: 'Image that is called minimal has a shell or a package manager',
  why: 'The name says that an intruder finds no tools here, and those who run the image rely on it. A shell or a package manager is what turns one flaw into a place to work from. (CIS Docker Benchmark 4.3)',
  fix: 'Take the program out, or build on the base that the name promises: copy only your program into it. An image for debugging says so in its tag (`debug`, `dev`).',
  references: [
    'https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  concerns: 'container',
  *check({ image, evidence: { files } }) {
    const claim = files && claimOf(image, files)
    if (!claim) return
    const found = [...shells, ...packageManagers].flatMap((path) => {
      const file = files.find(path)
      return file?.type === 'file' || file?.type === 'hardlink' ? [{ path, layer: file.layer }] : []
    })
    const [first] = found
    if (first)
      yield {
        content: first,
        message: `image is called ${quote(claim)}, and has ${found
          .slice(0, 4)
          .map(({ path }) => quote(path))
          .join(', ')}`,
      }
  },
}

const shells = ['bin/sh', 'bin/bash', 'bin/busybox', 'busybox/sh']
const packageManagers = ['usr/bin/apt-get', 'sbin/apk', 'usr/bin/dnf', 'usr/bin/microdnf', 'usr/bin/tdnf', 'usr/bin/yum', 'usr/bin/zypper']

/** The word that claims it, in the image's own name or its base's; a tag that says `debug`, `dev` or `shell` takes it back. */
function claimOf({ reference, annotations, config }: Image, files: ImageFiles): string | undefined {
  const key = 'org.opencontainers.image.base.name'
  const names = [`${reference.repository}:${reference.tag ?? ''}`, annotations.get(key) ?? config.labels.get(key) ?? '']
  // The vendors' own minimal images come with this one, and say so.
  const isVendors = files.find('usr/bin/microdnf') !== undefined || files.find('usr/bin/tdnf') !== undefined
  for (const name of names) {
    const words = name
      .toLowerCase()
      .slice(0, 1000)
      .split(/[^a-z]+/)
    if (words.some((word) => ['busybox', 'debug', 'dev', 'shell'].includes(word))) return undefined
    const claim = words.find((word) => ['chiseled', 'distroless', 'scratch', 'static'].includes(word) || (word === 'minimal' && !isVendors))
    if (claim !== undefined) return claim
  }
  return undefined
}
