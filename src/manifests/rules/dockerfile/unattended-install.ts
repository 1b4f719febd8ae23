/** Installs that would ask. */
import type { Dockerfile } from '../../../repo/repository.ts'
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
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions.filter(({ name }) => name === 'RUN')) {
      for (const { name, options } of commandsOf(instruction).map(programOf)) {
        const isInstall = (name === 'apt' || name === 'apt-get' || name === 'yum' || name === 'dnf') && options.includes('install')
        const isConfirmed = options.some((option) =>
          /^(?:-[a-zA-Z]*y[a-zA-Z]*|--yes|--assume-yes|--assumeyes|-qq+|--quiet=2)$/.test(option),
        )
        if (isInstall && !isConfirmed) yield at(dockerfile, instruction, `${name} install has no -y`)
      }
    }
  },
}
