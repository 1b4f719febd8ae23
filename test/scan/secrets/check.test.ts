/** Secrets of images: where they are, what is told of them, and what is not. */
import { describe, expect, test } from 'vitest'
import type { Image } from '../../../src/oci/image.ts'
import type { Policy } from '../../../src/policy/policy.ts'
import { encodeEvidence } from '../../../src/scan/evidence-codec.ts'
import { readLayerEvidence } from '../../../src/scan/layer-evidence.ts'
import { readEvidence } from '../../../src/scan/read-evidence.ts'
import { secretsCheck } from '../../../src/scan/secrets/check.ts'
import type { TarFiles } from '../../builders/tar.ts'
import { gzippedTar, memoryImage } from '../memory-image.ts'
import { alnum, hex } from './cases.ts'
import { kindCases } from './fixtures.ts'

const token = `dop_v1_${hex(64)}`
const password = alnum(18, 'check')
const pem = (kindCases.find(({ kind }) => kind === 'rsa-private-key')?.secrets[0] ?? '').replace(/[«»]/g, '')
const now = new Date('2026-01-01T00:00:00Z')

async function judge(layers: readonly TarFiles[], config: Partial<Image['config']> = {}, createdBy: readonly string[] = []) {
  const { image: plain, source, digests } = memoryImage(layers.map(gzippedTar))
  const history = createdBy.map((text) => ({ createdBy: text, emptyLayer: false }))
  const image = {
    ...plain,
    config: { ...plain.config, history, ...config },
    layers: plain.layers.map((layer, at) => ({ ...layer, ...(createdBy[at] !== undefined && { createdBy: createdBy[at] }) })),
  }
  const evidence = await readEvidence(image, source, { signal: new AbortController().signal })
  return { ...secretsCheck.check({ image, evidence, policy: {} as Policy, now }), digests }
}

const short = (problems: Awaited<ReturnType<typeof judge>>['problems']) =>
  problems.map(({ rule, severity, content }) => [rule, severity, content?.path ?? content?.field])

describe('files of layers', () => {
  test('a secret is told of by kind, file, line, layer, hash and four characters', async () => {
    const { problems, digests, gaps } = await judge([{ 'srv/app/settings.ini': `[api]\ntoken = ${token}\n` }], {}, [
      'COPY settings.ini /srv/app/ # buildkit',
    ])
    expect(gaps).toEqual([])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({
      rule: 'secret/digitalocean-token',
      check: 'secret',
      severity: 'critical',
      content: { path: 'srv/app/settings.ini', line: 2, layer: digests[0], instruction: 'COPY settings.ini /srv/app/ # buildkit' },
    })
    expect(problems[0]?.message).toMatch(
      /^DigitalOcean token in "srv\/app\/settings\.ini", line 2, layer sha256:[0-9a-f]{12}… \(SHA-256 [0-9a-f]{12}…, begins with "dop_"\)$/,
    )
  })

  test('one that a later layer deletes still ships, and that is said', async () => {
    const { problems, digests } = await judge([{ 'root/.ssh/id_rsa': pem }, { 'root/.ssh/.wh.id_rsa': '' }])
    expect(problems[0]?.content).toEqual({ path: 'root/.ssh/id_rsa', line: 1, layer: digests[0], removed: true })
    expect(problems[0]?.severity).toBe('high')
    expect(problems[0]?.message).toContain('which a later layer deletes or replaces: it still ships')
  })

  test('one that a later layer writes over still ships', async () => {
    const { problems } = await judge([{ 'srv/a': token }, { 'srv/a': 'nothing to see here' }])
    expect(problems.map(({ content }) => content?.removed)).toEqual([true])
  })

  test('the same in a file of many layers is one, and the layer is the one that a container sees', async () => {
    const { problems, digests } = await judge([{ 'srv/a': `${token}\n` }, { 'srv/a': `more\n${token}\n` }])
    expect(problems.map(({ content }) => content)).toEqual([{ path: 'srv/a', line: 2, layer: digests[1] }])
  })

  test('the same in many files is told of five times, with the number of the others', async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`srv/${String.fromCharCode(97 + at)}`, token]))
    const { problems } = await judge([files])
    expect(problems.map(({ content }) => content?.path)).toEqual(['srv/a', 'srv/b', 'srv/c', 'srv/d', 'srv/e'])
    expect(problems.at(-1)?.message).toMatch(/; and in 7 more files$/)
  })

  test('what tells it from others survives lines that shift', async () => {
    const one = await judge([{ 'srv/a': token }])
    const other = await judge([{ 'srv/a': `a line more\n\n${token}` }])
    expect(one.problems[0]?.anchor).toBe(other.problems[0]?.anchor)
    const elsewhere = await judge([{ 'srv/b': token }])
    expect(elsewhere.problems[0]?.anchor).not.toBe(one.problems[0]?.anchor)
  })

  test('of a secret in many files those where it is worst are told', async () => {
    const packages = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`app/node_modules/${at}/key.pem`, pem]))
    const { problems } = await judge([{ ...packages, 'srv/key.pem': pem }])
    expect(short(problems)[0]).toEqual(['secret/rsa-private-key', 'high', 'srv/key.pem'])
    expect(problems).toHaveLength(5)
    expect(problems.at(-1)?.message).toMatch(/; and in 2 more files$/)
  })

  test('a file with more than is looked at is a gap, and so are more secrets than are listed', async () => {
    const lines = (count: number, seed: string) => Array.from({ length: count }, (_, at) => `dop_v1_${hex(64, `${seed}${at}`)}`).join('\n')
    const { gaps } = await judge([{ 'srv/a': lines(150, 'a') }])
    expect(gaps).toEqual(['srv/a: has more secrets than are looked at, or is made to look so'])
    const files = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`srv/${at}`, lines(90, `${at}`)]))
    const many = await judge([files])
    expect(many.problems).toHaveLength(500)
    expect(many.gaps).toEqual(['130 more secrets are not listed'])
  })
})

