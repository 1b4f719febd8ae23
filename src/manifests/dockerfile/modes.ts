/** Where a Dockerfile sets the mode of files: `--chmod` of COPY and ADD, and chmod in RUN. */

import type { Instruction } from '../../formats/dockerfile.ts'
import type { Dockerfile } from '../../repo/repository.ts'
import { commandsOf, programOf } from './shell.ts'

export interface ModeChange {
  readonly instruction: Instruction
  /** As it is written: `4755`, `u+s`. */
  readonly mode: string
  readonly by: '--chmod=' | 'chmod '
}

export function* modeChangesOf({ source }: Dockerfile): Generator<ModeChange> {
  for (const instruction of source.instructions) {
    const flag = instruction.flags.get('chmod')
    if (flag !== undefined) yield { instruction, mode: flag, by: '--chmod=' }
    if (instruction.name !== 'RUN') continue
    for (const { name, options } of commandsOf(instruction).map(programOf)) {
      const mode = name === 'chmod' ? options.find((option) => !option.startsWith('--') && !/^-[RvcfhLHP]+$/.test(option)) : undefined
      if (mode !== undefined) yield { instruction, mode, by: 'chmod ' }
    }
  }
}
