/** `same.ts FOLDER COMMAND…`: runs the command and fails when it leaves a difference to what is committed in the folder. */
import { execFileSync, spawnSync } from 'node:child_process'

const [folder = '', program = '', ...rest] = process.argv.slice(2)
if (spawnSync(program, rest, { stdio: 'inherit' }).status !== 0) process.exit(1)
const changed = execFileSync('git', ['status', '--porcelain', '--', folder], { encoding: 'utf8' })
if (changed !== '') {
  console.log(`${folder}/ is not what the source gives; commit the result of \`${[program, ...rest].join(' ')}\`:\n${changed}`)
  process.exit(1)
}
