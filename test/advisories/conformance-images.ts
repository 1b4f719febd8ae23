/** The public images' package lists and the advisories that must match them, read from their tables. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Distribution, Package } from '../../src/findings.ts'
import { distributionOf, packageOf } from '../builders/advisories.ts'

export const conformance = join(import.meta.dirname, '../../../shared/conformance')
export const hasConformance = existsSync(join(conformance, 'osv'))

interface ConformanceImage {
  readonly name: string
  readonly distribution: Distribution
  readonly type: 'apk' | 'deb' | 'rpm'
}

export const imagesWithFindings: readonly ConformanceImage[] = [
  { name: 'almalinux-8-bdb', distribution: distributionOf('almalinux', '8.6'), type: 'rpm' },
  { name: 'almalinux-9-sqlite', distribution: distributionOf('almalinux', '9.1'), type: 'rpm' },
  { name: 'alpine-3.11-aged', distribution: distributionOf('alpine', '3.11.0'), type: 'apk' },
  { name: 'debian-11-aged', distribution: distributionOf('debian', '11'), type: 'deb' },
]

export interface ExpectedFinding {
  readonly package: string
  readonly advisory: string
  readonly fixed: string
}

export function readInventory({ name, type }: ConformanceImage): readonly Package[] {
  return readTable(`${name}.packages.tsv`).map((row) => {
    if (type === 'rpm') {
      const [packageName = '', epoch = '', version = '', release = ''] = row
      return packageOf({ type, name: packageName, version: `${epoch === '(none)' ? '' : `${epoch}:`}${version}-${release}` })
    }
    const [packageName = '', version = '', source = packageName, sourceVersion = version] = row
    return packageOf({ type, name: packageName, version, source, sourceVersion })
  })
}

export function readExpected({ name }: ConformanceImage): readonly ExpectedFinding[] {
  return readTable(`${name}.findings.tsv`).map((row) => {
    const [, , packageName = '', , advisory = '', fixed = ''] = row
    return { package: packageName, advisory, fixed }
  })
}

function readTable(file: string): readonly string[][] {
  const [, ...lines] = readFileSync(join(conformance, 'images', file), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => line.split('\t'))
}
