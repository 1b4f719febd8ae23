import { describe, expect, test } from 'vitest'
import { type ApiSettings, api, type RecordCache } from '../../src/advisories/api.ts'
import { findVulnerabilities } from '../../src/advisories/find.ts'
import { createHttp } from '../../src/http.ts'
import { distributionOf, osvRecord, packageOf } from '../builders/advisories.ts'
import { type OsvServer, type OsvServerSettings, osvServer } from '../builders/osv-server.ts'

const signal = new AbortController().signal
const left = packageOf({ type: 'npm', name: 'left', version: '1.0.0' })

/** Retries without waiting. */
const http = createHttp({ sleep: () => Promise.resolve() })
const source = (server: OsvServer, settings: Partial<ApiSettings> = {}) => api(new URL(server.address), { http, ...settings })

const find = (server: OsvServer, packages = [left], distribution = undefined as ReturnType<typeof distributionOf> | undefined) =>
  findVulnerabilities({ packages, ...(distribution === undefined ? {} : { distribution }) }, [source(server)], signal)

async function served(records: readonly Record<string, unknown>[], settings?: OsvServerSettings): Promise<OsvServer> {
  return await osvServer(records, settings)
}

describe('an OSV-compatible API', () => {
  test('is asked for names and versions, and its records are matched', async () => {
    await using server = await served([osvRecord({ id: 'A-1' }), osvRecord({ id: 'A-2', events: ['introduced 2.0.0'] })])
    const { problems, gaps } = await find(server)
    expect(problems.map(({ rule }) => rule)).toEqual(['A-1'])
    expect(gaps).toEqual([])
    expect(server.bodies).toEqual(['{"queries":[{"package":{"ecosystem":"npm","name":"left"},"version":"1.0.0"}]}'])
    expect(server.requests).toEqual(['POST /v1/querybatch', 'GET /v1/vulns/A-1'])
  })

  test('is asked at most twice for an image of 400 packages, before details', async () => {
    await using server = await served([
      osvRecord({ id: 'A-1', ecosystem: 'Debian:12', name: 'p7', events: ['introduced 0', 'fixed 1.0-1'] }),
    ])
    const packages = Array.from({ length: 400 }, (_, index) => packageOf({ type: 'deb', name: `p${index}`, version: '1.0-1' }))
    expect(await find(server, packages, distributionOf('debian', '12'))).toEqual({ problems: [], gaps: [] })
    expect(server.requests.filter((request) => request.startsWith('POST')).length).toBeLessThanOrEqual(2)
  })

  test('is asked in batches of a thousand', async () => {
    await using server = await served([osvRecord({ id: 'A-1', name: 'p1234' })])
    const packages = Array.from({ length: 2100 }, (_, index) => packageOf({ type: 'npm', name: `p${index}`, version: '1.0.0' }))
    expect((await find(server, packages)).problems.map(({ package: item }) => item?.name)).toEqual(['p1234'])
    expect(server.batches.toSorted()).toEqual([100, 1000, 1000])
  })

  test('has its pages followed, for those queries that have more', async () => {
    const many = Array.from({ length: 25 }, (_, index) => osvRecord({ id: `A-${index}` }))
    await using server = await served([...many, osvRecord({ id: 'B-1', name: 'right' })], { pageSize: 10 })
    const { problems } = await find(server, [packageOf({ type: 'npm', name: 'right', version: '1.0.0' }), left])
    expect(problems).toHaveLength(26)
    expect(server.batches).toEqual([2, 1, 1])
  })

  test('is asked nothing twice in a run', async () => {
    await using server = await served([osvRecord({ id: 'A-1' }), osvRecord({ id: 'B-1', name: 'right' })])
    const one = source(server)
    const right = packageOf({ type: 'npm', name: 'right', version: '1.0.0' })
    await findVulnerabilities({ packages: [left] }, [one], signal)
    await Promise.all([
      findVulnerabilities({ packages: [left, right] }, [one], signal),
      findVulnerabilities({ packages: [right] }, [one], signal),
    ])
    expect(server.bodies.map((body) => JSON.parse(body).queries.map((query: { package: { name: string } }) => query.package.name))).toEqual(
      [['left'], ['right']],
    )
    expect(server.requests.filter((request) => request.startsWith('GET')).toSorted()).toEqual(['GET /v1/vulns/A-1', 'GET /v1/vulns/B-1'])
  })

  test('keeps records by identifier and modification time', async () => {
    const kept = new Map<string, unknown>()
    const cache: RecordCache = {
      get: (id, modified) => Promise.resolve(kept.get(`${id} ${modified}`)),
      put: async (id, modified, record) => void kept.set(`${id} ${modified}`, record),
    }
    await using server = await served([osvRecord({ id: 'A-1', modified: '2024-05-05T00:00:00Z' })])
    for (let run = 0; run < 2; run++) {
      const { problems } = await findVulnerabilities({ packages: [left] }, [source(server, { cache })], signal)
      expect(problems).toHaveLength(1)
    }
    expect([...kept.keys()]).toEqual(['A-1 2024-05-05T00:00:00Z'])
    expect(server.requests.filter((request) => request.startsWith('GET'))).toHaveLength(1)
  })

  test('fetches no more records at once than it may', async () => {
    await using server = await served(Array.from({ length: 30 }, (_, index) => osvRecord({ id: `A-${index}` })))
    let running = 0
    let most = 0
    const counting = {
      ...http,
      async send(request: Parameters<typeof http.send>[0]) {
        running++
        most = Math.max(most, running)
        try {
          return await http.send(request)
        } finally {
          running--
        }
      },
    }
    await findVulnerabilities({ packages: [left] }, [api(new URL(server.address), { http: counting, parallel: 4 })], signal)
    expect(most).toBe(4)
  })

  test('may be named with its version in the address', async () => {
    await using server = await served([osvRecord({ id: 'A-1' })])
    const { problems } = await findVulnerabilities({ packages: [left] }, [api(new URL(`${server.address}/v1/`), { http })], signal)
    expect(problems).toHaveLength(1)
  })

  test('rates by alias where the record itself gives no rating', async () => {
    const own = osvRecord({ id: 'A-1', with: { aliases: ['CVE-2024-0001', 'CVE-2024-0002'] } })
    const upstream = osvRecord({ id: 'CVE-2024-0001', name: 'other', with: { database_specific: { severity: 'HIGH' } } })
    await using server = await served([own, upstream])
    const { problems, gaps } = await find(server)
    expect(problems.map(({ severity }) => severity)).toEqual(['high'])
    // That there is no record for the second is an answer, and no gap.
    expect(gaps).toEqual([])
  })
})