describe('what is not the secret of whoever built the image', () => {
  const web = (exp: number) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: 'https://login.acme.io', exp })}.${alnum(86)}`
  }

  test.each([
    'usr/lib/python3/dist-packages/twisted/test/server.pem',
    'srv/app/node_modules/tls-tools/test/fixtures/key.pem',
    'usr/share/doc/gnupg/examples/key.asc',
    'usr/lib/go-1.22/src/crypto/tls/testdata/key.pem',
    'usr/local/lib/python3.12/test/certdata/keycert.pem',
    'etc/ssl/private/ssl-cert-snakeoil.key',
    'usr/lib/x86_64-linux-gnu/libgnutls.so.30',
    'usr/src/openssl-3.5.1/test/certs/key.pem',
    'usr/src/linux-headers-6.12.0/certs/tests/key.pem',
    'usr/local/cargo/registry/src/index.crates.io-1949cf8c6b5b557f/rustls-0.23.1/tests/key.pem',
    'var/www/html/vendor/league/oauth2-server/tests/Stubs/private.key',
    'opt/python/lib/python3.12/site-packages/gevent/tests/keycert.pem',
    'usr/lib/google-cloud-sdk/platform/gsutil/third_party/urllib3/dummyserver/certs/server.key',
  ])('a key in %s is left out', async (path) => {
    expect((await judge([{ [path]: pem }])).problems).toEqual([])
  })

  test.each([
    'srv/app/test/key.pem',
    'usr/share/nginx/html/docs/key.pem',
    'opt/shop/fixtures/key.pem',
    'home/web/node_modules_old/test/key.pem',
    'etc/nginx/ssl_key.pem',
    'usr/src/app/server.key',
    'usr/src/app/test/server.key',
    'opt/src/server.key',
    'srv/certificates/keycert.pem',
    'var/www/html/vendor/acme/shop/private.key',
    'srv/vendor/test/key.pem',
  ])('a key in %s is not', async (path) => {
    expect(short((await judge([{ [path]: pem }])).problems)).toEqual([['secret/rsa-private-key', 'high', path]])
  })

  test('a password in a package that everybody can fetch is low, and a token that was issued is not', async () => {
    const url = `url = 'postgresql://shop:${password}@db.acme.io/shop'`
    const { problems } = await judge([{ 'usr/lib/python3/dist-packages/shop/db.py': url, 'srv/app/node_modules/it/index.js': token }])
    expect(short(problems)).toEqual([
      ['secret/digitalocean-token', 'critical', 'srv/app/node_modules/it/index.js'],
      ['secret/postgres-url', 'low', 'usr/lib/python3/dist-packages/shop/db.py'],
    ])
  })

  test('a file that the package manager owns is low, beside one of the same folder that it does not', async () => {
    const files = {
      'lib/apk/db/installed': 'P:tools\nV:1.0-r0\nA:x86_64\nF:usr/bin\nR:owned\n\n',
      'usr/bin/owned': pem,
      'usr/bin/stray': pem,
    }
    const { problems } = await judge([files])
    expect(short(problems).sort()).toEqual([
      ['secret/rsa-private-key', 'high', 'usr/bin/stray'],
      ['secret/rsa-private-key', 'low', 'usr/bin/owned'],
    ])
  })

  test('a token that has expired is low, and says since when', async () => {
    const { problems } = await judge([{ 'srv/old': web(1_600_000_000), 'srv/new': web(1_900_000_000) }])
    expect(short(problems)).toEqual([
      ['secret/json-web-token', 'medium', 'srv/new'],
      ['secret/json-web-token', 'low', 'srv/old'],
    ])
    expect(problems[1]?.message).toContain('it expired on 2020-09-13')
  })

  test('certificates and public keys are none', async () => {
    const text = ['CERTIFICATE', 'PUBLIC KEY', 'CERTIFICATE REQUEST'].map((label) => pem.replaceAll('RSA PRIVATE KEY', label)).join('\n')
    expect((await judge([{ 'etc/ssl/certs/all.pem': text }])).problems).toEqual([])
  })

  test('a key within a program is medium', async () => {
    const { problems } = await judge([{ 'srv/app/server': Buffer.concat([Buffer.from('\x7fELF\0\0'), Buffer.from(pem)]) }])
    expect(short(problems)).toEqual([['secret/rsa-private-key', 'medium', 'srv/app/server']])
    expect(problems[0]?.content?.line).toBeUndefined()
  })
})

describe('the configuration', () => {
  const steps = (...texts: string[]) => ({ history: texts.map((createdBy) => ({ createdBy, emptyLayer: true })) })

  test.each([
    ['Env', { env: ['PATH=/bin', `API=${token}`] }],
    ['Cmd', { cmd: ['serve', `--token=${token}`] }],
    ['Entrypoint', { entrypoint: ['/bin/sh', '-c', `TOKEN=${token} exec serve`] }],
    ['Labels', { labels: new Map([['io.acme.token', token]]) }],
    ['Healthcheck', { healthcheck: ['CMD-SHELL', `curl -H "Authorization: Bearer ${token}" localhost`] }],
    ['history', steps(`RUN |1 API=${token} /bin/sh -c make # buildkit`)],
  ])('a token in %s is found', async (field, config) => {
    const { problems } = await judge([{}], config)
    expect(short(problems)).toEqual([['secret/digitalocean-token', 'critical', field]])
    expect(JSON.stringify(problems)).not.toContain(token.slice(0, 12))
  })

  test.each([
    ['Env', { env: [`DB_PASSWORD=${password}`] }],
    ['history', steps(`RUN |2 VERSION=1.2 DB_PASSWORD=${password} /bin/sh -c make install`)],
    ['history', steps(`|1 NPM_TOKEN=${password} /bin/sh -c npm ci`)],
    ['history', steps(`/bin/sh -c #(nop)  ENV API_KEY=${password}`)],
    ['history', steps(`ARG SECRET_TOKEN=${password}`)],
    ['history', steps(`RUN /bin/sh -c export DB_PASSWORD="${password}" && make # buildkit`)],
    ['Cmd', { cmd: ['serve', '-p', '80', `--DB_PASSWORD=${password}`] }],
    ['Cmd', { cmd: ['serve', '--DB_PASSWORD', password, '-v'] }],
    ['Entrypoint', { entrypoint: ['/bin/sh', '-c', `DB_PASSWORD='${password}' exec serve`] }],
    ['Healthcheck', { healthcheck: ['CMD', 'check', '--DB_PASSWORD', password] }],
    ['Labels', { labels: new Map([['DB_PASSWORD', password]]) }],
  ])('in %s a value whose name alone says so is medium, and its name is told', async (field, config) => {
    const { problems } = await judge([{}], config)
    expect(short(problems)).toEqual([['secret/configured-value', 'medium', field]])
    expect(problems[0]?.message).toMatch(/ as "(?:DB_PASSWORD|NPM_TOKEN|API_KEY|SECRET_TOKEN)" /)
    expect(JSON.stringify(problems)).not.toContain(password.slice(0, 4))
  })

  test('one at the end of a very long text is found', async () => {
    const { problems, gaps } = await judge([{}], { env: [`A=${'x y '.repeat(100_000)} ${token}`] })
    expect([short(problems), gaps]).toEqual([[['secret/digitalocean-token', 'critical', 'Env']], []])
  })

  test('more than are looked at are a gap, and then no instruction is shown', async () => {
    const env = Array.from({ length: 201 }, (_, at) => `A${at}=dop_v1_${hex(64, `many ${at}`)}`)
    const { problems, gaps } = await judge([{ 'srv/a': token }], { env }, [`RUN echo ${password}`])
    expect(gaps).toEqual(['the configuration: has more secrets than are looked at, or is made to look so'])
    expect(problems).toHaveLength(201)
    expect(problems.find(({ content }) => content?.path === 'srv/a')?.content?.instruction).toBe('•••')
  })

  test('one that is a part of another is found where it stands alone, and covered there', async () => {
    const config = { env: [`DB_PASSWORD=${password}more`], ...steps(`RUN |1 NPM_TOKEN=${password} /bin/sh -c npm ci`) }
    const { problems } = await judge([{}], config)
    expect(short(problems)).toEqual([
      ['secret/configured-value', 'medium', 'Env'],
      ['secret/configured-value', 'medium', 'history'],
    ])
    expect(JSON.stringify(problems)).not.toContain(password)
  })

  test.each([
    {
      env: [
        'DB_PASSWORD=',
        'DB_PASSWORD_FILE=/run/secrets/db',
        'TOKEN=changeme',
        'SECRET_NAME=db',
        'GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568',
      ],
    },
    steps(
      'RUN /bin/sh -c PASSWORD=$(cat /run/secrets/db) make',
      'RUN /bin/sh -c TOKEN="$TOKEN" make',
      'ARG DB_PASSWORD',
      'ARG TOKEN=$OTHER',
    ),
    { cmd: ['serve', '--token-file', '/run/t', '--password', '--verbose', '--password-stdin', '--secret=$SECRET', '--password=changeme'] },
    {
      labels: new Map([
        ['io.acme.secret-name', 'database'],
        ['io.acme.password', '<none>'],
      ]),
    },
    { env: ['PYTHON_SHA256=8c1a8a5d4b0c0d9d3a2b4f6d9d1c5f8f8ce8a0e0b3f5a3a4b5c6d7e8f9a0b1c2', 'NODE_VERSION=24.1.0', 'LANG=C.UTF-8'] },
  ])('what only sounds so is none', async (config) => {
    expect((await judge([{}], config)).problems).toEqual([])
  })

  test('the same in the environment and in the history is one', async () => {
    const { problems } = await judge([{}], { env: [`DB_PASSWORD=${password}`], ...steps(`ENV DB_PASSWORD=${password}`) })
    expect(short(problems)).toEqual([['secret/configured-value', 'medium', 'Env']])
  })

  test('an instruction that made a layer is quoted without it', async () => {
    const { problems } = await judge([{ 'srv/key.pem': pem }], {}, [`RUN |1 API=${token} /bin/sh -c fetch`])
    const instructions = problems.map(({ content }) => content?.instruction)
    expect(instructions).toEqual(['RUN |1 API=••• /bin/sh -c fetch', 'RUN |1 API=••• /bin/sh -c fetch'])
  })
})

