/** Installs that would ask. */
import type { Dockerfile } from '../../../repo/repository.ts'
import { addWords } from '../../dockerfile/edits.ts'
import { at } from '../../dockerfile/place.ts'
import { commandsOf, programOf } from '../../dockerfile/shell.ts'
import type { Rule } from '../../rule.ts'

export const unattendedInstall: Rule<Dockerfile> = {
  id: 'dockerfile/unattended-install',
  severity: 'low',
  title: 'Install waits for an answer',
  why: '`apt-get install` without `-y` asks, and in a build nobody answers: it fails, or is answered by something else in a hurry.',
  fix: 'Add `-y` to the command.',
  references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  *check(dockerfile, { repository }) {
    for (const instruction of dockerfile.source.instructions.filter(({ name }) => name === 'RUN')) {
      const installs = commandsOf(instruction)
        .map(programOf)
        .filter(({ name, options }) => managers.has(name) && options.includes('install'))
      for (const { name, options } of installs) {
        const isConfirmed = options.some((option) =>
          /^(?:-[a-zA-Z]*y[a-zA-Z]*|--yes|--assume-yes|--assumeyes|-qq+|--quiet=2)$/.test(option),
        )
        if (isConfirmed) continue
        const pattern = /\b(?:apt|apt-get|yum|dnf)(?:\s+-[^\s;&|]+)*\s+install\b/
        const mended = installs.length === 1 ? addWords(repository, dockerfile, instruction, pattern, '-y') : undefined
        yield at(dockerfile, instruction, `${name} install has no -y`, undefined, mended)
      }
    }
  },
}

const managers: ReadonlySet<string> = new Set(['apt', 'apt-get', 'dnf', 'yum'])
