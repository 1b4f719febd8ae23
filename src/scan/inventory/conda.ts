/** Packages of a Conda environment: one record each. https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html */
import { readJsonObject, textOf } from '../../formats/json-object.ts'
import type { PackageFormat } from './format.ts'

export const conda: PackageFormat = {
  name: 'conda',
  endings: ['.json'],
  reads: (path) => /(?:^|\/)conda-meta\/[^/]+\.json$/.test(path),
  async *read(file) {
    const record = await readJsonObject(file.body, limitBytes)
    const [name, version] = [textOf(record.get('name')), textOf(record.get('version'))]
    if (!name || !version) {
      yield { kind: 'gap', message: 'record without a name or a version' }
      return
    }
    const license = textOf(record.get('license'))
    const qualifiers = Object.fromEntries(
      (['build', 'channel', 'subdir'] as const).flatMap((key) => {
        const value = textOf(record.get(key))
        return value ? [[key, value]] : []
      }),
    )
    yield { kind: 'package', type: 'conda', name, version, qualifiers, ...(license ? { licenses: [license] } : {}) }
  },
}

/** A record lists all files of its package with their digests. */
const limitBytes = 64 * 1024 * 1024
