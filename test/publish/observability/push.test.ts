import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { UsageError } from '../../../src/findings.ts'
import { createHttp } from '../../../src/http-client.ts'
import { prometheusText } from '../../../src/publish/observability/metrics.ts'
import { readAddress, readHeaders } from '../../../src/publish/observability/push.ts'
import { beginTelemetry, type TelemetryOptions } from '../../../src/publish/observability/telemetry.ts'
import { freePort, missingPrograms, needs, startProgram } from '../../builders/programs.ts'
import { type Receiver, startReceiver } from '../../builders/receiver.ts'
import { exampleReport, finding, report } from '../../builders/report.ts'

let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(() => receiver.close())

const { report: example } = exampleReport()
const ofShard = { ...example, shard: { index: 2, of: 4 } as NonNullable<typeof example.shard> }

/** What was said on standard error. */
async function tell(options: TelemetryOptions, environment: Record<string, string> = {}, some = example, offline = false): Promise<string> {
  let said = ''
  const telemetry = await beginTelemetry(options, {
    environment,
    write: (text) => {
      said += text
    },
    openHttp: () => createHttp({ offline, sleep: async () => {} }),
  })
  await telemetry.finish(some)
  return said
}

describe('a Pushgateway', () => {
  test('is given the whole group of the run, in the text form that it reads', async () => {
    expect(await tell({ pushgateway: receiver.url })).toBe('')
    const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }
    expect(receiver.received).toMatchObject([{ method: 'PUT', path: '/metrics/job/portcullis', headers }])
    const body = receiver.received[0]?.body
    expect(body).toContain('# TYPE security_events_total counter\nsecurity_events_total{')
    expect(body).toContain('# TYPE portcullis_verdict gauge\n')
    expect(body).not.toMatch(/EOF|UNIT|stateset/u)
  })

  test('has a group for each repository and shard', async () => {
    await tell({ pushgateway: `${receiver.url}/gateway/` }, { GITHUB_REPOSITORY: 'acme/shop' }, ofShard)
    const encoded = (value: string) => Buffer.from(value).toString('base64url')
    expect(receiver.received.map(({ path }) => path)).toEqual([
      `/gateway/metrics/job/portcullis/repository@base64/${encoded('acme/shop')}/shard@base64/${encoded('2/4')}`,
    ])
  })

  test('has the group that its address names', async () => {
    await tell({ pushgateway: `${receiver.url}/metrics/job/gate/team/shop` }, { GITHUB_REPOSITORY: 'acme/shop' })
    expect(receiver.received.map(({ path }) => path)).toEqual(['/metrics/job/gate/team/shop'])
  })

  test('gets user and password of its address as a header, and nobody else sees them', async () => {
    receiver.answer = { status: 401, body: 'who are you\u001b[2J' }
    const said = await tell({ pushgateway: receiver.url.replace('//', '//robot:s%2Fcret@') })
    expect(receiver.received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('robot:s/cret').toString('base64')}`)
    expect(said).toBe(
      `portcullis: --pushgateway: the metrics were not taken: 127.0.0.1:${receiver.port} answered 401: "who are you\\u{1b}[2J"\n`,
    )
  })

  test.skipIf(missingPrograms('prometheus-pushgateway').length > 0)(
    `of Prometheus takes what is pushed, and forgets what the next run no longer has${needs('prometheus-pushgateway')}`,
    async () => {
      const port = await freePort()
      const stop = await startProgram('prometheus-pushgateway', [`--web.listen-address=127.0.0.1:${port}`], port)
      try {
        const pushgateway = `http://127.0.0.1:${port}`
        const environment = { GITHUB_REPOSITORY: 'acme/shop' }
        const series = async () =>
          (await (await fetch(`${pushgateway}/metrics`)).text()).split('\n').filter((line) => line.startsWith('security_events_total'))
        const labels = 'instance="",job="portcullis",repository="acme/shop"'
        expect(await tell({ pushgateway }, environment, report({ findings: [finding()] }))).toBe('')
        expect(await series()).toEqual([
          `security_events_total{event_type="gap",${labels},severity="unknown"} 0`,
          `security_events_total{event_type="manifest",${labels},severity="high"} 1`,
        ])
        expect(await tell({ pushgateway }, environment, report())).toBe('')
        expect(await series()).toEqual([`security_events_total{event_type="gap",${labels},severity="unknown"} 0`])
      } finally {
        await stop()
      }
    },
  )
})

/** As protobuf's JSON has the messages of opentelemetry/proto/metrics/v1/metrics.proto: 64 bits as text, enums as numbers, nothing unknown. */
const attributes = z.array(z.strictObject({ key: z.string().min(1), value: z.strictObject({ stringValue: z.string() }) }))
const uint64 = z.string().regex(/^\d{19}$/u)
const dataPoints = z
  .array(
    z.xor([
      z.strictObject({ attributes, startTimeUnixNano: uint64, timeUnixNano: uint64, asInt: z.string().regex(/^-?\d+$/u) }),
      z.strictObject({ attributes, startTimeUnixNano: uint64, timeUnixNano: uint64, asDouble: z.number() }),
    ]),
  )
  .min(1)
const described = { name: z.string().regex(/^[A-Za-z][\w./-]{0,254}$/u), description: z.string(), unit: z.enum(['By', 's']).optional() }
const exportRequest = z.strictObject({
  resourceMetrics: z.tuple([
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeMetrics: z.tuple([
        z.strictObject({
          scope: z.strictObject({ name: z.literal('portcullis'), version: z.string() }),
          metrics: z.array(
            z.xor([
              z.strictObject({ ...described, gauge: z.strictObject({ dataPoints }) }),
              z.strictObject({
                ...described,
                sum: z.strictObject({ dataPoints, aggregationTemporality: z.literal(2), isMonotonic: z.literal(true) }),
              }),
            ]),
          ),
        }),
      ]),
    }),
  ]),
})

