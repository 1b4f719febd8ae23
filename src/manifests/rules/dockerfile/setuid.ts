/** Files that run as their owner: https://docs.docker.com/engine/security/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { modeChangesOf } from '../../dockerfile/modes.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const setuid: Rule<Dockerfile> = {
  id: 'dockerfile/setuid',
  severity: 'high',
  title: 'setuid or setgid file is made',
  why: 'A program with the setuid bit runs as its owner, mostly root, whoever starts it: it is the classical way to become root in a container.',
  fix: 'Leave the bit away; give the program the one capability that it needs, if any.',
  references: ['https://man7.org/linux/man-pages/man7/inode.7.html'],
  *check(dockerfile) {
    for (const { instruction, mode, by } of modeChangesOf(dockerfile))
      if (isSetuid(mode)) yield at(dockerfile, instruction, `${by}${quote(mode)} sets the setuid or setgid bit`)
  },
}

function isSetuid(mode: string): boolean {
  if (mode.length > 40) return false
  if (/^0?[0-7]{4}$/.test(mode)) return (Number.parseInt(mode.slice(-4, -3), 8) & 6) !== 0
  return mode.split(',').some((clause) => /^[ugoa]*[+=][rwxXt]*s/.test(clause))
}
