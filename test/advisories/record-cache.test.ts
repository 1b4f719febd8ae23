import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findVulnerabilities } from '../../src/advisories/find.ts'
import { recordCache } from '../../src/advisories/record-cache.ts'
import { openAdvisories } from '../../src/advisories/sources.ts'
import { createHttp } from '../../src/http.ts'
import { osvRecord, packageOf } from '../builders/advisories.ts'
import { osvServer } from '../builders/osv-server.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'records-'))
})
afterAll(() => rm(root, { recursive: true }))

const freshFolder = (): Promise<string> => mkdtemp(join(root, 'cache-'))
const record = osvRecord({ id: 'A-1', modified: '2024-01-01T00:00:00Z' })

async function onlyEntry(folder: string): Promise<string> {
  const [version = ''] = await readdir(folder)
  const [name = ''] = await readdir(join(folder, version))
  return join(folder, version, name)
}

test('a record is kept under its identifier and modification time', async () => {
  const cache = recordCache(await freshFolder())
  await cache.put('A-1', '2024-01-01T00:00:00Z', record)
  expect(await cache.get('A-1', '2024-01-01T00:00:00Z')).toEqual(record)
  expect(await cache.get('A-1', '2024-01-02T00:00:00Z')).toBeUndefined()
  expect(await cache.get('A-2', '2024-01-01T00:00:00Z')).toBeUndefined()
})

test('an identifier does not lead out of the folder', async () => {
  const folder = await freshFolder()
  await recordCache(folder).put('../../evil', '/../x', record)
  expect((await onlyEntry(folder)).startsWith(folder)).toBe(true)
})

test.each<[string, (bytes: Buffer) => Uint8Array]>([
  ['cut short', (bytes) => bytes.subarray(0, bytes.length - 5)],
  ['changed', (bytes) => Buffer.from(bytes.toString('utf8').replace('2.0.0', '0.0.1'))],
  ['empty', () => Buffer.alloc(0)],
])('an entry that is %s is not used', async (_, change) => {
  const folder = await freshFolder()
  const cache = recordCache(folder)
  await cache.put('A-1', 'm', record)
  const path = await onlyEntry(folder)
  await writeFile(path, change(await readFile(path)))
  expect(await cache.get('A-1', 'm')).toBeUndefined()
})

test('an entry that holds another record is not used', async () => {
  const cache = recordCache(await freshFolder())
  await cache.put('A-1', 'm', osvRecord({ id: 'A-2' }))
  expect(await cache.get('A-1', 'm')).toBeUndefined()
})

test('a folder that cannot be written is no failure', async () => {
  const file = join(await freshFolder(), 'file')
  await writeFile(file, '')
  const cache = recordCache(file)
  await cache.put('A-1', 'm', record)
  expect(await cache.get('A-1', 'm')).toBeUndefined()
})

test('the next run asks for lists alone', async () => {
  await using server = await osvServer([record])
  const cache = await freshFolder()
  for (let run = 0; run < 2; run++) {
    const source = await openAdvisories(server.address, { http: createHttp(), cache })
    const { problems } = await findVulnerabilities(
      { packages: [packageOf({ type: 'npm', name: 'left', version: '1.0.0' })] },
      [source],
      new AbortController().signal,
    )
    expect(problems).toHaveLength(1)
  }
  expect(server.requests).toEqual(['POST /v1/querybatch', 'GET /v1/vulns/A-1', 'POST /v1/querybatch'])
})
