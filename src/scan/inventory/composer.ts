/** PHP packages that Composer installed, or is to install. https://getcomposer.org/doc/07-runtime.md, https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control */
import { itemsOf, membersOf, textOf } from '../../formats/json-object.ts'
import { readText } from '../../formats/text.ts'
import type { PackageFormat } from './format.ts'

export const composer: PackageFormat = {
  name: 'composer',
  endings: ['installed.json', 'composer.lock'],
  reads: (path) => /(?:^|\/)composer\/installed\.json$|(?:^|\/)composer\.lock$/.test(path),
  // The lock file is what was to be installed, and Composer writes beside it what was.
  betterPath: (path) => (path.endsWith('composer.lock') ? path.replace(/composer\.lock$/, 'vendor/composer/installed.json') : undefined),
  async *read(file) {
    const document: unknown = JSON.parse(await readText(file.body, limitBytes))
    // Composer 1 wrote the list alone. Packages for development are in a list of their own in `composer.lock`, and not installed from there.
    const list = Array.isArray(document) ? document : membersOf(document)?.get('packages')
    if (!Array.isArray(list)) throw new SyntaxError('file has no list of packages')
    for (const one of list) {
      const members = membersOf(one)
      const name = textOf(members?.get('name'))
      const version = textOf(members?.get('version'))
      if (!name || !version) {
        yield { kind: 'gap', message: 'package without a name or a version' }
        continue
      }
      const licenses = itemsOf(members?.get('license')).flatMap((license) => textOf(license) ?? [])
      yield { kind: 'package', type: 'composer', name, version, ...(licenses.length > 0 ? { licenses } : {}) }
    }
  },
}

const limitBytes = 64 * 1024 * 1024
