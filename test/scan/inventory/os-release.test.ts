import { expect, test } from 'vitest'
import { osRelease } from '../../../src/scan/inventory/os-release.ts'
import { endless, readFormat } from './read-format.ts'

const read = (content: string) => readFormat(osRelease, 'etc/os-release', content)

test('quotes, escapes and comments are read as a shell reads them', async () => {
  const content = `# of the vendor\nID=Rocky\nVERSION_ID='9.3'\nID_LIKE="rhel centos  fedora"\nPRETTY_NAME="Rocky \\"Linux\\" 9"\nVERSION_CODENAME=blue\\ onyx\n`
  expect(await read(content)).toEqual([
    {
      kind: 'distribution',
      distribution: { id: 'rocky', version: '9.3', idLike: ['rhel', 'centos', 'fedora'], codename: 'blue onyx', name: 'Rocky "Linux" 9' },
    },
  ])
})

test('a rolling release has an empty version', async () => {
  expect(await read('ID=wolfi\n')).toEqual([{ kind: 'distribution', distribution: { id: 'wolfi', version: '', idLike: [] } }])
})

test('a line that is no assignment is a gap with its line', async () => {
  expect(await read('ID=alpine\nrm -rf /\n')).toEqual([
    { kind: 'gap', line: 2, message: 'line is not an assignment' },
    { kind: 'distribution', distribution: { id: 'alpine', version: '', idLike: [] } },
  ])
})

test('a file that claims to have no end is refused at its bound', async () => {
  const file = { path: 'etc/os-release', sizeBytes: 0, body: endless('A=1\n'.repeat(1000)) }
  const run = async () => {
    for await (const _ of osRelease.read(file, { signal: new AbortController().signal })) throw new Error('nothing is read')
  }
  await expect(run()).rejects.toThrow('file is larger than 65536 bytes')
})
