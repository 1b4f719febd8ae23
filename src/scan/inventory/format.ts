/** What a package format is: one file a format, listed in `formats.ts`. What it yields is a function of the file alone, plain values throughout. */
import type { Distribution } from '../../findings.ts'
import type { LayerEntry } from '../../oci/layer.ts'
import type { NamedFiles } from '../path-endings.ts'

/** PATH_MAX: no file of a longer name can be opened on Linux. */
export const maxPathLength = 4096

/** Shown to `reads` are files whose paths have one of its `endings`. */
export interface PackageFormat extends NamedFiles {
  readonly name: string
  /** Where its databases are in every image, relative to the root: links there must lead to what was read. */
  readonly places?: readonly string[]
  /** The file that says better what this one says, where the image has it. */
  readonly betterPath?: (path: string) => string | undefined
  /** Reads files of any name, and leaves those that another format knows by their path. */
  readonly anyName?: boolean
  /** Whether this file is one of the format's. Looks at the path, and for programs (that bear any name) at mode and size; opens nothing. */
  reads(path: string, entry: Pick<LayerEntry, 'mode' | 'sizeBytes'>): boolean
  /** Streams one file and opens no other. What it cannot read is yielded as a gap; whatever it throws is made one. May stop early. */
  read(file: PackageFile, context: FormatContext): AsyncIterable<Found>
}

export interface PackageFile {
  /** Relative to the image's root. */
  readonly path: string
  readonly sizeBytes: number
  readonly body: AsyncIterable<Uint8Array>
}

export interface FormatContext {
  readonly signal: AbortSignal
}

export type Found = FoundPackage | FoundDistribution | FoundOwnership | FoundOwnerships | FoundConfiguration | FoundDiversion | FoundGap

export interface FoundPackage {
  readonly kind: 'package'
  /** The purl type. Purls of the operating system's packages (`apk`, `deb`, `rpm`) get their namespace when layers are merged. */
  readonly type: string
  /** As its ecosystem writes it: `@babel/core`, `org.slf4j:slf4j-api`, `github.com/spf13/cobra`. */
  readonly name: string
  /** As its version order compares it: with epoch and release for `deb` and `rpm`. */
  readonly version: string
  readonly source?: string
  readonly sourceVersion?: string
  readonly architecture?: string
  readonly module?: string
  readonly licenses?: readonly string[]
  /** Of the purl, besides those that all packages of its type have. */
  readonly qualifiers?: Readonly<Record<string, string>>
  /** The place within the file (an archive in an archive), as in a URL of type `jar`: `BOOT-INF/lib/a.jar`. */
  readonly within?: string
  /** The whole purl, where the file states one (an SBOM). */
  readonly purl?: string
}

export interface FoundDistribution {
  readonly kind: 'distribution'
  readonly distribution: Distribution
}

/** A file that the operating system's package manager put there. */
export interface FoundOwnership extends OwnedFile {
  readonly kind: 'owns'
}

/** Several at once, where there are many: a promise for each of a hundred thousand takes longer than all else. */
export interface FoundOwnerships {
  readonly kind: 'owns-all'
  readonly files: readonly OwnedFile[]
}

export interface OwnedFile {
  /** Relative to the image's root, as the package manager names it (links in it are not followed). */
  readonly path: string
  /** What it put there, in the form of `integrity/digest.ts`; absent where it does not say, or for what is meant to be changed. */
  readonly digest?: string
  /** The package's name, where it has a digest. */
  readonly owner?: string
}

/** A file that a package brought for people to change. */
export interface FoundConfiguration {
  readonly kind: 'configures'
  readonly path: string
}

/** The file of every other package lies elsewhere. dpkg-divert(1) */
export interface FoundDiversion {
  readonly kind: 'diverts'
  readonly path: string
  readonly to: string
  /** The package that has the path for itself; `:` for the administrator. */
  readonly owner: string
}

export interface FoundGap {
  readonly kind: 'gap'
  /** Counts from 1. */
  readonly line?: number
  readonly message: string
}
