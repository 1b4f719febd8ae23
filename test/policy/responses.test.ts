import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { openCondition } from '../../src/policy/condition-open.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { readDefaultPolicy } from '../../src/policy/read.ts'
import { responseNames, responseVocabulary, scopeOf } from '../../src/policy/response-names.ts'
import { responseRuleOf } from '../../src/policy/responses.ts'

const seed = '../shared/zero-trust/response-policy.yaml'

function readFrom(files: Record<string, string>): Promise<Policy> {
  return readDefaultPolicy(async (path) => (path in files ? Buffer.from(files[path] ?? '') : undefined))
}

async function errorOf(policy: string, file = '.portcullis.yaml'): Promise<string> {
  const error = await readFrom({ [file]: policy }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UsageError)
  return (error as UsageError).message
}

const actionsOf = ({ responses }: Policy) =>
  responses?.rules.map(({ source, scope, actions, clusterNames }) => [source.condition, scope, clusterNames, actions])

const configMap = `apiVersion: v1
kind: ConfigMap
metadata: { name: security-response-policy }
data:
  policy.yaml: |
    response_rules:
    - condition: "risk_score >= 80"
      actions:
      - type: "block"
`

describe('response rules', () => {
  test('of the policy itself are read with their channels', async () => {
    const { responses } = await readFrom({
      '.portcullis.yaml': `responses:
  - condition: severity == critical and known_exploited
    actions:
      - type: block
      - { type: label, params: { label: security } }
      - { type: assign_reviewers, params: { teams: [security] } }
      - { type: open_issue, params: { title: Look at this, labels: [security] } }
      - { type: request_changes, params: { message: No. } }
      - { type: alert, params: { severity: high, channels: [slack, email] } }
      - { type: warn }
      - { type: pod_quarantine, params: { namespace: { of: finding } } }
alerts:
  slack: { webhookFrom: SLACK_WEBHOOK }
  webhook: { url: "https://alerts.example.com/in", secretFrom: ALERT_KEY }
  email: { host: mail.example.com, from: gate@example.com, to: [security@example.com], usernameFrom: SMTP_USER, passwordFrom: SMTP_PASSWORD }
handover: { urlFrom: HANDOVER_URL, secretFrom: HANDOVER_KEY }
`,
    })
    expect(responses?.rules.map(({ scope, actions }) => ({ scope, actions }))).toEqual([
      {
        scope: 'vulnerability',
        actions: [
          { type: 'block' },
          { type: 'label', labels: ['security'] },
          { type: 'assign_reviewers', reviewers: [], teams: ['security'] },
          { type: 'open_issue', title: 'Look at this', labels: ['security'], assignees: [] },
          { type: 'request_changes', message: 'No.' },
          { type: 'alert', severity: 'high', channels: ['slack', 'email'] },
          { type: 'warn' },
          { type: 'handover', name: 'pod_quarantine', params: { namespace: { of: 'finding' } } },
        ],
      },
    ])
    expect({ alerts: responses?.alerts, handover: responses?.handover }).toEqual({
      alerts: {
        slack: { webhookFrom: 'SLACK_WEBHOOK' },
        webhook: { url: 'https://alerts.example.com/in', secretFrom: 'ALERT_KEY' },
        email: {
          host: 'mail.example.com',
          port: 587,
          tls: 'starttls',
          from: 'gate@example.com',
          to: ['security@example.com'],
          usernameFrom: 'SMTP_USER',
          passwordFrom: 'SMTP_PASSWORD',
        },
      },
      handover: { urlFrom: 'HANDOVER_URL', secretFrom: 'HANDOVER_KEY' },
    })
  })

  test('in the ConfigMap form stand beside the policy, in its place, or are named by it', async () => {
    const block = [['risk_score >= 80', 'finding', [], [{ type: 'block' }]]]
    expect(actionsOf(await readFrom({ 'response-policy.yaml': configMap }))).toEqual(block)
    expect(actionsOf(await readFrom({ '.portcullis.yaml': configMap }))).toEqual(block)
    expect(actionsOf(await readFrom({ '.portcullis.yaml': 'policies: [other.yaml]\n', 'other.yaml': configMap }))).toEqual(block)
  })

  test('in the ConfigMap form use the channels of the policy beside them', async () => {
    const { responses } = await readFrom({
      '.portcullis.yaml': 'alerts: { slack: { webhookFrom: HOOK } }\n',
      'response-policy.yaml': configMap,
    })
    expect([responses?.rules.length, responses?.alerts]).toEqual([1, { slack: { webhookFrom: 'HOOK' } }])
  })

  test.skipIf(!existsSync(seed))('of the seed policy are accepted as they stand', async () => {
    expect(actionsOf(await readFrom({ 'response-policy.yaml': readFileSync(seed, 'utf8') }))).toEqual([
      [
        'anomaly_score < -0.5',
        'image',
        [],
        [
          { type: 'handover', name: 'rate_limit', params: { requests_per_minute: 10 } },
          { type: 'handover', name: 'additional_auth', params: { method: 'mfa' } },
        ],
      ],
      [
        'failed_auths > 5',
        'run',
        ['failed_auths'],
        [
          { type: 'handover', name: 'ip_block', params: { duration: '1h' } },
          { type: 'alert', severity: 'high', channels: ['slack', 'email'] },
        ],
      ],
      [
        'container_escape_detected',
        'run',
        ['container_escape_detected'],
        [
          { type: 'handover', name: 'pod_quarantine', params: {} },
          { type: 'handover', name: 'node_isolation', params: {} },
          { type: 'handover', name: 'incident_response', params: { priority: 'critical' } },
        ],
      ],
    ])
  })

  test('without any, a policy has none', async () => {
    expect((await readFrom({ '.portcullis.yaml': 'failOn: low\n' })).responses).toBeUndefined()
  })
})

