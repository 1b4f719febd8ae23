import { describe, expect, test } from 'vitest'
import { type CredentialOptions, credentialFiles, credentialStore } from '../../src/oci/credentials.ts'

const auth = (text: string): string => Buffer.from(text).toString('base64')

/** A store over files by name and helpers by name. */
function store(
  files: Record<string, unknown>,
  options: { environment?: Record<string, string>; runHelper?: CredentialOptions['runHelper'] } = {},
) {
  const { environment = { HOME: '/home/me' }, runHelper = async () => undefined } = options
  return credentialStore({
    environment,
    runHelper,
    readFile: async (file) =>
      files[file] === undefined ? undefined : Buffer.from(typeof files[file] === 'string' ? files[file] : JSON.stringify(files[file])),
  })
}

const docker = '/home/me/.docker/config.json'
const user = (name: string) => ({ kind: 'password', username: name, password: 'p' })

describe('entries of auths', () => {
  test.each<[string, Record<string, unknown>, string, string, unknown]>([
    ['by host', { 'ghcr.io': { auth: auth('me:p:q') } }, 'ghcr.io', 'a/b', { kind: 'password', username: 'me', password: 'p:q' }],
    ['by user and password', { 'ghcr.io': { username: 'me', password: 'p' } }, 'ghcr.io', 'a', user('me')],
    ['by address', { 'https://ghcr.io/v2/': { auth: auth('me:p') } }, 'ghcr.io', 'a/b', user('me')],
    ['of Docker Hub', { 'https://index.docker.io/v1/': { auth: auth('me:p') } }, 'docker.io', 'library/nginx', user('me')],
    ['of Docker Hub by its short name', { 'docker.io': { auth: auth('me:p') } }, 'docker.io', 'library/nginx', user('me')],
    ['with a port', { 'localhost:5000': { auth: auth('me:p') } }, 'localhost:5000', 'a', user('me')],
    ['of another port', { 'localhost:5001': { auth: auth('me:p') } }, 'localhost:5000', 'a', undefined],
    ['of another host', { 'ghcr.io.evil.example': { auth: auth('me:p') } }, 'ghcr.io', 'a', undefined],
    ['of a host that only ends alike', { io: { auth: auth('me:p') } }, 'ghcr.io', 'a', undefined],
    ['with an identity token', { 'a.io': { auth: auth('x:y'), identitytoken: 't' } }, 'a.io', 'a', { kind: 'identity-token', token: 't' }],
    ['with a registry token', { 'a.io': { registrytoken: 't' } }, 'a.io', 'a', { kind: 'registry-token', token: 't' }],
    ['without anything', { 'a.io': {} }, 'a.io', 'a', undefined],
    [
      'by the longest path',
      { 'a.io': { auth: auth('host:p') }, 'a.io/x': { auth: auth('x:p') }, 'a.io/x/y': { auth: auth('xy:p') } },
      'a.io',
      'x/z',
      user('x'),
    ],
    ['by whole parts of a path', { 'a.io/x': { auth: auth('x:p') } }, 'a.io', 'xy', undefined],
    ['by a pattern', { '*.azurecr.io': { auth: auth('me:p') } }, 'acme.azurecr.io', 'a', user('me')],
    ['by a pattern of one label only', { '*.azurecr.io': { auth: auth('me:p') } }, 'a.b.azurecr.io', 'a', undefined],
    [
      'by a pattern before the exact host',
      { '*.x.io': { auth: auth('any:p') }, 'a.x.io': { auth: auth('exact:p') } },
      'a.x.io',
      'a',
      user('exact'),
    ],
  ])('%s', async (_, auths, registry, repository, expected) => {
    expect(await store({ [docker]: { auths } }).find(registry, repository)).toEqual(expected)
  })

  test('that are no user and password are an error without the secret', async () => {
    const found = store({ [docker]: { auths: { 'a.io': { auth: auth('topsecret') } } } }).find('a.io', 'x')
    await expect(found).rejects.toThrow(`the credentials of "a.io" in "${docker}" are not a user and a password`)
  })
})

