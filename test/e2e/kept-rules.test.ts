import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, portcullis, writeInto } from '../builders/command.ts'

const deployment = (name: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/${name}:1@sha256:${'a'.repeat(64)}
          securityContext: { readOnlyRootFilesystem: true${more} }
`

test('the packaged command keeps what it learnt of documents, believes no damaged entry, and reports as it does without a cache', async () => {
  const { directory, remove } = await folderOf({ 'tree/a.yaml': deployment('cart'), 'tree/b.yaml': deployment('web') })
  const entries = async () => (await readdir(join(directory, 'cache'))).sort()
  const check = async (...more: string[]) => {
    const { status, output, errors } = await portcullis(['check', '--checks', 'manifests', 'tree', '--format', 'json', ...more], {
      directory,
    })
    return { status, errors, report: JSON.parse(output) }
  }
  const cached = () => check('--cache', 'cache')
  try {
    expect(await cached()).toEqual(await check())
    // A build without a digest of its code would keep nothing.
    const [entry = '', ...others] = await entries()
    expect(others).toEqual([])
    const kept = await readFile(join(directory, 'cache', entry))
    expect(await cached()).toEqual(await check())
    expect(await entries()).toEqual([entry])

    await writeInto(directory, 'tree/a.yaml', deployment('cart', ', privileged: true'))
    const changed = await cached()
    expect(changed).toEqual(await check())
    expect(changed).toMatchObject({ status: 1, report: { verdict: 'block' } })

    for (const damaged of [kept.subarray(0, -1), Buffer.concat([kept, kept]), Buffer.from('{}')]) {
      await writeFile(join(directory, 'cache', entry), damaged)
      expect(await cached()).toEqual(changed)
    }
  } finally {
    await remove()
  }
})
