/** Installed packages of Debian and its descendants: `status`, and `status.d/NAME` of distroless images. dpkg(1), deb-control(5); Debian Policy 5.6.1 for `Source` */
import { quote } from '../../findings.ts'
import { paragraphs } from '../../formats/paragraphs.ts'
import type { PackageFormat } from './format.ts'

export const dpkg: PackageFormat = {
  name: 'dpkg',
  places: ['var/lib/dpkg/status'],
  reads: (path) => path === 'var/lib/dpkg/status' || (path.startsWith(statusFolder) && isRecord(path.slice(statusFolder.length))),
  async *read(file) {
    for await (const { fields, line, faults } of paragraphs(file.body)) {
      for (const fault of faults) yield { kind: 'gap', ...fault }
      const field = new Map(fields)
      const state = stateOf(field.get('Status'))
      if (state === 'absent') continue
      if (state === 'unknown') yield { kind: 'gap', line, message: `status ${quote(field.get('Status') ?? '')} is not one of dpkg's` }
      const name = field.get('Package')
      const version = field.get('Version')
      if (!name || !version) {
        yield { kind: 'gap', line, message: 'paragraph without a package name or a version' }
        continue
      }
      const architecture = field.get('Architecture')
      yield {
        kind: 'package',
        type: 'deb',
        name,
        version,
        ...sourceOf(field.get('Source'), name, version),
        ...(architecture ? { architecture } : {}),
      }
      // ` /etc/x DIGEST`, and a word for those that are no more.
      for (const line of (field.get('Conffiles') ?? '').split('\n')) {
        const path = line.trim().split(' ', 1)[0]?.replace(/^\/+/, '')
        if (path) yield { kind: 'configures', path }
      }
    }
  },
}

const statusFolder = 'var/lib/dpkg/status.d/'

/** What distroless images put beside the records: other members of the package's control archive. deb(5) */
const otherMembers = /\.(?:md5sums|list|conffiles|(?:pre|post)(?:inst|rm)|triggers|templates|config|shlibs|symbols)$/

function isRecord(name: string): boolean {
  return name !== '' && !name.includes('/') && !name.startsWith('.') && !otherMembers.test(name)
}

/** The third word of `Status`: whether the package's files are there. A record without one (distroless) is of an installed package. */
function stateOf(status: string | undefined): 'present' | 'absent' | 'unknown' {
  if (status === undefined) return 'present'
  switch (status.split(/\s+/)[2]) {
    case 'installed':
    case 'unpacked':
    case 'half-installed':
    case 'half-configured':
    case 'triggers-awaited':
    case 'triggers-pending':
      return 'present'
    case 'config-files':
    case 'not-installed':
      return 'absent'
    default:
      return 'unknown'
  }
}

/** `Source: NAME (VERSION)`, with the package's own where one of them is not said. */
function sourceOf(field: string | undefined, name: string, version: string): { source: string; sourceVersion: string } {
  const parts = /^(\S+)(?:\s+\((\S+)\))?$/.exec(field ?? '')
  return { source: parts?.[1] ?? name, sourceVersion: parts?.[2] ?? version }
}