describe('a wrong response rule is said with file and line', () => {
  const rule = (action: string, condition = 'gaps > 0') => `responses:\n  - condition: ${condition}\n    actions:\n      - ${action}\n`
  test.each([
    [
      'a condition that is none',
      rule('{ type: block }', 'risk_score >='),
      '.portcullis.yaml:2: condition of the response rule, column 14: expected a name or a value, found the end',
    ],
    [
      'a comparison of what cannot be compared',
      rule('{ type: block }', 'risk_score == "high"'),
      '.portcullis.yaml:2: condition of the response rule, column 15: "risk_score" is a number, found "high"',
    ],
    [
      'a name that only deny has',
      rule('{ type: block }', 'is_reachable'),
      '.portcullis.yaml:2: condition of the response rule, column 1: "is_reachable" has a value under "deny" alone',
    ],
    [
      'a parameter that the action does not take',
      rule('{ type: block, params: { hard: true } }'),
      '.portcullis.yaml:4:40: "responses.0.actions.0.params.hard": an action block takes no such parameter',
    ],
    [
      'a label that is two lines',
      rule('{ type: label, params: { label: "a\\nb" } }'),
      '.portcullis.yaml:4:41: "responses.0.actions.0.params.label": expected one line of text',
    ],
    [
      'no reviewers',
      rule('{ type: assign_reviewers }'),
      '.portcullis.yaml:4:9: "responses.0.actions.0.params": expected "reviewers" or "teams"',
    ],
    [
      'a reviewer with a path',
      rule('{ type: assign_reviewers, params: { reviewers: ["../x"] } }'),
      '.portcullis.yaml:4:57: "responses.0.actions.0.params.reviewers.0": expected the name of an account',
    ],
    ['no action', 'responses: [{ condition: gaps > 0, actions: [] }]\n', /^\.portcullis\.yaml:1:45: "responses\.0\.actions": /u],
    [
      'a secret in the place of its name',
      'alerts: { slack: { webhookFrom: "https://hooks.example.com/T0/B0/x" } }\n',
      '.portcullis.yaml:1:33: "alerts.slack.webhookFrom": expected the name of an environment variable',
    ],
    [
      'a webhook without a key',
      'alerts: { webhook: { url: "https://a.example.com" } }\n',
      /^\.portcullis\.yaml:1:11: "alerts\.webhook\.secretFrom": /u,
    ],
    [
      'two addresses of a webhook',
      'handover: { url: "https://a.example.com", urlFrom: B, secretFrom: C }\n',
      '.portcullis.yaml:1:11: "handover": expected one of "url" and "urlFrom"',
    ],
    [
      'an address that is no web address',
      'handover: { url: "file:///etc/passwd", secretFrom: C }\n',
      '.portcullis.yaml:1:18: "handover.url": expected an address',
    ],
    [
      'an address with a password',
      'handover: { url: "https://a:b@c.example.com", secretFrom: C }\n',
      '.portcullis.yaml:1:18: "handover.url": expected an address without credentials',
    ],
    [
      'a header in an address',
      'alerts: { email: { host: m.example.com, from: "a@b.example\\nBcc: c@d.example", to: [a@b.example] } }\n',
      '.portcullis.yaml:1:47: "alerts.email.from": expected an e-mail address',
    ],
    [
      'SMTP without TLS',
      'alerts: { email: { host: m.example.com, tls: none, from: a@b.example, to: [a@b.example] } }\n',
      '.portcullis.yaml:1:18: SMTP without TLS is for loopback addresses only',
    ],
    [
      'a password without TLS',
      'alerts: { email: { host: localhost, tls: none, from: a@b.example, to: [a@b.example], usernameFrom: U, passwordFrom: P } }\n',
      '.portcullis.yaml:1:18: no password is sent without TLS',
    ],
    [
      'a name without a password',
      'alerts: { email: { host: localhost, from: a@b.example, to: [a@b.example], usernameFrom: U } }\n',
      '.portcullis.yaml:1:18: "alerts.email": expected both "usernameFrom" and "passwordFrom", or neither',
    ],
  ])('%s', async (_, policy, message) => {
    const said = await errorOf(policy)
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  })

  test('inside a ConfigMap, with the line of the file', async () => {
    expect(await errorOf(configMap.replace('>= 80', '>=='), 'response-policy.yaml')).toMatch(
      /^response-policy\.yaml:7: condition of the response rule, column 14: /u,
    )
  })
})

