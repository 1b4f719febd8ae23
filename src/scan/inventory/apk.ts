/** Installed packages of Alpine, Wolfi and Chainguard: paragraphs of one-letter fields. https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2 */
import { paragraphs } from '../../formats/paragraphs.ts'
import { shortDigest } from '../integrity/digest.ts'
import type { PackageFormat } from './format.ts'

export const apk: PackageFormat = {
  name: 'apk',
  places: ['lib/apk/db/installed', 'usr/lib/apk/db/installed'],
  endings: ['installed'],
  reads: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  async *read(file) {
    for await (const { fields, line, faults } of paragraphs(file.body)) {
      for (const fault of faults) yield { kind: 'gap', ...fault }
      const first = new Map<string, string>()
      let directory = ''
      let path: string | undefined
      for (const [key, value] of fields) {
        if (key === 'F') directory = value
        else if (key === 'R') {
          if (path !== undefined) yield { kind: 'owns', path }
          path = directory === '' ? value : `${directory}/${value}`
        } else if (key === 'Z' && path !== undefined) {
          const digest = path.startsWith(configurationFolder) ? undefined : digestOf(value, first.get('f')?.includes('S') === true)
          yield digest === undefined ? { kind: 'owns', path } : { kind: 'owns', path, digest, owner: first.get('P') ?? '' }
          path = undefined
        } else if (!first.has(key)) first.set(key, value)
      }
      if (path !== undefined) yield { kind: 'owns', path }
      const name = first.get('P')
      const version = first.get('V')
      if (!name || !version) {
        yield { kind: 'gap', line, message: 'paragraph without a package name or a version' }
        continue
      }
      const architecture = first.get('A')
      const license = first.get('L')
      yield {
        kind: 'package',
        type: 'apk',
        name,
        version,
        source: first.get('o') ?? name,
        ...(architecture ? { architecture } : {}),
        ...(license ? { licenses: [license] } : {}),
      }
    }
  },
}

/** What apk itself leaves alone when it was changed: `protected_paths` of apk(8). */
const configurationFolder = 'etc/'

/**
 * `Q1` and the SHA-1 in base64. Since version 3 that can be the beginning of a SHA-256: whole, in two parts, or where the package has the flag `S`.
 * `apk_blob_pull_digest` and `apk_db_fdb_read` of apk-tools
 */
function digestOf(value: string, isShortSha256: boolean): string | undefined {
  const parts = /^Q([12])([A-Za-z0-9+/]{27}=?)([A-Za-z0-9+/=]*)$/.exec(value)
  if (!parts) return undefined
  const [, kind, start = '', rest = ''] = parts
  return shortDigest(kind === '2' || rest !== '' || isShortSha256 ? 'sha256' : 'sha1', Buffer.from(start, 'base64').toString('hex'))
}
