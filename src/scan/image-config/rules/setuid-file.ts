/** CIS Docker Benchmark 4.8: https://www.cisecurity.org/benchmark/docker */
import { quote } from '../../../findings.ts'
import type { ImageFile } from '../../image-files.ts'
import { systemTypes } from '../../system-types.ts'
import type { ImageRule } from '../rule.ts'
import { isNeverShippedSetuid, isShippedSetuid } from '../setuid-programs.ts'

export const setuidFile: ImageRule = {
  id: 'image/setuid-file',
  severity: 'high',
  title: 'setuid or setgid file that the distribution does not ship so',
  why: 'A program with the setuid bit runs as its owner, mostly root, whoever starts it: one that nobody but this image knows is the classical way to root in a container, left by mistake or on purpose. (CIS Docker Benchmark 4.8)',
  fix: "Take the bit away where the file is made (`chmod a-s`), and give the program the one capability that it needs, if any. `allowPrivilegeEscalation: false` takes the bit's effect away where the container runs.",
  references: ['https://www.cisecurity.org/benchmark/docker', 'https://man7.org/linux/man-pages/man7/inode.7.html'],
  concerns: 'image',
  *check({ notable, evidence }) {
    const installing = new Set(evidence.packages.filter(({ type }) => systemTypes.has(type)).map((one) => one.layer))
    const found = notable.filter(isEffective).sort((left, right) => (left.path < right.path ? -1 : 1))
    for (const file of found) {
      const { path, layer } = file
      const isOwned = evidence.files?.isOwned(path) ?? false
      const detail = { content: { path, layer }, anchor: path, severity: severityOf(file) }
      const what = `${quote(path)} ${describe(file)}`
      if (isNeverShippedSetuid(path)) yield { ...detail, message: `${what}, and lets whoever starts it do anything with that` }
      // Nobody can ask a package manager that was taken out; what it would have said is known.
      else if (!isOwned && !(isShippedSetuid(path) && installing.size === 0))
        yield { ...detail, message: `${what}, and no package owns it` }
      // The package's own layer has installed it as its maintainers want it.
      else if (isOwned && !isShippedSetuid(path) && installing.size > 0 && !installing.has(layer))
        yield { ...detail, message: `${what} since a layer that installs no package wrote it again` }
    }
  },
}

/** Without the right to execute, the kernel makes nothing of the bits. */
function isEffective({ type, mode }: ImageFile): boolean {
  if (type !== 'file' && type !== 'hardlink') return false
  return ((mode & 0o4000) !== 0 && (mode & 0o111) !== 0) || ((mode & 0o2000) !== 0 && (mode & 0o010) !== 0)
}

function isSetuid({ mode }: ImageFile): boolean {
  return (mode & 0o4000) !== 0 && (mode & 0o111) !== 0
}

function describe(file: ImageFile): string {
  if (isSetuid(file)) return file.uid === 0 ? 'runs as root (setuid)' : `runs as user ${file.uid} (setuid)`
  return `runs with group ${file.gid} (setgid)`
}

function severityOf(file: ImageFile): 'high' | 'medium' {
  return isSetuid(file) && file.uid === 0 ? 'high' : 'medium'
}