test('what is kept of a layer has nothing of a secret but four characters', async () => {
  const files = { 'srv/a': `${token}\npostgres://shop:${password}@db.acme.io/shop\n`, 'srv/key.pem': pem }
  const bytes = gzippedTar(files)
  const evidence = await readLayerEvidence({
    open: async function* () {
      yield bytes
    },
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    signal: new AbortController().signal,
  })
  const text = JSON.stringify(evidence)
  expect(text).toContain('digitalocean-token')
  for (const part of [token.slice(0, 9), password.slice(0, 4), pem.split('\n')[1]?.slice(0, 8) ?? '']) expect(text).not.toContain(part)
  expect(Buffer.from(encodeEvidence(evidence)).includes(token.slice(0, 12))).toBe(false)
})

test('each kind has a rule, with what it opens, how it is mended, and a secret mount', () => {
  for (const { id, why, fix, references } of secretsCheck.rules) {
    expect(id).toMatch(/^secret\/[a-z0-9-]+$/)
    expect(why).toMatch(/^Whoever has it [a-z]/)
    expect(fix).toContain('RUN --mount=type=secret,id=')
    expect(references).toContain('https://docs.docker.com/build/building/secrets/')
  }
  expect(new Set(secretsCheck.rules.map(({ id }) => id)).size).toBe(secretsCheck.rules.length)
})
