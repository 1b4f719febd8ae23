/** What package managers leave behind: https://docs.docker.com/build/building/best-practices/#apt-get */
import type { Instruction } from '../../../formats/dockerfile.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { addCommand, addWords } from '../../dockerfile/edits.ts'
import { at } from '../../dockerfile/place.ts'
import { commandsOf, programOf } from '../../dockerfile/shell.ts'
import type { Rule } from '../../rule.ts'

export const packageCache: Rule<Dockerfile> = {
  id: 'dockerfile/package-cache',
  severity: 'low',
  title: 'Package manager’s cache stays in the layer',
  why: 'Package lists and caches make the image larger, and tell an intruder nothing that you need: they are stale as soon as the image is built.',
  fix: 'Remove them in the same RUN, use the option that keeps none, or a cache mount.',
  references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  *check(dockerfile, { repository }) {
    for (const instruction of dockerfile.source.instructions.filter(({ name }) => name === 'RUN')) {
      const mounts = (instruction.flagList ?? [...instruction.flags]).filter(([name]) => name === 'mount').map(([, value]) => value)
      if (mounts.some((mount) => /\btype=(?:cache|tmpfs)\b/.test(mount))) continue
      const commands = commandsOf(instruction).map(programOf)
      const text = commands.map(({ name, options }) => [name, ...options].join(' ')).join('\n')
      for (const [manager, leaves] of Object.entries(managers)) {
        const own = commands.filter(({ name }) => name === manager)
        if (!own.some(({ options }) => leaves(options, text))) continue
        const option = withoutCache[manager]
        const cleaning = cleaningOf[manager]
        const mended =
          option && own.filter(({ options }) => options.includes(option.verb)).length === 1
            ? addWords(repository, dockerfile, instruction, option.pattern, option.words)
            : cleaning && isCleanable(manager, dockerfile, instruction)
              ? addCommand(repository, dockerfile, instruction, cleaning)
              : undefined
        yield at(dockerfile, instruction, `${manager} leaves its cache in the layer`, undefined, mended)
      }
    }
  },
}

type Leaves = (options: readonly string[], run: string) => boolean

const managers: Readonly<Record<string, Leaves>> = {
  apk: (options, run) => options.includes('add') && !options.includes('--no-cache') && !/^rm .*\/var\/cache\/apk/m.test(run),
  apt: (options, run) => installs(options) && !/^rm .*\/var\/lib\/apt/m.test(run),
  'apt-get': (options, run) => installs(options) && !/^rm .*\/var\/lib\/apt/m.test(run),
  dnf: (options, run) => installs(options) && !/^(?:dnf clean|rm .*\/var\/cache)/m.test(run),
  microdnf: (options, run) => installs(options) && !/^(?:microdnf clean|rm .*\/var\/cache)/m.test(run),
  pip: (options, run) => installs(options) && !options.includes('--no-cache-dir') && !/^(?:pip cache|rm .*\.cache)/m.test(run),
  pip3: (options, run) => installs(options) && !options.includes('--no-cache-dir') && !/^(?:pip3 cache|rm .*\.cache)/m.test(run),
  yum: (options, run) => installs(options) && !/^(?:yum clean|rm .*\/var\/cache)/m.test(run),
  zypper: (options, run) => (installs(options) || options.includes('in')) && !/^(?:zypper (?:clean|cc)|rm .*\/var\/cache)/m.test(run),
}

function installs(options: readonly string[]): boolean {
  return options.includes('install')
}

const withoutCache: Readonly<Record<string, { readonly verb: string; readonly pattern: RegExp; readonly words: string }>> = {
  apk: { verb: 'add', pattern: /\bapk(?:\s+-[^\s;&|]+)*\s+add\b/, words: '--no-cache' },
  pip: { verb: 'install', pattern: /\bpip(?:\s+-[^\s;&|]+)*\s+install\b/, words: '--no-cache-dir' },
  pip3: { verb: 'install', pattern: /\bpip3(?:\s+-[^\s;&|]+)*\s+install\b/, words: '--no-cache-dir' },
}

const cleaningOf: Readonly<Record<string, string>> = {
  apt: 'rm -rf /var/lib/apt/lists/*',
  'apt-get': 'rm -rf /var/lib/apt/lists/*',
  dnf: 'dnf clean all',
  microdnf: 'microdnf clean all',
  yum: 'yum clean all',
  zypper: 'zypper clean --all',
}

/** apt finds nothing without its lists: a later RUN may live on those that an earlier one has fetched. */
function isCleanable(manager: string, { source }: Dockerfile, run: Instruction): boolean {
  if (/\bsudo\b/.test(run.arguments)) return false
  if (!manager.startsWith('apt')) return true
  const runs = source.instructions.filter(({ name }) => name === 'RUN').map((instruction) => commandsOf(instruction).map(programOf))
  const isOf = (verb: string) => (command: ReturnType<typeof programOf>) =>
    /^apt(?:-get)?$/.test(command.name) && command.options.includes(verb)
  return runs.every((commands) => !commands.some(isOf('install')) || commands.some(isOf('update')))
}
