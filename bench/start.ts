/** How soon the packaged command is there, and how large it is. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { measure, print, sizeOf } from './measure.ts'

export function benchStart(): void {
  const node = process.execPath
  const [nothing, version, manifests] = measure([
    { name: 'node -e 0', call: [node, '-e', '0'] },
    { name: 'portcullis --version', call: [node, 'dist/cli.js', '--version'] },
    {
      name: 'check --checks manifests examples/storefront',
      call: [node, 'dist/cli.js', 'check', '--checks', 'manifests', 'examples/storefront'],
      statuses: [0, 1],
    },
  ])
  if (!nothing || !version || !manifests) return
  print(nothing, 'the limit')
  print(version, `to reach: the limit + 60; is + ${(version.medianMilliseconds - nothing.medianMilliseconds).toFixed(0)}`)
  print(manifests, 'to reach: 500')
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
  const total = files.reduce((sum, file) => sum + sizeOf(join('dist', file)), 0)
  console.log(`dist/ ${(total / 1e6).toFixed(2)} MB of JavaScript in ${files.length} files (to reach: 3 MB)`)
}
