import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The doors act when they are loaded: that is what a door is. A worker's entry likewise. */
const doors = ['action.ts', 'cli.ts', 'scan/layer-worker.ts']

/** Loads every module in a process of its own that watches the ways out: output, network, timers, processes. */
const watcher = `
const seen = []
const watch = (object, name) => { const real = object[name]; object[name] = (...args) => { seen.push(name); return real.apply(object, args) } }
const { default: net } = await import('node:net')
const { default: childProcess } = await import('node:child_process')
watch(net.Socket.prototype, 'connect')
watch(net.Server.prototype, 'listen')
watch(childProcess, 'spawn')
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch']) watch(globalThis, name)
const write = process.stdout.write.bind(process.stdout)
for (const stream of [process.stdout, process.stderr]) stream.write = (text) => { seen.push('write ' + text); return true }
for (const file of JSON.parse(process.argv[1])) {
  await import(file)
  for (const effect of seen.splice(0)) write(file + ': ' + effect + '\\n')
}
`

test('importing a module has no effect: no output, no network, no timer, no process', () => {
  const modules = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !doors.includes(file))
    .map((file) => new URL(`../src/${file}`, import.meta.url).href)
  const result = spawnSync(process.execPath, ['--input-type=module', '--eval', watcher, JSON.stringify(modules)], { encoding: 'utf8' })
  expect({ output: result.stdout, errors: result.stderr, status: result.status }).toEqual({ output: '', errors: '', status: 0 })
})
