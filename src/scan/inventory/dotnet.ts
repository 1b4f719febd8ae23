/** Libraries of a .NET program or of a shared framework: its `deps.json`. https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md */
import { membersOf, readJsonObject, textOf } from '../../formats/json-object.ts'
import type { PackageFormat } from './format.ts'

export const dotnet: PackageFormat = {
  name: 'dotnet',
  endings: ['.deps.json'],
  reads: (path) => path.endsWith('.deps.json'),
  async *read(file) {
    const document = await readJsonObject(file.body, limitBytes)
    const libraries = membersOf(document.get('libraries'))
    if (!libraries) throw new SyntaxError('file has no libraries')
    for (const [key, library] of libraries) {
      const type = textOf(membersOf(library)?.get('type'))
      // The other types (`project`, `reference`) are the program's own.
      if (type !== 'package' && type !== 'runtimepack') continue
      const slash = key.lastIndexOf('/')
      const name = key.slice(0, Math.max(slash, 0)).replace(/^runtimepack\./, '')
      const version = key.slice(slash + 1)
      if (name === '' || version === '') yield { kind: 'gap', message: 'library without a name or a version' }
      else yield { kind: 'package', type: 'nuget', name, version }
    }
  },
}

const limitBytes = 64 * 1024 * 1024
