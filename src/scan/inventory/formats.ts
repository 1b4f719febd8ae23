/** Every package format, in alphabetical order. No two read the same path, but for those of any name. */

import type { LayerEntry } from '../../oci/layer.ts'
import { apk } from './apk.ts'
import { composer } from './composer.ts'
import { conda } from './conda.ts'
import { cran } from './cran.ts'
import { dotnet } from './dotnet.ts'
import { dpkg } from './dpkg.ts'
import { dpkgFiles } from './dpkg-files.ts'
import { executable } from './executable.ts'
import type { PackageFormat } from './format.ts'
import { java } from './java.ts'
import { node } from './node.ts'
import { osRelease } from './os-release.ts'
import { python } from './python.ts'
import { releaseFiles } from './release-files.ts'
import { rpm } from './rpm.ts'
import { rpmManifest } from './rpm-manifest.ts'
import { ruby } from './ruby.ts'
import { sbom } from './sbom.ts'

export const formats: readonly PackageFormat[] = [
  apk,
  composer,
  conda,
  cran,
  dotnet,
  dpkg,
  dpkgFiles,
  executable,
  java,
  node,
  osRelease,
  python,
  releaseFiles,
  rpm,
  rpmManifest,
  ruby,
  sbom,
]

/** Finds the format that a file belongs to. By the end of its path most are done with: a layer has a hundred thousand, and few are of any format. */
export function formatFinder(list: readonly PackageFormat[]): (entry: LayerEntry) => PackageFormat | undefined {
  const ends = new Set(list.flatMap(({ endings = [] }) => endings.map(endOf)))
  const ofEnd = (end?: number) => list.filter(({ endings }) => endings?.some((one) => endOf(one) === end) !== false)
  const byEnd = new Map([...ends].map((end) => [end, ofEnd(end)]))
  const others = ofEnd()
  return (entry) => {
    const { path } = entry
    let anyName: PackageFormat | undefined
    for (const format of byEnd.get(endOf(path)) ?? others) {
      if (!format.reads(path, entry)) continue
      if (!format.anyName) return format
      anyName ??= format
    }
    return anyName
  }
}

/** The last two characters as a number, the same for capital and small letters. */
function endOf(text: string): number {
  return ((text.charCodeAt(text.length - 2) | 0x20) << 16) | text.charCodeAt(text.length - 1) | 0x20
}
