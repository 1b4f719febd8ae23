/** Files that everybody may write: https://docs.docker.com/engine/security/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { modeChangesOf } from '../../dockerfile/modes.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const worldWritable: Rule<Dockerfile> = {
  id: 'dockerfile/world-writable',
  severity: 'medium',
  title: 'File is made writable for everybody',
  why: 'Whoever runs in the container, as any user, can change the file: a program or its configuration that others trust.',
  fix: 'Give the file to the user that has to write it (`--chown`), with mode 755 or 644.',
  references: ['https://man7.org/linux/man-pages/man7/inode.7.html'],
  *check(dockerfile) {
    for (const { instruction, mode, by } of modeChangesOf(dockerfile))
      if (isWorldWritable(mode)) yield at(dockerfile, instruction, `${by}${quote(mode)} lets everybody write`)
  },
}

function isWorldWritable(mode: string): boolean {
  if (mode.length > 40) return false
  // The sticky bit, as on /tmp, keeps others' files safe.
  if (/^[0-7]{3,4}$/.test(mode)) return (Number.parseInt(mode.slice(-1), 8) & 2) !== 0 && !/^1[0-7]{3}$/.test(mode)
  return (
    mode
      .split(',')
      .some((clause) => /^(?:[ug]*[oa][ugoa]*|)[+=][rxXs]*w/.test(clause) && !/^[ug]+[+=]/.test(clause) && !/t/.test(clause)) &&
    !/\+t/.test(mode)
  )
}