describe('names', () => {
  test('are those that the documentation lists', () => {
    const rows = readFileSync('docs/responses.md', 'utf8').matchAll(
      /^\| `(\w+)` \| (run|image|finding|vulnerability) \|.*\| ([^|]+) \|$/gmu,
    )
    expect([...rows].map(([, name, of, meaning]) => [name, of, meaning])).toEqual(
      responseNames.map(({ name, of, meaning }) => [name, of, meaning]),
    )
  })

  test('are said once, and have a meaning', () => {
    expect(new Set(responseNames.map(({ name }) => name)).size).toBe(responseNames.length)
    expect(responseNames.filter(({ meaning }) => meaning === '')).toEqual([])
  })

  test('that no gate knows are of the type that their comparison asks for', () => {
    const typesIn = (text: string) => {
      const { condition, unknownNames } = openCondition(text, responseVocabulary)
      return [unknownNames, condition.text]
    }
    expect(typesIn('failed_auths > 5 and container_escape_detected')[0]).toEqual(['failed_auths', 'container_escape_detected'])
    expect(typesIn('region not in ["eu", "us"] and 3 <= restarts and zone == "a" and drained == false')[0]).toEqual([
      'region',
      'restarts',
      'zone',
      'drained',
    ])
    expect(() => typesIn('failed_auths > "many"')).toThrow('"failed_auths" is a number, found "many"')
  })

  test('are read as the words of what they stand beside', () => {
    expect(
      responseRuleOf({ condition: 'severity == critical and critical > 2 and check == vulnerability', actions: [{ type: 'warn' }] }),
    ).toMatchObject({
      clusterNames: [],
      scope: 'finding',
    })
    expect(responseRuleOf({ condition: 'severity in [critical, high]', actions: [{ type: 'warn' }] }).condition.names).toEqual(
      new Set(['severity']),
    )
  })

  test.each([
    [['gaps'], 'run'],
    [['failed_auths'], 'run'],
    [['gaps', 'is_anomaly'], 'image'],
    [['is_anomaly', 'risk_score'], 'finding'],
    [['risk_score', 'epss'], 'vulnerability'],
  ])('%j are held against each %s', (names, scope) => {
    expect(scopeOf(names)).toBe(scope)
  })
})
