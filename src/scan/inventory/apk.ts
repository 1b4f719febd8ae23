/** Installed packages of Alpine, Wolfi and Chainguard: paragraphs of one-letter fields. https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2 */
import { paragraphs } from '../../formats/paragraphs.ts'
import type { PackageFormat } from './format.ts'

export const apk: PackageFormat = {
  name: 'apk',
  places: ['lib/apk/db/installed', 'usr/lib/apk/db/installed'],
  reads: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  async *read(file) {
    for await (const { fields, line, faults } of paragraphs(file.body)) {
      for (const fault of faults) yield { kind: 'gap', ...fault }
      const first = new Map<string, string>()
      let directory = ''
      for (const [key, value] of fields) {
        if (key === 'F') directory = value
        else if (key === 'R') yield { kind: 'owns', path: directory === '' ? value : `${directory}/${value}` }
        else if (!first.has(key)) first.set(key, value)
      }
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
