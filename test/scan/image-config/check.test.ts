import { describe, expect, test } from 'vitest'
import type { Image } from '../../../src/oci/image.ts'
import { defaultPolicy } from '../../../src/policy/read.ts'
import type { ContentInput } from '../../../src/scan/content-check.ts'
import { accountsExaminer, readAccounts } from '../../../src/scan/image-config/accounts-examiner.ts'
import { imageConfigCheck } from '../../../src/scan/image-config/check.ts'
import { maxNotable } from '../../../src/scan/image-config/examined-image.ts'
import { historyOf } from '../../../src/scan/image-config/history.ts'
import type { ImageFile, ImageFiles } from '../../../src/scan/image-files.ts'
import { readEvidence } from '../../../src/scan/read-evidence.ts'
import { buildImage } from '../../builders/image.ts'
import { dpkgStatus, osRelease } from '../../builders/package-databases.ts'
import { memoryImage } from '../memory-image.ts'
import { memoryFiles } from './memory-files.ts'

const { image: bare } = memoryImage([])
const layer = `sha256:${'1'.repeat(64)}`
const setuid = (path: string): ImageFile => ({ path, type: 'file', mode: 0o4755, uid: 0, gid: 0, sizeBytes: 1, layer })

function input(files: ImageFiles, image: Image = bare): ContentInput {
  return { image, evidence: { packages: [], gaps: [], files, remarks: [] }, policy: defaultPolicy(), now: new Date('2026-06-15T12:00:00Z') }
}

describe('the check', () => {
  test('names the instruction that made the layer of a file, cut short', () => {
    const image = { ...bare, layers: [{ descriptor: { mediaType: '', digest: layer, size: 1 }, createdBy: `RUN ${'x'.repeat(1000)}` }] }
    const [problem] = imageConfigCheck
      .check(input(memoryFiles([setuid('srv/a')]), image))
      .problems.filter(({ rule }) => rule === 'image/setuid-file')
    expect(problem?.content).toEqual({ path: 'srv/a', layer, instruction: `RUN ${'x'.repeat(496)}` })
  })

  test('quotes no secret of the instructions and variables that it speaks of', () => {
    const createdBy = 'RUN |1 DATABASE_PASSWORD=hu7-Mountain-92x /bin/sh -c curl https://example.com/a | sh # buildkit'
    const config = {
      ...bare.config,
      env: [
        'DATABASE_PASSWORD=hu7-Mountain-92x',
        'JAVA_TOOL_OPTIONS=-Dpw=hu7-Mountain-92x -agentlib:jdwp=transport=dt_socket,address=*:5005',
      ],
      history: [{ createdBy, emptyLayer: true }],
    }
    const { problems } = imageConfigCheck.check(input(memoryFiles([]), { ...bare, config }))
    expect(problems.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['image/pipe-to-shell', 'image/debug-environment']))
    expect(JSON.stringify(problems.map(({ message, content }) => [message, content]))).not.toMatch(/hu7-Mountain-92x/)
  })

  test('tells twenty of a kind and counts the rest, as grave as the worst of them', () => {
    const files = memoryFiles(Array.from({ length: 50 }, (_, index) => setuid(`srv/${String(index).padStart(2, '0')}`)))
    const found = imageConfigCheck.check(input(files)).problems.filter(({ rule }) => rule === 'image/setuid-file')
    expect(found).toHaveLength(21)
    expect(found.at(-1)).toMatchObject({ message: '30 more of the kind', severity: 'high', anchor: 'more' })
  })

  test('says so where there are more files than it looks at', () => {
    let asked = 0
    const endless = function* () {
      for (;;) {
        asked += 1
        yield setuid(`srv/${asked}`)
      }
    }
    const { gaps } = imageConfigCheck.check(input({ ...memoryFiles([]), all: endless }))
    expect(gaps).toEqual([
      `more than ${maxNotable} files are setuid, writable by everybody or left by package managers: the rest was not judged`,
    ])
    expect(asked).toBe(maxNotable + 1)
  })

  test('has a gap for a rule that fails, and judges by the others', () => {
    const all = (): never => {
      throw new Error('disk is gone')
    }
    const { problems, gaps } = imageConfigCheck.check(input({ ...memoryFiles([]), all }))
    expect(gaps).toContain('rule image/setuid-file failed: disk is gone')
    expect(problems.map(({ rule }) => rule)).toContain('image/root-user')
  })

  test('finds in an image as it is stored what a later layer brings in and what it takes away', async () => {
    const built = buildImage({
      layers: [
        {
          files: {
            'etc/passwd': 'root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n',
            'etc/shadow': 'root:::0:::::\n',
            'srv/gone': { content: 'x', mode: 0o4755 },
          },
        },
        {
          files: {
            'etc/passwd': 'root:x:0:0::/:/bin/sh\n',
            'srv/.wh.gone': '',
            'srv/helper': { content: 'x', mode: 0o4755 },
            'srv/open': { directory: true, mode: 0o777 },
          },
        },
      ],
    })
    const stored = built.layers.map(({ digest, mediaType }) => ({ bytes: built.blobs.get(digest) ?? new Uint8Array(), mediaType }))
    const { image, source, digests } = memoryImage(stored)
    const evidence = await readEvidence(image, source, { signal: new AbortController().signal })
    const { problems, gaps } = imageConfigCheck.check({ ...input(memoryFiles([])), image, evidence })
    const found = problems.filter(({ content }) => content?.path !== undefined)
    expect(found.map(({ rule, content }) => [rule, content?.path, content?.line, digests.indexOf(content?.layer ?? '')])).toEqual([
      ['image/empty-password', 'etc/shadow', 1, 0],
      ['image/setuid-file', 'srv/helper', undefined, 1],
      ['image/world-writable', 'srv/open', undefined, 1],
    ])
    expect(gaps).toEqual([])
  })
  test('finds the bit that a layer after that of the package has set', async () => {
    const system = {
      'var/lib/dpkg/status': dpkgStatus({ tcpdump: '4.99', cron: '3.0' }),
      'var/lib/dpkg/info/tcpdump.list': '/.\n/usr/bin/tcpdump\n',
      'var/lib/dpkg/info/cron.list': '/.\n/usr/bin/own-setuid\n',
      'etc/os-release': osRelease({ ID: 'debian', VERSION_ID: '12' }),
      'usr/bin/tcpdump': { content: 'x', mode: 0o755 },
      'usr/bin/own-setuid': { content: 'x', mode: 0o4755 },
    }
    const built = buildImage({ layers: [{ files: system }, { files: { 'usr/bin/tcpdump': { content: 'x', mode: 0o4755 } } }] })
    const { image, source } = memoryImage(
      built.layers.map(({ digest, mediaType }) => ({ bytes: built.blobs.get(digest) ?? new Uint8Array(), mediaType })),
    )
    const evidence = await readEvidence(image, source, { signal: new AbortController().signal })
    const { problems } = imageConfigCheck.check({ ...input(memoryFiles([])), image, evidence })
    expect(problems.filter(({ rule }) => rule === 'image/setuid-file').map(({ content }) => content?.path)).toEqual(['usr/bin/tcpdump'])
  })
})

