/** Gathers what several rules look up in an image; the files are walked once, when the first rule asks. */

import type { ContentInput } from '../content-check.ts'
import type { ImageFile } from '../image-files.ts'
import { systemTypes } from '../system-types.ts'
import { accountsOf } from './accounts.ts'
import { historyOf } from './history.ts'
import { isPackageCache } from './package-caches.ts'
import type { ExaminedImage } from './rule.ts'

/** More files of this kind are not told one by one. */
export const maxNotable = 200_000

export function examineImage({ image, evidence, now }: ContentInput): ExaminedImage & { readonly isCut: () => boolean } {
  let notable: readonly ImageFile[] | undefined
  // Modes in layers of Windows say nothing of who may do what.
  const isWindows = image.platform.os === 'windows'
  const names = new Set(evidence.packages.filter(({ type }) => systemTypes.has(type)).map(({ name }) => name))
  return {
    image,
    evidence,
    now,
    accounts: accountsOf(evidence.remarks ?? []),
    history: historyOf(image),
    get notable() {
      notable ??= gather(isWindows ? [] : (evidence.files?.all() ?? []))
      return notable
    },
    hasPackage: (...wanted) => wanted.some((name) => names.has(name)),
    isCut: () => (notable?.length ?? 0) > maxNotable,
  }
}

function gather(files: Iterable<ImageFile>): readonly ImageFile[] {
  const found: ImageFile[] = []
  for (const file of files) {
    if (!isNotable(file)) continue
    found.push(file)
    if (found.length > maxNotable) break
  }
  return found
}

function isNotable({ path, type, mode }: ImageFile): boolean {
  if (type === 'symlink') return false
  return (mode & 0o6002) !== 0 || isPackageCache(path)
}
