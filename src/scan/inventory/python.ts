/** Installed Python distributions: `METADATA` of dist-info, `PKG-INFO` of egg-info. https://packaging.python.org/en/latest/specifications/core-metadata/ */
import { readText } from '../../formats/text.ts'
import type { PackageFormat } from './format.ts'

export const python: PackageFormat = {
  name: 'python',
  endings: ['metadata', '.egg-info', 'pkg-info'],
  reads: (path) => /\.dist-info\/METADATA$|\.egg-info(?:\/PKG-INFO)?$|(?:^|\/)EGG-INFO\/PKG-INFO$/.test(path),
  async *read(file) {
    const fields = headerFields(await readText(file.body, limitBytes))
    const name = fields.get('name')
    const version = fields.get('version')
    if (!name || !version) {
      yield { kind: 'gap', message: 'metadata without a name or a version' }
      return
    }
    const license = fields.get('license-expression') ?? fields.get('license')
    yield {
      kind: 'package',
      type: 'pypi',
      name,
      version,
      ...(license && license !== 'UNKNOWN' && !license.includes('\n') ? { licenses: [license] } : {}),
    }
  },
}

/** The description, a whole readme, is in the same file. */
const limitBytes = 16 * 1024 * 1024

/** Header fields up to the first empty line, by lower-case name; of those that come again the first. RFC 5322 2.2 */
function headerFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length
  for (const field of text.slice(0, end).split(/\r?\n(?![ \t])/)) {
    const colon = field.indexOf(':')
    const name = field.slice(0, Math.max(colon, 0)).toLowerCase()
    if (name !== '' && !fields.has(name)) fields.set(name, field.slice(colon + 1).trim())
  }
  return fields
}