describe('what an API does not know', () => {
  test('a release that nothing was ever said about is a gap', async () => {
    await using server = await served([osvRecord({ ecosystem: 'Debian:11', name: 'openssl' })])
    const item = packageOf({ type: 'deb', name: 'zlib1g', version: '1:1.3-1', source: 'zlib' })
    expect((await find(server, [item], distributionOf('debian', '99'))).gaps).toEqual([
      { message: 'no advisory source has data for "Debian:99": 1 package not matched' },
    ])
    expect((await find(server, [item], distributionOf('debian', '11'))).gaps).toEqual([])
  })

  test('all releases of an image are looked for in one request, and not again', async () => {
    await using server = await served([])
    const packages = Array.from({ length: 100 }, (_, index) => packageOf({ type: 'rpm', name: `p${index}`, version: '1.0-1' }))
    const one = source(server)
    const input = { packages, distribution: distributionOf('rhel', '9.2') }
    for (let run = 0; run < 2; run++) {
      const { gaps } = await findVulnerabilities(input, [one], signal)
      expect(gaps).toEqual([{ message: 'no advisory source has data for "Red Hat:enterprise_linux:9::baseos": 100 packages not matched' }])
    }
    expect(server.batches).toEqual([300, 330])
  })

  test('a release that is found out to be known later counts as known', async () => {
    const record = osvRecord({ id: 'A-1', ecosystem: 'Debian:12', name: 'rare', events: ['introduced 0'] })
    await using server = await served([record])
    const one = source(server)
    const findIn = (name: string) =>
      findVulnerabilities(
        { packages: [packageOf({ type: 'deb', name, version: '1' })], distribution: distributionOf('debian', '12') },
        [one],
        signal,
      )
    expect((await findIn('other')).gaps).toHaveLength(1)
    expect((await findIn('rare')).gaps).toEqual([])
    expect((await findIn('other')).gaps).toEqual([])
  })

  test('an ecosystem that it refuses is a gap, and the others are answered', async () => {
    await using server = await served([osvRecord({ id: 'A-1' })], { ecosystems: ['npm'] })
    const other = packageOf({ type: 'pypi', name: 'right', version: '1.0' })
    const { problems, gaps } = await find(server, [other, left])
    expect(problems.map(({ rule }) => rule)).toEqual(['A-1'])
    expect(gaps).toEqual([{ message: `${server.address}/v1/querybatch answered 400 for "PyPI": 1 package not matched` }])
  })
})

