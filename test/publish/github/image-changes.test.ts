import { expect, test } from 'vitest'
import type { ImageSubject } from '../../../src/findings.ts'
import { imagesRemark } from '../../../src/publish/github/image-changes.ts'
import { findingOn, reportOf } from './replay.ts'

const image = (reference: string, digit: string, more: Partial<ImageSubject> = {}): ImageSubject => ({
  kind: 'image',
  reference,
  digest: `sha256:${digit.repeat(64)}`,
  platform: 'linux/amd64',
  signature: 'unsigned',
  packages: 200,
  locations: [],
  ...more,
})
const subject = (reference: string, digit: string) => `${reference}@sha256:${digit.repeat(64)}`
const finding = (reference: string, digit: string, fingerprint: string) =>
  findingOn('a.yaml', 1, { subject: subject(reference, digit), fingerprint, severity: 'high', check: 'vulnerability' })

const old = image('ghcr.io:443/acme/shop:1.4', 'a')
const base = {
  subjects: [old, image('postgres:17', 'c')],
  problems: ['f1', 'f2', 'f3'].map((fingerprint) => ({ subject: subject('ghcr.io:443/acme/shop:1.4', 'a'), fingerprint })),
}

test('a new tag tells what it fixed, what it brought, and how packages and signature changed', () => {
  const report = reportOf(
    [finding('ghcr.io:443/acme/shop:1.5', 'b', 'f1'), finding('ghcr.io:443/acme/shop:1.5', 'b', 'new')].map((each, index) => ({
      ...each,
      state: index === 0 ? ('existing' as const) : ('new' as const),
    })),
  )
  const subjects = [image('ghcr.io:443/acme/shop:1.5', 'b', { packages: 212, signature: 'verified' }), image('postgres:17', 'c')]
  expect(imagesRemark(base, { ...report, subjects })).toEqual([
    '**Images against the base**\n\n- `ghcr.io:443/acme/shop` `1.4@sha256:aaaaaaaaaaaa` → `1.5@sha256:bbbbbbbbbbbb`: 2 fixed, 1 new (1 high), packages 200 → 212, signature unsigned → verified',
  ])
})

test('images that are the same, added or taken away tell nothing', () => {
  expect(imagesRemark(base, { ...reportOf([]), subjects: base.subjects })).toEqual([])
  expect(imagesRemark(base, { ...reportOf([]), subjects: [image('redis:8', 'd')] })).toEqual([])
})

test('a tag that names another image than it did is a change', () => {
  const [remark] = imagesRemark(base, { ...reportOf([]), subjects: [image('ghcr.io:443/acme/shop:1.4', 'e')] })
  expect(remark).toContain('`1.4@sha256:aaaaaaaaaaaa` → `1.4@sha256:eeeeeeeeeeee`: 3 fixed')
})

test('what became of several images of one repository is not guessed', () => {
  const subjects = [image('ghcr.io:443/acme/shop:1.5', 'b'), image('ghcr.io:443/acme/shop:1.6', 'd')]
  expect(imagesRemark(base, { ...reportOf([]), subjects })).toEqual([])
})

test('an image that could not be read fixes nothing', () => {
  const gaps = [{ subject: 'ghcr.io:443/acme/shop:1.5', message: 'registry answered 503', locations: [] }]
  const [remark] = imagesRemark(base, { ...reportOf([], gaps), subjects: [image('ghcr.io:443/acme/shop:1.5', 'b')] })
  expect(remark).toContain('not read as a whole, 0 new')
})

test('names of images are text', () => {
  const hostile = image('x/`<img src=x>`@y:1', 'a')
  const [remark] = imagesRemark({ subjects: [hostile], problems: [] }, { ...reportOf([]), subjects: [{ ...hostile, digest: 'sha256:b' }] })
  expect(remark?.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/gs, '')).not.toContain('<img')
})

test.each([
  [{ sizeBytes: 100_000_000 }, { sizeBytes: 112_400_000, user: '1000' }, ', +12 MB, user root → 1000'],
  [{ sizeBytes: 3_000_000, user: 'app' }, { sizeBytes: 1_500_000, user: 'app' }, ', −1.5 MB'],
  [{ sizeBytes: 3_000_000, user: 'app' }, { sizeBytes: 3_010_000, user: 'app' }, ''],
  [{}, { sizeBytes: 3_000_000, user: '1000' }, ''],
])('size and user are compared where both images were read (%j, %j)', (before, after, expected) => {
  const remark = imagesRemark(
    { subjects: [image('shop:1', 'a', before)], problems: [] },
    { ...reportOf([]), subjects: [image('shop:2', 'b', after)] },
  )
  const [, told = ''] = remark[0]?.split('packages 200 → 200') ?? []
  expect(told).toBe(expected)
})

test('the user of an image is text', () => {
  const subjects = [image('shop:2', 'b', { sizeBytes: 1, user: '<img src=x>@everyone' })]
  const [remark] = imagesRemark({ subjects: [image('shop:1', 'a', { sizeBytes: 1 })], problems: [] }, { ...reportOf([]), subjects })
  expect(remark).toContain('user root → ')
  expect(remark).not.toMatch(/<img|[^\\\u200b;]@everyone/)
})

const drift = { from: { reference: 'ghcr.io:443/acme/shop:1.4', digest: `sha256:${'a'.repeat(64)}` } }

test('what the gate compared place by place is told, whatever the repository', () => {
  const subjects = [
    image('ghcr.io/acme/store:2', 'b', {
      drift: { ...drift, setuid: { added: ['usr/bin/*x*'], removed: [] }, ports: { added: ['9090/tcp'], removed: [] } },
    }),
  ]
  const report = { ...reportOf([{ ...finding('ghcr.io/acme/store:2', 'b', 'new'), state: 'new' }]), subjects }
  expect(imagesRemark(base, report)).toEqual([
    '**Images against the base**\n\n- `ghcr.io:443/acme/shop` `1.4@sha256:aaaaaaaaaaaa` → `ghcr.io/acme/store` `2@sha256:bbbbbbbbbbbb`: 3 fixed, 1 new (1 high), packages 200 → 200, setuid files 1 added (usr/bin/\\*x\\*), ports 1 added (9090/tcp)',
  ])
})

test('of several images of one repository, those that were compared are told apart', () => {
  const subjects = [image('ghcr.io:443/acme/shop:1.5', 'b', { drift }), image('ghcr.io:443/acme/shop:1.6', 'd', { drift })]
  const [remark = ''] = imagesRemark(base, { ...reportOf([]), subjects })
  expect(
    remark
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .map((line) => line.split(': ')[0]),
  ).toEqual([
    '- `ghcr.io:443/acme/shop` `1.4@sha256:aaaaaaaaaaaa` → `1.5@sha256:bbbbbbbbbbbb`',
    '- `ghcr.io:443/acme/shop` `1.4@sha256:aaaaaaaaaaaa` → `1.6@sha256:dddddddddddd`',
  ])
})
