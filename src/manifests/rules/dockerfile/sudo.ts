/** sudo in a build: https://docs.docker.com/build/building/best-practices/#user */
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import { commandsOf, programOf } from '../../dockerfile/shell.ts'
import type { Rule } from '../../rule.ts'

export const sudo: Rule<Dockerfile> = {
  id: 'dockerfile/sudo',
  severity: 'medium',
  title: 'sudo is used or installed',
  why: 'The build is root already, or should not be; in the image that is built, sudo is a way from any user to root.',
  fix: 'Switch users with `USER`, and do not install sudo.',
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions.filter(({ name }) => ['ADD', 'COPY', 'RUN'].includes(name))) {
      // What a shell writes into sudoers is one of its words, or in a here-document.
      if (/\bNOPASSWD:/.test(instruction.arguments) || instruction.hereDocuments.some(({ body }) => /\bNOPASSWD:/.test(body)))
        yield at(dockerfile, instruction, 'sudo is allowed without a password')
      if (instruction.name !== 'RUN') continue
      const commands = commandsOf(instruction)
      const isUsed = commands.some(({ words }) => words.includes('sudo'))
      if (isUsed)
        yield at(
          dockerfile,
          instruction,
          commands.some((command) => isInstalled(programOf(command))) ? 'sudo is installed' : 'sudo is used',
        )
    }
  },
}

function isInstalled({ options }: ReturnType<typeof programOf>): boolean {
  return options.includes('sudo') && options.some((option) => option === 'install' || option === 'add')
}