describe('an API that fails is a gap that names it', () => {
  test('429 and 503 are tried again', async () => {
    await using server = await served([osvRecord({ id: 'A-1' })])
    const statuses = [429, 503, 503]
    server.fail = (_, response) => {
      const status = statuses.shift()
      if (status === undefined) return false
      response.writeHead(status, { 'retry-after': '0' }).end()
      return true
    }
    const { problems, gaps } = await find(server)
    expect(problems).toHaveLength(1)
    expect(gaps).toEqual([])
    expect(server.requests).toHaveLength(5)
  })

  test.each([429, 503, 500, 404])('%i without end', async (status) => {
    await using server = await served([osvRecord({ id: 'A-1' })])
    server.fail = (_, response) => {
      response.writeHead(status).end('<html>')
      return true
    }
    expect(await find(server)).toEqual({
      problems: [],
      gaps: [{ message: `${server.address}/v1/querybatch answered ${status}: 1 package not matched` }],
    })
  })

  test.each<[string, string, RegExp]>([
    ['half an answer', '{"results":[{"vulns":[{"id":"A', /answered with what is no JSON: 1 package not matched$/],
    ['no results', '{"ok":true}', /answered with no list of results: 1 package not matched$/],
    ['fewer results than queries', '{"results":[]}', /answered with 0 results for 1 queries: 1 package not matched$/],
    ['results that are none', '{"results":[7]}', /answered with a result that is no object: 1 package not matched$/],
    [
      'vulnerabilities that are none',
      '{"results":[{"vulns":{}}]}',
      /answered with vulnerabilities that are no list: 1 package not matched$/,
    ],
    [
      'an identifier that climbs',
      '{"results":[{"vulns":[{"id":"../../etc"}]}]}',
      /answered with a vulnerability without an identifier: 1 package not matched$/,
    ],
    [
      'pages without end',
      '{"results":[{"next_page_token":"again"}]}',
      /the API has more than 100 pages for "left": 1 package not matched$/,
    ],
  ])('%s', async (_, body, message) => {
    await using server = await served([])
    server.fail = (request, response) => {
      if (!request.startsWith('POST')) return false
      response.end(body)
      return true
    }
    expect(await find(server)).toEqual({ problems: [], gaps: [{ message: expect.stringMatching(message) }] })
  })

  test('a connection that breaks in the middle', async () => {
    await using server = await served([])
    server.fail = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"results":[')
      setTimeout(() => response.destroy(), 10)
      return true
    }
    const { problems, gaps } = await find(server)
    expect(problems).toEqual([])
    expect(gaps).toEqual([{ message: expect.stringMatching(/: 1 package not matched$/) }])
  })

  test.each<[string, unknown, RegExp]>([
    ['another record than was asked for', osvRecord({ id: 'A-2' }), /^record A-1 of .* answered with the record "A-2"$/],
    ['no record', { error: 'none' }, /^record A-1 of .* answered with no record$/],
    ['half a record', undefined, /^record A-1 of .* answered with what is no JSON$/],
  ])('%s', async (_, record, message) => {
    await using server = await served([osvRecord({ id: 'A-1' }), osvRecord({ id: 'A-3' })])
    server.fail = (request, response) => {
      if (request !== 'GET /v1/vulns/A-1') return false
      response.end(record === undefined ? '{"id":"A-1","modi' : JSON.stringify(record))
      return true
    }
    const { problems, gaps } = await find(server)
    expect(problems.map(({ rule }) => rule)).toEqual(['A-3'])
    expect(gaps).toEqual([{ message: expect.stringMatching(message) }])
  })

  test('no network, by wish', async () => {
    const { problems, gaps } = await findVulnerabilities(
      { packages: [left] },
      [api(new URL('https://advisories.example'), { http: createHttp({ offline: true }) })],
      signal,
    )
    expect(problems).toEqual([])
    expect(gaps).toEqual([{ message: 'advisories.example was not asked, because of --offline: 1 package not matched' }])
  })
})
