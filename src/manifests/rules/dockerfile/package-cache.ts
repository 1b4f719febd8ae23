/** What package managers leave behind: https://docs.docker.com/build/building/best-practices/#apt-get */
import type { Dockerfile } from '../../../repo/repository.ts'
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
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions.filter(({ name }) => name === 'RUN')) {
      const mounts = (instruction.flagList ?? [...instruction.flags]).filter(([name]) => name === 'mount').map(([, value]) => value)
      if (mounts.some((mount) => /\btype=(?:cache|tmpfs)\b/.test(mount))) continue
      const commands = commandsOf(instruction).map(programOf)
      const text = commands.map(({ name, options }) => [name, ...options].join(' ')).join('\n')
      for (const [manager, leaves] of Object.entries(managers)) {
        const own = commands.filter(({ name }) => name === manager)
        if (own.some(({ options }) => leaves(options, text))) yield at(dockerfile, instruction, `${manager} leaves its cache in the layer`)
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
