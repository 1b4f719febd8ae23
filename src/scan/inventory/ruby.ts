/** Installed gems: the specification that RubyGems writes for each. https://guides.rubygems.org/specification-reference/ */
import { readText } from '../../formats/text.ts'
import type { PackageFormat } from './format.ts'

export const ruby: PackageFormat = {
  name: 'ruby',
  endings: ['.gemspec'],
  reads: (path) => /(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/.test(path),
  async *read(file) {
    // Ruby source, and nothing runs it: RubyGems itself writes these lines, always in this form.
    const text = await readText(file.body, limitBytes)
    const [, name, version] = stub.exec(text) ?? [undefined, assigned(text, 'name'), assigned(text, 'version')]
    if (!name || !version) {
      yield { kind: 'gap', message: 'gem specification without a name or a version that is a literal' }
      return
    }
    const licenses = [...(/\.licenses\s*=\s*\[([^\]]*)\]/.exec(text)?.[1] ?? '').matchAll(/"([^"]+)"/g)].flatMap(([, one]) => one ?? [])
    yield { kind: 'package', type: 'gem', name, version, ...(licenses.length > 0 ? { licenses } : {}) }
  },
}

const limitBytes = 1024 * 1024

/** `# stub: NAME VERSION PLATFORM PATHS` */
const stub = /^# stub: (\S+) (\S+) \S+/m

function assigned(text: string, field: string): string | undefined {
  return new RegExp(`^\\s*\\w+\\.${field}\\s*=\\s*(?:Gem::Version\\.new\\s*\\(?\\s*)?["']([^"'#]+)["']`, 'm').exec(text)?.[1]
}
