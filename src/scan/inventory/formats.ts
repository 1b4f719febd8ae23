/** Every package format, in alphabetical order. */
import { apk } from './apk.ts'
import { dpkg } from './dpkg.ts'
import { executable } from './executable.ts'
import type { PackageFormat } from './format.ts'
import { osRelease } from './os-release.ts'
import { rpm } from './rpm.ts'

export const formats: readonly PackageFormat[] = [apk, dpkg, executable, osRelease, rpm]