describe('an OTLP receiver', () => {
  const sent = () => exportRequest.parse(JSON.parse(receiver.received[0]?.body ?? '')).resourceMetrics[0]

  test('is sent one request of the metrics of the run, by the service that they are of', async () => {
    expect(await tell({ otlp: receiver.url }, { GITHUB_REPOSITORY: 'acme/shop' }, ofShard)).toBe('')
    expect(receiver.received).toMatchObject([{ method: 'POST', path: '/v1/metrics', headers: { 'content-type': 'application/json' } }])
    expect(sent().resource.attributes).toEqual([
      { key: 'service.name', value: { stringValue: 'portcullis' } },
      { key: 'repository', value: { stringValue: 'acme/shop' } },
      { key: 'shard', value: { stringValue: '2/4' } },
    ])
  })

  test('is told counters as sums and the rest as gauges, whole numbers as such', async () => {
    await tell({ otlp: receiver.url }, {}, report({ findings: [finding()] }))
    const [{ metrics }] = sent().scopeMetrics
    const values = metrics.map((metric) => {
      const points = 'sum' in metric ? metric.sum.dataPoints : metric.gauge.dataPoints
      return [metric.name, 'sum' in metric, points.map((point) => ('asInt' in point ? point.asInt : typeof point.asDouble))]
    })
    expect(values).toEqual(
      expect.arrayContaining([
        ['security_events', true, ['1', '0']],
        ['portcullis_verdict', false, ['0', '1', '0']],
        ['portcullis_run_duration_seconds', false, ['number']],
      ]),
    )
    // Joining reports reads no layer: nothing is said of bytes.
    expect(metrics.map(({ name }) => name)).not.toContain('portcullis_layer_read_bytes')
  })

  test('below a path, with headers of its own and a name for the service', async () => {
    const environment = { OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20abc, x-tenant=shop', OTEL_SERVICE_NAME: 'gate' }
    await tell({ otlp: `${receiver.url}/otlp/` }, environment)
    await tell({ otlp: `${receiver.url}/otlp/v1/metrics` }, environment)
    expect(receiver.received.map(({ path, headers }) => [path, headers.authorization, headers['x-tenant']])).toEqual([
      ['/otlp/v1/metrics', 'Bearer abc', 'shop'],
      ['/otlp/v1/metrics', 'Bearer abc', 'shop'],
    ])
    expect(sent().resource.attributes[0]).toEqual({ key: 'service.name', value: { stringValue: 'gate' } })
  })

  test('that took only a part is told', async () => {
    receiver.answer = { status: 200, body: '{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}' }
    expect(await tell({ otlp: receiver.url })).toContain('took only a part: 3 data points were rejected, "too old"')
  })
})

describe('metrics that cannot be pushed', () => {
  test.each([
    ['to a server that always fails, after three tries', 500, undefined, 3],
    ['to one that refuses', 400, 'no', 1],
    ['to one with an endless answer', 200, 'x'.repeat(100_000), 1],
  ])('%s, are told and no more', async (_, status, body, tries) => {
    receiver.answer = { status, ...(body === undefined ? {} : { body }) }
    const said = await tell({ otlp: receiver.url, pushgateway: receiver.url })
    expect(said.match(/^portcullis: --(otlp|pushgateway): the metrics were not taken: .*$/gmu)).toHaveLength(2)
    expect(receiver.received).toHaveLength(2 * tries)
  })

  test.each([
    ['in plain text to another machine', 'http://metrics.example', false, 'plain HTTP'],
    ['to a metadata service', 'https://169.254.169.254', false, 'metadata address'],
    ['without a network', 'https://metrics.example', true, 'because of --offline'],
  ])('%s, are told and no more', async (_, pushgateway, offline, why) => {
    expect(await tell({ pushgateway }, {}, example, offline)).toContain(why)
  })

  test('are an event where events are asked for', async () => {
    receiver.answer = { status: 400 }
    const lines = (await tell({ otlp: receiver.url, logFormat: 'json' })).trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'warning', event_type: 'telemetry', source: 'portcullis' })
  })
})

describe('a wrong call', () => {
  test.each(['', 'metrics.example', 'ftp://metrics.example', 'https://metrics.example/?token=a', 'https://robot:secret@:x'])(
    'is the address %j, and its password is not shown',
    (text) => {
      expect(() => readAddress('--otlp', text)).toThrow(UsageError)
      expect(() => readAddress('--otlp', text)).toThrow(/^--otlp "[^@]*": expected an http or https address/u)
    },
  )

  test('is a list of headers without names, and none of them is shown', () => {
    expect(() => readHeaders('secret')).toThrow(/^OTEL_EXPORTER_OTLP_HEADERS: expected name=value, with commas between them$/u)
    expect(() => readHeaders('a b=secret')).toThrow(UsageError)
    expect(readHeaders('a=1,,b=x=y')).toEqual({ a: '1', b: 'x=y' })
  })
})

test('text for a Pushgateway has each family once, with its help and type before it', () => {
  const lines = prometheusText(example, { seconds: 1, readBytes: 2 }).trim().split('\n')
  const families = lines.filter((line) => line.startsWith('# HELP')).map((line) => line.split(' ')[2])
  expect(new Set(families).size).toBe(families.length)
  for (const line of lines.filter((each) => !each.startsWith('#'))) expect(families).toContain(line.split(/[{ ]/u)[0])
})
