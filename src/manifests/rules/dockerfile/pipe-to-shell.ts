/** A download that is run: https://docs.docker.com/build/building/best-practices/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import { commandsOf, isShell, programOf } from '../../dockerfile/shell.ts'
import type { Rule } from '../../rule.ts'

export const pipeToShell: Rule<Dockerfile> = {
  id: 'dockerfile/pipe-to-shell',
  severity: 'high',
  title: 'Download is piped into a shell',
  why: 'What the server sends is run as root while the image is built: nobody has seen it, it can differ from build to build, and a broken connection runs half of it.',
  fix: 'Download to a file, check its digest, then run it; or use a package.',
  references: ['https://docs.docker.com/build/building/best-practices/'],
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions.filter(({ name }) => name === 'RUN')) {
      const commands = commandsOf(instruction)
      for (const [index, command] of commands.entries()) {
        const { name, options } = programOf(command)
        if (isDownload(name) && isPipedToInterpreter(commands.slice(index))) {
          yield at(dockerfile, instruction, `what ${name} downloads is run`)
        } else if (isRunner(name) && (options.some(isDownloading) || isSubstituted(options, commands[index + 1]))) {
          yield at(dockerfile, instruction, `what is downloaded is run by ${quote(name)}`)
        }
      }
    }
  },
}

function isRunner(name: string): boolean {
  return isShell(name) || isInterpreter(name) || name === 'eval' || name === 'source' || name === '.'
}

function isInterpreter(name: string): boolean {
  return /^(?:python[\d.]*|perl|ruby|node|php)$/.test(name)
}

/** Within one word, as between quotation marks. */
function isDownloading(option: string): boolean {
  return /(?:\$\(|`|<\()\s*(?:curl|wget)\b/.test(option)
}

/** Without them, a bracket ends the command: `bash <(curl …)`, `eval $(curl …)`. */
function isSubstituted(options: readonly string[], next: ReturnType<typeof commandsOf>[number] | undefined): boolean {
  return /(?:^|[^\\])[$<]$/.test(options.at(-1) ?? '') && next !== undefined && isDownload(programOf(next).name)
}

function isDownload(name: string): boolean {
  return name === 'curl' || name === 'wget'
}

/** Follows the pipe from the download on. */
function isPipedToInterpreter(commands: ReturnType<typeof commandsOf>): boolean {
  for (const [index, command] of commands.entries()) {
    if (index > 0) {
      const { name } = programOf(command)
      if (isShell(name) || isInterpreter(name)) return true
    }
    if (!command.isPiped) return false
  }
  return false
}
