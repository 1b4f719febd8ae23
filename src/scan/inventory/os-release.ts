/** The distribution of an image. os-release(5): https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
import type { Distribution } from '../../findings.ts'
import { readText } from '../../formats/text.ts'
import type { PackageFormat } from './format.ts'

export const osRelease: PackageFormat = {
  name: 'os-release',
  endings: ['os-release'],
  reads: (path) => path === 'etc/os-release' || path === 'usr/lib/os-release',
  async *read(file) {
    const fields = new Map<string, string>()
    for (const [index, text] of (await readText(file.body, limitBytes)).split('\n').entries()) {
      const line = text.trim()
      if (line === '' || line.startsWith('#')) continue
      const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line)
      if (assignment?.[1] === undefined) yield { kind: 'gap', line: index + 1, message: 'line is not an assignment' }
      else fields.set(assignment[1], unquote(assignment[2] ?? ''))
    }
    yield { kind: 'distribution', distribution: distributionOf(fields) }
  },
}

/** Real ones have some hundred bytes. */
const limitBytes = 64 * 1024

function distributionOf(fields: ReadonlyMap<string, string>): Distribution {
  const codename = fields.get('VERSION_CODENAME')
  const name = fields.get('PRETTY_NAME') ?? fields.get('NAME')
  return {
    id: fields.get('ID')?.toLowerCase() || 'linux',
    version: fields.get('VERSION_ID') ?? '',
    idLike: (fields.get('ID_LIKE') ?? '').split(/\s+/).filter((id) => id !== ''),
    ...(codename ? { codename } : {}),
    ...(name ? { name } : {}),
  }
}

/** Shell quoting, of one word: in double quotes a backslash escapes `"`, `$`, `` ` `` and itself. */
function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(value)
  if (quoted?.[1] === "'") return quoted[2] ?? ''
  if (quoted?.[1] === '"') return (quoted[2] ?? '').replace(/\\(["$`\\])/g, '$1')
  return value.replace(/\\(.)/g, '$1')
}
