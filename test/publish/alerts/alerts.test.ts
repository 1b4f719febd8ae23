import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../../src/findings.ts'
import { demandsOf, type RespondingPolicy, respond } from '../../../src/gate/responses.ts'
import { createHttp, type HttpClient } from '../../../src/http.ts'
import { type ResponsePolicy, responseRuleOf } from '../../../src/policy/responses.ts'
import { alertOf } from '../../../src/publish/alerts/alert.ts'
import { signEvent } from '../../../src/publish/alerts/event.ts'
import { mailMessage } from '../../../src/publish/alerts/mail.ts'
import { takeResponses } from '../../../src/publish/alerts/respond.ts'
import { slackBody, slackText } from '../../../src/publish/alerts/slack.ts'
import { freshPart, readTold, writeTold } from '../../../src/publish/alerts/told.ts'
import { summaryBody } from '../../../src/publish/github/summary.ts'
import { finding, image, report, vulnerability } from '../../builders/report.ts'
import { smtpStandIn } from '../../builders/smtp.ts'

interface Got {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let server: Server
let address: string
let got: Got[]
let answer: (request: IncomingMessage, response: ServerResponse) => void
let http: HttpClient

beforeEach(async () => {
  got = []
  answer = (_, response) => void response.end('ok')
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() })
      answer(request, response)
    })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const bound = server.address()
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`
  http = createHttp({ sleep: async () => undefined })
})
afterEach(async () => {
  http.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const secret = `whsec_${Buffer.from('a key of twenty-four by.').toString('base64')}`
const now = new Date('2026-01-02T03:04:05Z')

type Rule = [condition: string, ...actions: { type: string; params?: Record<string, unknown> }[]]

function policyOf(rules: readonly Rule[], some: Partial<ResponsePolicy> = {}): RespondingPolicy {
  return {
    enforcement: [],
    responses: {
      rules: rules.map(([condition, ...actions]) => responseRuleOf({ condition, actions })),
      alerts: { slack: { webhookFrom: 'SLACK' }, webhook: { url: `${address}/webhook`, secretFrom: 'KEY' } },
      handover: { urlFrom: 'HANDOVER', secretFrom: 'KEY' },
      ...some,
    },
  }
}

const environment = () => ({ SLACK: `${address}/services/T0/B0/very-secret`, HANDOVER: `${address}/handover`, KEY: secret })

async function take(
  all: Report,
  policy: RespondingPolicy,
  some: { told?: readonly string[]; environment?: Record<string, string>; deadlineMilliseconds?: number } = {},
) {
  const origin = { repository: 'acme/shop', pull: 7, revision: 'c0ffee', url: 'https://github.example/acme/shop/pull/7' }
  const world = {
    http,
    environment: some.environment ?? environment(),
    now: () => now,
    signal: new AbortController().signal,
    origin,
    told: some.told ?? [],
    ...(some.deadlineMilliseconds && { deadlineMilliseconds: some.deadlineMilliseconds }),
  }
  return takeResponses(all, policy, world)
}

const statesOf = ({ responses = [] }: Report) => responses.map(({ action, channel, state, detail }) => [action, channel, state, detail])
const critical = () => report({ findings: [vulnerability('CVE-1', {}, { severity: 'critical' })], subjects: [image()] })
const alert = (...channels: string[]) => ({ type: 'alert', params: { channels } })

describe('an alert', () => {
  test('to Slack is a text, and the address is told nobody', async () => {
    const { report: after } = await take(
      critical(),
      policyOf([['severity == critical', { type: 'alert', params: { channels: ['slack'], severity: 'page', message: 'Call us' } }]]),
    )
    expect(statesOf(after)).toEqual([['alert', 'slack', 'taken', 'was sent']])
    expect(got.map(({ path }) => path)).toEqual(['/services/T0/B0/very-secret'])
    expect(
      JSON.parse(got[0]?.body ?? '')
        .text.replaceAll('\u200b', '')
        .split('\n'),
    ).toEqual([
      'Portcullis: block in acme/shop#7',
      'page: severity == critical',
      'Call us',
      `- critical CVE-1 in ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)} (deploy/shop.yaml:4): openssl is vulnerable`,
      'https://github.example/acme/shop/pull/7',
    ])
    expect(JSON.stringify(after)).not.toContain('very-secret')
  })

  test('to a webhook is signed over its id, its time and its bytes', async () => {
    const { report: after } = await take(critical(), policyOf([['severity == critical', alert('webhook')]]))
    expect(statesOf(after)).toEqual([['alert', 'webhook', 'taken', 'was sent']])
    const [{ headers, body } = { headers: {} as IncomingMessage['headers'], body: '' }] = got
    const key = Buffer.from('a key of twenty-four by.')
    const signature = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signature}`)
    expect(headers['webhook-timestamp']).toBe(String(now.getTime() / 1000))
    expect(JSON.parse(body)).toMatchObject({
      type: 'portcullis.alert',
      timestamp: '2026-01-02T03:04:05.000Z',
      data: {
        condition: 'severity == critical',
        action: { type: 'alert', params: { channels: ['webhook'] } },
        verdict: 'block',
        origin: { repository: 'acme/shop', pull: 7, revision: 'c0ffee' },
        matches: [
          {
            subject: `ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)}`,
            findings: [{ rule: 'CVE-1', severity: 'critical', fingerprint: 'CVE-1-openssl' }],
          },
        ],
        images: [{ reference: 'ghcr.io/acme/shop:1.4' }],
      },
    })
  })

  test('by e-mail goes to whom the policy names', async () => {
    const mail = await smtpStandIn({ tls: 'none' })
    const email = { host: '127.0.0.1', port: mail.port, tls: 'none' as const, from: 'gate@example.com', to: ['security@example.com'] }
    const { report: after } = await take(critical(), policyOf([['severity == critical', alert('email')]], { alerts: { email } }))
    await mail.close()
    expect(statesOf(after)).toEqual([['alert', 'email', 'taken', 'was sent']])
    const [{ from, to, data } = { from: '', to: [], data: '' }] = mail.messages
    expect([from, to]).toEqual(['gate@example.com', ['security@example.com']])
    expect(Buffer.from(data.split('\r\n\r\n')[1] ?? '', 'base64').toString()).toContain('critical CVE-1 in ghcr.io/acme/shop:1.4')
  })

  test('of the run as a whole names what blocks it', async () => {
    await take(critical(), policyOf([['verdict == block', alert('slack')]]))
    expect(JSON.parse(got[0]?.body ?? '').text).toContain('critical CVE-1 in ghcr.io/acme/shop:1.4')
  })

  test('of the run as a whole that nothing blocks names what is new, and is as severe as the worst of it', async () => {
    const findings = [
      finding({ severity: 'low', blocking: false, rule: 'a' }),
      finding({ severity: 'medium', blocking: false, rule: 'b', fingerprint: 'b' }),
      finding({ severity: 'high', state: 'existing', rule: 'c', fingerprint: 'c' }),
    ]
    await take(report({ findings }), policyOf([['new_findings > 0', alert('slack')]]))
    const lines: string[] = JSON.parse(got[0]?.body ?? '').text.split('\n')
    expect([lines[1], lines.filter((line) => line.startsWith('- ')).map((line) => line.split(' ')[2])]).toEqual([
      'medium: new_\u200bfindings &gt; 0',
      ['a', 'b'],
    ])
  })

  test('of an image is as severe as the worst that it has', async () => {
    const all = report({ subjects: [image()], findings: [vulnerability('CVE-1', {}, { severity: 'medium', blocking: false })] })
    await take(all, policyOf([['image_registry == "ghcr.io"', alert('slack')]]))
    await take(report({ subjects: [image()] }), policyOf([['image_registry == "ghcr.io"', alert('slack')]]))
    expect(got.map(({ body }) => JSON.parse(body).text.split('\n')[1].split(':')[0])).toEqual(['medium', 'notice'])
  })

  test('of very many findings has as many as a reader can use', async () => {
    const findings = Array.from({ length: 500 }, (_, index) =>
      vulnerability(`CVE-${index}`, {}, { severity: 'critical', title: 'x'.repeat(5000) }),
    )
    await take(report({ findings }), policyOf([['severity == critical', alert('slack', 'webhook')]]))
    const text: string = JSON.parse(got.find(({ path }) => path.startsWith('/services'))?.body ?? '').text
    expect(text.length).toBeLessThan(4000)
    expect(JSON.parse(got.find(({ path }) => path === '/webhook')?.body ?? '').data.matches[0].findings).toHaveLength(100)
  })
})