describe('accounts', () => {
  const entry = { path: 'etc/passwd', type: 'file' as const, mode: 0o644, uid: 0, gid: 0, sizeBytes: 0, modifiedSeconds: 0 }

  test('are read from two files alone', () => {
    expect(['etc/passwd-', 'srv/etc/passwd', 'etc/group'].map((path) => accountsExaminer.open({ ...entry, path }))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(accountsExaminer.open(entry)).toBeDefined()
  })

  test('of a file that is too large are not guessed', () => {
    const examination = accountsExaminer.open(entry)
    expect(() => {
      for (let piece = 0; piece < 17; piece += 1) examination?.write(new Uint8Array(64 * 1024))
    }).toThrow('has 1114112 bytes, and accounts are read up to 1048576')
  })

  test('are kept without what their passwords hash to', () => {
    const text = readAccounts('etc/shadow', 'root:$6$salt$secret:19000::::::\n')
    expect(text).toEqual([{ name: 'root', line: 1, password: 'set' }])
  })
})

describe('history', () => {
  const layers = [layer, `sha256:${'2'.repeat(64)}`].map((digest) => ({ descriptor: { mediaType: '', digest, size: 1 } }))
  const history = (entries: readonly (readonly [createdBy: string, emptyLayer?: true])[]) =>
    historyOf({
      layers,
      config: { ...bare.config, history: entries.map(([createdBy, emptyLayer = false]) => ({ createdBy, emptyLayer })) },
    })

  test.each([
    ['RUN /bin/sh -c make # buildkit', 'RUN', 'make'],
    ['RUN |2 A=1 B=two words /bin/bash -euo pipefail -c make all # buildkit', 'RUN', 'make all'],
    ['/bin/sh -c make', 'RUN', 'make'],
    ['|1 A=1 /bin/sh -c make', 'RUN', 'make'],
    ['/bin/sh -c #(nop)  ENV A=1', 'ENV', 'A=1'],
    ['/bin/sh -c #(nop) ADD file:00 in / ', 'ADD', 'file:00 in /'],
    ['RUN make', 'RUN', 'make'],
    ['ADDED by hand', 'RUN', 'ADDED by hand'],
  ])('%s is %s', (written, name, text) => {
    expect(history([[written, true]])[0]).toEqual({ name, text, written })
  })

  test('goes with the layers, those without one left out', () => {
    expect(history([['a'], ['b', true], ['c']]).map((step) => step.layer)).toEqual([
      layers[0]?.descriptor.digest,
      undefined,
      layers[1]?.descriptor.digest,
    ])
  })

  test('that does not fit the layers names none', () => {
    expect(history([['a']]).map((step) => step.layer)).toEqual([undefined])
  })

  test('of a hostile length is read in no time', () => {
    const hostile = [
      `|1 ${'A=1 '.repeat(50_000)}`,
      `/bin/sh ${'-a '.repeat(50_000)}`,
      `RUN ${'curl | '.repeat(50_000)}`,
      `sh ${'$('.repeat(50_000)}`,
    ]
    const start = performance.now()
    const image = { ...bare, config: { ...bare.config, history: hostile.map((createdBy) => ({ createdBy, emptyLayer: true })) } }
    imageConfigCheck.check(input(memoryFiles([]), image))
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
