/** Installs the Debian packages that tests against real servers and programs need, where it may; elsewhere those tests are skipped, by name. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { requirements } from '../test/builders/requirements.ts'

const missing = requirements.filter(({ program }) => !isOnPath(program)).map(({ debianPackage }) => debianPackage)
if (missing.length > 0) install([...new Set(missing)])

function install(packages: readonly string[]): void {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const may = existsSync('/usr/bin/apt-get') && (prefix.length === 0 || spawnSync('sudo', ['-n', 'true']).status === 0)
  if (!may) {
    console.log(`not installed, tests that need them are skipped: ${packages.join(', ')}`)
    return
  }
  console.log(`installing ${packages.join(', ')}`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...command: string[]) => {
    const [program = '', ...rest] = [...prefix, ...command]
    return spawnSync(program, rest, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] }).status
  }
  run('apt-get', 'update', '-qq')
  const add = (...names: string[]) => run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names) === 0
  // One package that a distribution does not have fails them all.
  const failed = add(...packages) ? [] : packages.filter((name) => !add(name))
  if (failed.length > 0) console.log(`not installed, tests that need them are skipped: ${failed.join(', ')}`)
}

function isOnPath(program: string): boolean {
  const directories = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  return directories.some((directory) => existsSync(`${directory}/${program}`))
}
