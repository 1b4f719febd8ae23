/** Every package format, in alphabetical order. No two read the same path, but for those of any name. */

import type { LayerEntry } from '../../oci/layer.ts'
import { byEnding } from '../path-endings.ts'
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

/** Finds the format that a file belongs to. */
export function formatFinder(list: readonly PackageFormat[]): (entry: LayerEntry) => PackageFormat | undefined {
  const candidates = byEnding(list)
  return (entry) => {
    let anyName: PackageFormat | undefined
    for (const format of candidates(entry.path)) {
      if (!format.reads(entry.path, entry)) continue
      if (!format.anyName) return format
      anyName ??= format
    }
    return anyName
  }
}