describe('files', () => {
  test('REGISTRY_AUTH_FILE is asked alone', () => {
    expect(credentialFiles({ REGISTRY_AUTH_FILE: '/auth.json', HOME: '/home/me' })).toEqual(['/auth.json'])
  })

  test('are not looked for in the folder of the call where a variable is empty', () => {
    expect(credentialFiles({ HOME: '/h', DOCKER_CONFIG: '' })).toEqual(credentialFiles({ HOME: '/h' }))
    expect(credentialFiles({ DOCKER_CONFIG: '' })).toEqual([])
  })

  test('of the containers tools go before those of Docker', async () => {
    expect(credentialFiles({ HOME: '/h', XDG_RUNTIME_DIR: '/run/1' })).toEqual([
      '/run/1/containers/auth.json',
      '/h/.config/containers/auth.json',
      '/h/.docker/config.json',
      '/h/.docker/.dockerconfigjson',
      '/h/.docker/.dockercfg',
      '/h/.dockercfg',
    ])
    const files = {
      '/home/me/.config/containers/auth.json': { auths: { 'a.io': { auth: auth('containers:p') } } },
      [docker]: { auths: { 'a.io': { auth: auth('docker:p') }, 'b.io': { auth: auth('b:p') } } },
    }
    expect(await store(files).find('a.io', 'x')).toEqual(user('containers'))
    expect(await store(files).find('b.io', 'x')).toEqual(user('b'))
  })

  test('of a mounted Kubernetes secret are read', async () => {
    const environment = { DOCKER_CONFIG: '/secret' }
    expect(
      await store({ '/secret/.dockerconfigjson': { auths: { 'a.io': { auth: auth('me:p') } } } }, { environment }).find('a.io', 'x'),
    ).toEqual(user('me'))
    expect(await store({ '/secret/.dockercfg': { 'a.io': { auth: auth('me:p') } } }, { environment }).find('a.io', 'x')).toEqual(user('me'))
  })

  test('that cannot be read are named', async () => {
    await expect(store({ [docker]: '{' }).find('a.io', 'x')).rejects.toMatchObject({
      code: 'unauthorized',
      message: `the credentials in "${docker}" cannot be read`,
    })
  })
})

describe('helpers', () => {
  const asked: string[] = []
  const runHelper = async (name: string, input: string) => {
    asked.push(`${name} ${input}`)
    if (name === 'broken') throw new Error('exit 1')
    if (name === 'empty') return undefined
    return JSON.stringify({ ServerURL: input, Username: name === 'token' ? '<token>' : name, Secret: 'p' })
  }

  test.each<[string, Record<string, unknown>, string, unknown]>([
    ['for one registry', { credHelpers: { 'a.io': 'ecr-login' }, credsStore: 'desktop' }, 'a.io', user('ecr-login')],
    ['for all', { credHelpers: { 'a.io': 'ecr-login' }, credsStore: 'desktop' }, 'b.io', user('desktop')],
    ['with an identity token', { credsStore: 'token' }, 'a.io', { kind: 'identity-token', token: 'p' }],
    ['that knows nothing, then the file', { credsStore: 'empty', auths: { 'a.io': { auth: auth('file:p') } } }, 'a.io', user('file')],
  ])('%s', async (_, config, registry, expected) => {
    expect(await store({ [docker]: config }, { runHelper }).find(registry, 'x')).toEqual(expected)
  })

  test('are asked for Docker Hub by its address', async () => {
    asked.length = 0
    await store({ [docker]: { credsStore: 'desktop' } }, { runHelper }).find('docker.io', 'library/x')
    expect(asked).toEqual(['desktop https://index.docker.io/v1/'])
  })

  test('that fail, or whose name is a path, are an error', async () => {
    await expect(store({ [docker]: { credsStore: 'broken' } }, { runHelper }).find('a.io', 'x')).rejects.toThrow(
      'the credential helper docker-credential-broken failed for a.io',
    )
    await expect(store({ [docker]: { credsStore: '../../bin/sh' } }, { runHelper }).find('a.io', 'x')).rejects.toThrow(
      'names a credential helper that is none',
    )
  })
})
