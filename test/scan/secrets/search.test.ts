/** The engine: pieces, windows, encodings, bounds. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { indexAnchors } from '../../../src/scan/anchors.ts'
import { secretKinds } from '../../../src/scan/secrets/kinds.ts'
import { secretEngine } from '../../../src/scan/secrets/search.ts'
import { alnum, digits, hex, letters } from './cases.ts'
import { kindCases } from './fixtures.ts'

const engine = secretEngine(secretKinds)
const token = `dop_v1_${hex(64)}`
const pem = (kindCases.find(({ kind }) => kind === 'rsa-private-key')?.secrets[0] ?? '').replace(/[«»]/g, '')

function search(pieces: readonly Uint8Array[], sizeBytes?: number, path = 'srv/app/data') {
  const open = engine.open(path, sizeBytes)
  for (const piece of pieces) open.write(piece)
  return open.end()
}

const told = ({ found }: ReturnType<typeof search>) => found.map(({ kind, line, start, end }) => [kind.id, line, start, end])

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('pieces', () => {
  const text = Buffer.from(`${'# a line of no interest\n'.repeat(300)}TOKEN=${token}\nkey: |\n${pem}\nlast line\n`)
  const expected = told(search([text], text.length))

  test('a file in one piece has what stands in it, with lines and places', () => {
    const start = text.indexOf(token)
    expect(expected[0]).toEqual(['digitalocean-token', 301, start, start + token.length])
    expect(expected[1]?.slice(0, 2)).toEqual(['rsa-private-key', 303])
    expect(expected).toHaveLength(2)
  })

  test.each([1, 7, 64, 1000, 4095, 4096, 4097, 7300])('pieces of %i bytes give the same', (size) => {
    expect(told(search([...cut(text, size)], text.length))).toEqual(expected)
  })

  test('the same where nobody said how long the file is', () => {
    expect(told(search([...cut(text, 1000)]))).toEqual(expected)
  })

  test('pieces may be written over when they were taken', () => {
    const open = engine.open('a', text.length)
    for (const piece of cut(text, 777)) {
      const copy = Uint8Array.from(piece)
      open.write(copy)
      copy.fill(0)
    }
    expect(told(open.end())).toEqual(expected)
  })
})

describe('windows', () => {
  const line = 'x = 1\n'

  test.each([256 * 1024 - 40, 256 * 1024 - 20_000, 256 * 1024 - 8, 256 * 1024, 512 * 1024 - 100, 700_000])(
    'what stands at byte %i is found once, in the right line',
    (place) => {
      const before = line.repeat(Math.floor(place / line.length))
      const bytes = Buffer.from(`${before}${token}\n${pem}${line.repeat(50_000)}`)
      const lines = before.length / line.length
      const result = search([...cut(bytes, 65_536)], bytes.length)
      expect(told(result).map(([kind, at]) => [kind, at])).toEqual([
        ['digitalocean-token', lines + 1],
        ['rsa-private-key', lines + 2],
      ])
      expect(result.found[0]?.start).toBe(before.length)
    },
  )
})

describe('a first piece that is longer than a window', () => {
  const before = Buffer.from(`TOKEN=${token}\n${'x = 1\n'.repeat(100_000)}`)
  const cloudinary = `\nCLOUDINARY_URL=cloudinary://${digits(15)}:${alnum(27)}@acme\n`

  test.each([
    ['text with zeros further on', Buffer.concat([before.subarray(0, 9000), Buffer.alloc(400_000), Buffer.from(cloudinary)])],
    ['UTF-16', Buffer.from(`\ufeff${before}TOKEN=${token.replace('v1_', 'v1_0').slice(0, -1)}\n`, 'utf16le')],
    ['a program', Buffer.concat([Buffer.from('\x7fELF\0'), before, Buffer.alloc(5000)])],
  ])('says no more of what the file is than its beginning: %s', (_, bytes) => {
    const expected = told(search([bytes], bytes.length))
    expect(expected.length).toBeGreaterThan(0)
    for (const first of [256 * 1024 + 1, 300_000, 600_000, bytes.length - 1])
      expect(told(search([bytes.subarray(0, first), bytes.subarray(first)], bytes.length)), `${first}`).toEqual(expected)
  })
})

test('a password with a token within is told as the token, and kept to be covered', () => {
  const [key = ''] = /sk_live_\w+/.exec(kindCases.find(({ kind }) => kind === 'stripe-key')?.secrets[0] ?? '') ?? []
  const password = `Zq${alnum(5)}-${key}`
  const { found, overlapped } = search([Buffer.from(`url = "postgres://shop:${password}@db.acme.io/shop"\n`)])
  expect([found.map(({ kind }) => kind.id), overlapped]).toEqual([['stripe-key'], [password]])
})

test('two passwords whose few digits are the same are two', () => {
  const digits = (password: string) => createHash('sha256').update(password).digest('hex').slice(0, 4)
  const byDigits = Map.groupBy(
    Array.from({ length: 2000 }, (_, at) => alnum(18, `${at}`)),
    digits,
  )
  const [one, other] = [...byDigits.values()].find(({ length }) => length > 1) ?? []
  const lines = [one, other, one].map((password) => `postgres://shop:${password}@db.acme.io/shop\n`)
  expect(search([Buffer.from(lines.join(''))]).found.map(({ secret, line }) => [secret, line])).toEqual([
    [one, 1],
    [other, 2],
  ])
})

describe('encodings', () => {
  const text = `first line\nTOKEN=${token}\nkey: ${pem}`

  test.each([
    ['utf-16le with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be with its mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['utf-16le without a mark', Buffer.from(text, 'utf16le')],
    ['utf-16be without a mark', Buffer.from(text, 'utf16le').swap16()],
    ['utf-16le with a few letters of other languages', Buffer.from(`дом\n${text}`.replace('дом\nfirst', 'дом'), 'utf16le')],
  ])('text in %s is read', (_, bytes) => {
    const expected = [
      ['digitalocean-token', 2],
      ['rsa-private-key', 3],
    ]
    expect(told(search([bytes], bytes.length)).map(([kind, at]) => [kind, at])).toEqual(expected)
    expect(told(search([...cut(bytes, 33)], bytes.length)).map(([kind, at]) => [kind, at])).toEqual(expected)
  })

  test('other letters than those of English are passed by', () => {
    const bytes = Buffer.from(`läßt – “${token}” – größer`)
    expect(told(search([bytes]))).toEqual([['digitalocean-token', 1, bytes.indexOf(token), bytes.indexOf(token) + token.length]])
  })
})

describe('files that are no text', () => {
  const program = (inside: string) => Buffer.concat([Buffer.from('\x7fELF\0\0\0'), Buffer.alloc(5000), Buffer.from(`\0${inside}\0`)])

  test('a program has tokens with a mark of their own, and private keys, without a line', () => {
    expect(told(search([program(token)])).map(([kind, line]) => [kind, line])).toEqual([['digitalocean-token', undefined]])
    expect(told(search([program(pem)])).map(([kind, line]) => [kind, line])).toEqual([['rsa-private-key', undefined]])
  })

  test('what only a name tells is not looked for there', () => {
    expect(told(search([program(`DATADOG_API_KEY=${hex(32)}`)]))).toEqual([])
  })

  test('numbers of two bytes with a text behind them are no text of two bytes a letter', () => {
    const numbers = Buffer.from(Uint16Array.from({ length: 1500 }, (_, index) => (index % 6 === 0 ? index * 40 : 65)).buffer)
    expect(told(search([Buffer.concat([numbers, Buffer.from(`\0${token}\0`)])])).map(([kind]) => kind)).toEqual(['digitalocean-token'])
  })

  test('what is packed has no text in it', () => {
    expect(told(search([Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from(token)])]))).toEqual([])
  })
})

describe('one secret', () => {
  test('is one, however often a file has it', () => {
    const bytes = Buffer.from(`a=${token}\nb=${token}\nc="${token}"\n`)
    expect(told(search([bytes])).map(([, line]) => line)).toEqual([1])
  })

  test('is of the kind that says most of it', () => {
    const gitlab = `glpat-${alnum(20)}`
    const bytes = Buffer.from(`https://oauth2:${gitlab}@git.acme.io/shop.git`)
    expect(told(search([bytes])).map(([kind]) => kind)).toEqual(['gitlab-token'])
  })

  test('of the same characters has the same hash, and a key in another layout as well', () => {
    const hashes = (text: string) => search([Buffer.from(text)]).found.map(({ hash }) => hash)
    expect(hashes(JSON.stringify({ pem }))).toEqual(hashes(pem.replace(/^/gm, '  ')))
    expect(hashes(pem)[0]).toMatch(/^[0-9a-f]{12}$/)
  })

  test('that somebody thought of tells four digits of its hash, which a dictionary fits by chance', () => {
    const [found] = search([Buffer.from('url=postgres://shop:correct-horse@db.acme.io/shop')]).found
    expect(found?.hash).toMatch(/^[0-9a-f]{4}$/)
  })
})

describe('bounds', () => {
  test('a file with more secrets than are looked at says so', () => {
    const bytes = Buffer.from(Array.from({ length: 150 }, (_, seed) => `dop_v1_${hex(64, String(seed))}\n`).join(''))
    const result = search([bytes])
    expect(result.found).toHaveLength(100)
    expect(result.isCut).toBe(true)
  })

  test('beginnings of keys without end are given up, and that is said', () => {
    const bytes = Buffer.from(`-----BEGIN RSA PRIVATE KEY-----\n${alnum(20)}\n-----END`.repeat(30_000))
    expect(search([bytes]).isCut).toBe(true)
  })

  test('an anchor that is too short is refused', () => {
    expect(() => indexAnchors([{ text: 'abc', anyCase: false, item: 1 }])).toThrow(RangeError)
  })
})

describe('hostile text', () => {
  const size = 40_000
  const units = [
    ...['', ' ', 'A1b2', '="', '&a=', '\n', '://a:'].map((filler) => (anchor: string) => anchor + filler),
    ...['a', '-_', ';a=b;', '0123456789abcdef'].map((filler) => (anchor: string) => anchor + filler.repeat(40)),
  ]

  const limit = 80

  /** Of the processor, in milliseconds; once more where it is much, since the machine has more to do. */
  function timeOf(search: () => void): number {
    const start = process.cpuUsage().user
    search()
    const milliseconds = (process.cpuUsage().user - start) / 1000
    if (milliseconds <= limit) return milliseconds
    const again = process.cpuUsage().user
    search()
    return Math.min(milliseconds, (process.cpuUsage().user - again) / 1000)
  }

  test('no kind takes more than its share of time, whatever follows its anchors', { timeout: 120_000 }, () => {
    const slow: string[] = []
    for (const kind of secretKinds) {
      const own = secretEngine([kind])
      for (const unit of units.map((make) => make(kind.anchors[0] ?? ''))) {
        const bytes = Buffer.from(unit.repeat(Math.ceil(size / unit.length)))
        const milliseconds = timeOf(() => {
          const open = own.open(pathOf(kind.id), bytes.length)
          open.write(bytes)
          open.end()
        })
        if (milliseconds > limit) slow.push(`${kind.id} ${JSON.stringify(unit.slice(0, 60))} ${milliseconds}`)
      }
    }
    expect(slow).toEqual([])
  })

  test('random letters with anchors in them are looked through', () => {
    const anchors = secretKinds.flatMap(({ anchors }) => anchors)
    const bytes = Buffer.from(
      Array.from({ length: 20_000 }, (_, at) => anchors[at % anchors.length] + letters(at % 40, String(at % 97))).join(''),
    )
    expect(() => search([bytes])).not.toThrow()
  })
})

function pathOf(kind: string): string {
  return kindCases.find((cases) => cases.kind === kind)?.path ?? 'a'
}
