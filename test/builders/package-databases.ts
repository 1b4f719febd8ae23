/** Package databases as package managers write them. */

export interface ApkPackage {
  readonly version: string
  readonly origin?: string
  readonly architecture?: string
  readonly license?: string
  readonly files?: readonly string[]
}

export function apkDatabase(packages: Readonly<Record<string, string | ApkPackage>>): string {
  return Object.entries(packages)
    .map(([name, one]) => {
      const {
        version,
        origin = name,
        architecture = 'x86_64',
        license = 'MIT',
        files = [],
      } = typeof one === 'string' ? { version: one } : one
      const lines = [
        'C:Q1p78yvTLG094tHE1+dToJGbmYzQE=',
        `P:${name}`,
        `V:${version}`,
        `A:${architecture}`,
        'S:1',
        `L:${license}`,
        `o:${origin}`,
      ]
      for (const file of files) {
        const slash = file.lastIndexOf('/')
        lines.push(`F:${file.slice(0, Math.max(slash, 0))}`, `R:${file.slice(slash + 1)}`, 'a:0:0:755')
      }
      return `${lines.join('\n')}\n\n`
    })
    .join('')
}

export interface DpkgPackage {
  readonly version: string
  readonly source?: string
  readonly architecture?: string
  /** Null for a record without the field. */
  readonly status?: string | null
}

export function dpkgStatus(packages: Readonly<Record<string, string | DpkgPackage>>): string {
  return Object.entries(packages)
    .map(([name, one]) => {
      const { version, source, architecture = 'amd64', status = 'install ok installed' } = typeof one === 'string' ? { version: one } : one
      const lines = [`Package: ${name}`]
      if (status !== null) lines.push(`Status: ${status}`)
      lines.push('Maintainer: A <a@example.org>', `Architecture: ${architecture}`)
      if (source !== undefined) lines.push(`Source: ${source}`)
      lines.push(`Version: ${version}`, 'Description: a package', ' with a longer text: of two lines')
      return `${lines.join('\n')}\n\n`
    })
    .join('')
}

export function osRelease(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}="${value}"\n`)
    .join('')
}
