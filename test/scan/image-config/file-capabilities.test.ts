/** The attribute as `setcap` writes it and GNU tar stores it. */
import { expect, test } from 'vitest'
import { capabilitiesExaminer } from '../../../src/scan/image-config/file-capabilities.ts'
import { readLayerEvidence } from '../../../src/scan/layer-evidence.ts'
import { padded, tarEntry, tarHeader } from '../../builders/tar.ts'

/** The extended header that goes before its entry. */
function withAttribute(attribute: Buffer, key = 'SCHILY.xattr.security.capability'): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), attribute, Buffer.from('\n')])
  const record = Buffer.concat([Buffer.from(String(rest.length + 2)), rest])
  return Buffer.concat([tarHeader({ path: 'PaxHeaders/0', flag: 'x', sizeBytes: record.length }), padded(record)])
}

function read(...parts: readonly Buffer[]) {
  return readLayerEvidence({
    open: async function* () {
      yield Buffer.concat([...parts, Buffer.alloc(1024)])
    },
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    signal: new AbortController().signal,
    examiners: [capabilitiesExaminer],
  })
}

const file = (path: string) => tarEntry(path, { content: 'x', mode: 0o755 })

async function permitted(attribute: Buffer, key?: string) {
  const { remarks, gaps } = await read(withAttribute(attribute, key), file('usr/bin/it'), file('usr/bin/other'))
  expect(gaps).toEqual([])
  return remarks.flatMap((one) => one.remarks)
}

const told = (names?: readonly string[]) => [{ kind: 'capabilities', path: 'usr/bin/it', ...(names && { permitted: names }) }]

test.each([
  ['whose bytes are no UTF-8', '0100000280000000000000000000000000000000', ['SETUID']],
  ['whose bytes are UTF-8', '0100000200200000000000000000000000000000', ['NET_RAW']],
  [
    'whose bytes are letters of two bytes in UTF-8',
    '00000002c2800000000000000000000000000000',
    ['DAC_OVERRIDE', 'SETGID', 'SETUID', 'IPC_OWNER'],
  ],
  ['with numbers from 32 on', '0100000200000000000000008000000000000000', ['BPF']],
  ['of a user namespace', '010000038000000000000000000000000000000000e80300', ['SETUID']],
  ['of the first form', '010000018000000000000000', ['SETUID']],
])('a program with an attribute %s has its capabilities told', async (_, hex, names) => {
  expect(await permitted(Buffer.from(hex, 'hex'))).toEqual(told(names))
})

test('an attribute of another length or form is told of', async () => {
  expect(await permitted(Buffer.from('01000002800000000000000000000000', 'hex'))).toEqual(told())
  expect(await permitted(Buffer.from('0100000980000000000000000000000000000000', 'hex'))).toEqual(told())
})

test('what may only be inherited is none of its own, and other attributes are none at all', async () => {
  expect(await permitted(Buffer.from('0000000200000000800000000000000000000000', 'hex'))).toEqual([])
  expect(await permitted(Buffer.alloc(20, 1), 'SCHILY.xattr.user.other')).toEqual([])
})

test('a hard link that gives its file capabilities is a gap, and one that repeats those of its file is none', async () => {
  const attribute = withAttribute(Buffer.from('0100000280000000000000000000000000000000', 'hex'))
  const link = tarEntry('usr/bin/link', { hardlink: 'usr/bin/it' })
  expect((await read(file('usr/bin/it'), attribute, link)).gaps).toEqual([
    { path: 'usr/bin/link', message: 'is a hard link with capabilities that its file has not' },
  ])
  expect((await read(attribute, file('usr/bin/it'), attribute, link)).gaps).toEqual([])
})
