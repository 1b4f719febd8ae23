/** A download that is run: https://docs.docker.com/build/building/best-practices/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import { type Command, commandsOf, isShell, programOf } from '../../dockerfile/shell.ts'
import type { Rule } from '../../rule.ts'

export const pipeToShell: Rule<Dockerfile> = {
  id: 'dockerfile/pipe-to-shell',
  severity: 'high',
  title: 'Download is run unseen',
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
      const file = uncheckedFile(commands)
      if (file !== undefined) yield at(dockerfile, instruction, `${quote(file)} is downloaded and run, and nothing checks it`, 'medium')
    }
  },
}

/** A file that the instruction downloads and then runs, without a digest or a signature being looked at in between. */
function uncheckedFile(commands: readonly Command[]): string | undefined {
  const files = new Set<string>()
  for (const { name, options } of commands.map(programOf)) {
    if (checks.test([name, ...options].join(' '))) return undefined
    const candidates = isRunner(name) ? [baseOf(options.find((option) => !option.startsWith('-')) ?? '')] : [name]
    const found = candidates.find((file) => file !== '' && files.has(file))
    if (found !== undefined) return found
    if (isDownload(name)) files.add(targetOf(options))
  }
  return undefined
}

const checks = /\b(?:sha(?:1|224|256|384|512)?sum|shasum|b2sum|md5sum|gpgv?|cosign|minisign|openssl dgst|apksigner|slsa-verifier|rpm -K)\b/

/** The name of the file that is written; empty for standard output. */
function targetOf(options: readonly string[]): string {
  const at = options.findIndex((option) => /^(?:-[a-zA-Z]*[oO]|--output|--output-document)$/.test(option))
  const address = options.find((option) => /^https?:/.test(option)) ?? ''
  const next = options[at + 1] ?? ''
  return baseOf(at < 0 || /^https?:/.test(next) || next === '' ? address : next)
}

function baseOf(path: string): string {
  return (
    path
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? ''
  )
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
function isSubstituted(options: readonly string[], next: Command | undefined): boolean {
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
