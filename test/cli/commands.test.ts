import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'

test('a command has the name that it is found by', () => {
  expect(Object.values(commands).map((make) => make(() => undefined).name())).toEqual(Object.keys(commands))
})

const call = (...words: readonly string[]) => spawnSync(process.execPath, ['src/cli.ts', ...words], { encoding: 'utf8' })

test('the help lists all commands, and so does that of a call which begins with none', () => {
  const { stdout } = call('--help')
  expect(Object.keys(commands).filter((name) => !new RegExp(`^ {2}${name} `, 'mu').test(stdout))).toEqual([])
  const { status, stderr } = call('skan')
  expect([status, stderr]).toEqual([2, expect.stringContaining("error: unknown command 'skan'\n(Did you mean scan?)")])
})

test('the help of one command is that of all together', () => {
  expect([call('scan', '--help').stdout, call('scan', '--help').status]).toEqual([call('help', 'scan').stdout, 0])
})