describe('what could not be sent is a gap, and says why', () => {
  const gapsOf = async (channel: string, some: Parameters<typeof take>[2] = {}, policy = policyOf([['gaps == 0', alert(channel)]])) => {
    const { report: after, told } = await take(report(), policy, some)
    expect([after.verdict, after.summary.gaps, told]).toEqual(['incomplete', 1, []])
    expect(after.responses?.map(({ state }) => state)).toEqual(['failed'])
    return after.gaps.map(({ subject, message }) => `${subject}: ${message}`.replace(/127\.0\.0\.1:\d+/u, 'HOST'))
  }

  test('a receiver that fails, after more tries', async () => {
    answer = (_, response) => void response.writeHead(500).end('\u001b[31mno_service\u2028<!channel>')
    expect(await gapsOf('webhook')).toEqual([
      'response alert by webhook: HOST answered 500: "\\u{1b}[31mno_service\\u{2028}<!channel>" (response rule gaps == 0)',
    ])
    expect(got).toHaveLength(3)
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('a redirect, inside the network or elsewhere', async () => {
    answer = (_, response) => void response.writeHead(307, { location: `${address}/admin` }).end()
    expect(await gapsOf('slack')).toEqual([
      'response alert by slack: HOST answered 307: redirects are not followed (response rule gaps == 0)',
    ])
    expect(got.map(({ path }) => path)).toEqual(['/services/T0/B0/very-secret'])
  })

  test('an answer without an end is not read', async () => {
    answer = (_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.on('close', () => clearInterval(timer))
    }
    const { report: after } = await take(report(), policyOf([['gaps == 0', alert('slack')]]))
    expect(statesOf(after)).toEqual([['alert', 'slack', 'taken', 'was sent']])
  })

  test('a refusal without an end is not read either', async () => {
    answer = (_, response) => {
      response.writeHead(404)
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.on('close', () => clearInterval(timer))
    }
    expect(await gapsOf('slack')).toEqual(['response alert by slack: HOST answered 404 (response rule gaps == 0)'])
  })

  test('a variable that is not set, by its name', async () => {
    expect(await gapsOf('slack', { environment: {} })).toEqual([
      'response alert by slack: the environment variable SLACK is not set (response rule gaps == 0)',
    ])
  })

  test('a variable that holds no address, without what it holds', async () => {
    expect(await gapsOf('slack', { environment: { SLACK: 'very secret' } })).toEqual([
      'response alert by slack: the environment variable SLACK holds no address (response rule gaps == 0)',
    ])
  })

  test('a key that is too short to be one', async () => {
    expect(await gapsOf('webhook', { environment: { ...environment(), KEY: 'short' } })).toEqual([
      'response alert by webhook: the key of the signature has 5 bytes, expected at least 16 (response rule gaps == 0)',
    ])
    expect(got).toEqual([])
  })

  test.each([
    [
      'http://169.254.169.254/latest',
      'response alert by slack: 169.254.169.254 is at the link-local or metadata address 169.254.169.254, which the policy does not allow (response rule gaps == 0)',
    ],
    [
      'http://10.0.0.1/hook',
      'response alert by slack: 10.0.0.1 is at 10.0.0.1, and plain HTTP is for loopback addresses only (response rule gaps == 0)',
    ],
    ['file:///etc/passwd', 'response alert by slack: the environment variable SLACK holds no address (response rule gaps == 0)'],
  ])('an address that nothing may be sent to: %s', async (url, message) => {
    expect(await gapsOf('slack', { environment: { SLACK: url } })).toEqual([message])
  })

  test('receivers that never answer, all within one bound', async () => {
    answer = () => undefined
    const rules = Array.from(
      { length: 20 },
      (_, index): Rule => ['gaps == 0', { type: 'alert', params: { channels: ['slack'], message: String(index) } }],
    )
    const started = performance.now()
    const { report: after } = await take(report(), policyOf(rules), { deadlineMilliseconds: 300 })
    expect([after.verdict, after.gaps.length]).toEqual(['incomplete', 20])
    expect(after.gaps.at(-1)?.message).toMatch(/^there was no time left: /u)
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('and what blocks still blocks', async () => {
    const { report: after } = await take(critical(), policyOf([['severity == critical', alert('slack')]]), { environment: {} })
    expect([after.verdict, after.reasons.at(-1)]).toEqual([
      'block',
      'response alert by slack: the environment variable SLACK is not set (response rule severity == critical)',
    ])
  })
})

describe('a hand-over', () => {
  test('of an action is a signed event', async () => {
    const { report: after } = await take(
      critical(),
      policyOf([['severity == critical', { type: 'pod_quarantine', params: { namespace: 'shop' } }]]),
    )
    expect(statesOf(after)).toEqual([['pod_quarantine', undefined, 'handed-over', 'was sent to the webhook of the policy']])
    expect([got[0]?.path, JSON.parse(got[0]?.body ?? '')]).toMatchObject([
      '/handover',
      { type: 'portcullis.handover', data: { action: { type: 'pod_quarantine', params: { namespace: 'shop' } }, unknown: [] } },
    ])
  })

  test('of a condition names what only the cluster knows, and the images that it is about', async () => {
    const { report: after } = await take(
      report({ subjects: [image()] }),
      policyOf([['failed_auths > 5', { type: 'ip_block' }, alert('slack')]]),
    )
    expect(statesOf(after).map(([action, , state]) => [action, state])).toEqual([
      ['ip_block', 'handed-over'],
      ['alert', 'handed-over'],
    ])
    expect(got.map(({ path, body }) => [path, JSON.parse(body).data.unknown, JSON.parse(body).data.images.length])).toEqual([
      ['/handover', ['failed_auths'], 1],
      ['/handover', ['failed_auths'], 1],
    ])
  })

  test('is none where the gate knows enough', async () => {
    const { report: after } = await take(report(), policyOf([['gaps == 0 or failed_auths > 5', alert('slack')]]))
    expect(statesOf(after)).toEqual([['alert', 'slack', 'taken', 'was sent']])
  })

  test('that fails is a gap', async () => {
    answer = (_, response) => void response.writeHead(403).end()
    const { report: after } = await take(report(), policyOf([['gaps == 0', { type: 'rate_limit' }]]))
    expect([after.verdict, after.gaps[0]?.subject]).toEqual(['incomplete', 'response rate_limit'])
  })
})

describe('what was told', () => {
  const rules = () => policyOf([['severity == critical', alert('slack')]])

  test('is not told again, and what is new is', async () => {
    const first = await take(critical(), rules())
    const second = await take(critical(), rules(), { told: first.told })
    expect([got.length, statesOf(second.report), second.told]).toEqual([1, [['alert', 'slack', 'taken', 'was sent before']], []])
    const more = report({ findings: [...critical().findings, vulnerability('CVE-2', {}, { severity: 'critical' })] })
    await take(more, rules(), { told: first.told })
    expect(JSON.parse(got[1]?.body ?? '').text.match(/CVE-\d/gu)).toEqual(['CVE-2'])
  })

  test('by one channel is not told by another', async () => {
    const { told } = await take(critical(), rules())
    await take(critical(), policyOf([['severity == critical', alert('webhook')]]), { told })
    expect(got.map(({ path }) => path)).toEqual(['/services/T0/B0/very-secret', '/webhook'])
  })

  test('and failed is told the next time', async () => {
    answer = (_, response) => void response.writeHead(500).end()
    const { told } = await take(critical(), rules())
    answer = (_, response) => void response.end()
    await take(critical(), rules(), { told })
    expect([told, got.length]).toEqual([[], 2])
  })

  test('of the run is told again where something else blocks it, and not where less does', async () => {
    const policy = policyOf([['verdict == block', alert('slack')]])
    const two = report({ findings: [...critical().findings, vulnerability('CVE-2', {}, { severity: 'critical' })] })
    const first = await take(two, policy)
    await take(critical(), policy, { told: first.told })
    expect(got).toHaveLength(1)
    await take(report({ findings: [vulnerability('CVE-3')] }), policy, { told: first.told })
    expect(got).toHaveLength(2)
  })

  test('of a cluster is told again for other images', async () => {
    const policy = policyOf([['failed_auths > 5', { type: 'ip_block' }]])
    const { told } = await take(report({ subjects: [image()] }), policy)
    await take(report({ subjects: [image()] }), policy, { told })
    await take(report({ subjects: [image({ digest: `sha256:${'2b'.repeat(32)}` })] }), policy, { told })
    expect(got).toHaveLength(2)
  })

  test('is read again from the second paragraph of a summary alone', () => {
    const keys = ['aB-_3', 'x']
    expect(readTold(summaryBody('# Report', [], keys))).toEqual(keys)
    expect(readTold(summaryBody('# Report', [], keys).replaceAll('\n', '\r\n'))).toEqual(keys)
    expect(readTold(summaryBody(`# Report\n\n${writeTold(['forged'])}`, []))).toEqual([])
    expect(readTold('<!-- portcullis-summary -->')).toEqual([])
  })

  test('is remembered up to a bound, the newest of it', () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `key${index}`)
    expect(readTold(`<!-- m -->\n\n${writeTold(keys)}`)).toEqual(keys.slice(-1000))
  })

  test('has keys of its rule, its action and its finding', () => {
    const all = critical()
    const keysFor = (condition: string, params: Record<string, unknown>) => {
      const policy = policyOf([[condition, { type: 'alert', params }]])
      return respond(all, demandsOf(policy)).effects.flatMap((effect) => freshPart(effect, all, new Set())?.keys ?? [])
    }
    const keys = [
      ...keysFor('severity == critical', {}),
      ...keysFor('severity >= critical', {}),
      ...keysFor('severity == critical', { severity: 'low' }),
    ]
    expect([keys.length, new Set(keys).size]).toEqual([6, 6])
  })
})

describe('text from outside', () => {
  const hostile =
    '<!channel> <@U1> <https://evil.example|bank> & @here *b* _i_ ~s~ `c` https://evil.example :tada: [x](https://evil.example)\nnew line\u202e'

  test('neither mentions nor links nor formats in Slack', () => {
    const clean = slackText(hostile)
    expect(clean).not.toMatch(/<|>|\n|\u202e/u)
    expect(clean).not.toMatch(/@\w|\*\w|https?:\/\/|:tada:|`c`/u)
    expect(clean).toContain('&lt;!channel&gt;')
    expect(clean).toContain('&amp;')
  })

  const effectOf = (all: Report) => {
    const [effect] = respond(all, demandsOf(policyOf([['severity == critical', alert('slack')]]))).effects
    if (!effect) throw new Error('the rule is not met')
    return alertOf(effect, all, { repository: 'acme/shop\r\nBcc: all@example.com', pull: 7 })
  }

  test('of a finding passes through the escape of each message', () => {
    const all = report({ findings: [finding({ severity: 'critical', title: hostile, subject: 'a\r\n.\r\nMAIL FROM:<x>' })] })
    expect(JSON.parse(slackBody(effectOf(all))).text).not.toMatch(/<|@here/u)
  })

  test('ends no header of an e-mail, and no line of it', () => {
    const all = report({
      findings: [finding({ severity: 'critical', title: 'x\r\nBcc: all@example.com\r\n\r\nbody', subject: '\r\n.\r\n' })],
    })
    const message = mailMessage(effectOf(all), { from: 'gate@example.com', to: ['a@example.com'] }, 'msg_1', now)
    const [head = '', body = ''] = message.split('\r\n\r\n')
    expect(head.split(/\r\n(?! )/u).map((line) => line.split(':')[0])).toEqual([
      ...['Date', 'From', 'To', 'Message-ID', 'Subject', 'Auto-Submitted', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'],
    ])
    expect(body).toMatch(/^[A-Za-z0-9+/=\r\n]+$/u)
    expect(message.split('\r\n').every((line) => line.length <= 78)).toBe(true)
    expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u)
  })

  test('that is no ASCII is encoded in words that split no character', () => {
    const all = report({ findings: [finding({ severity: 'critical' })] })
    const alertInAnotherScript = { ...effectOf(all), condition: '商店'.repeat(60) }
    const subject =
      /Subject: ([\s\S]*?)\r\n(?! )/u.exec(
        mailMessage(alertInAnotherScript, { from: 'g@example.com', to: ['a@example.com'] }, 'm', now),
      )?.[1] ?? ''
    const words = subject.split('\r\n ')
    expect(words.every((word) => word.length <= 75)).toBe(true)
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString())
    expect(decoded.join('')).toContain('商店商店')
    expect(decoded.join('')).not.toContain('\ufffd')
  })
})

test('a signature has the value of the standard for its example', () => {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/index.test.ts
  const { headers } = signEvent(
    '{"test": 2432232314}',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    new Date(1_614_265_330_000),
  )
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})
