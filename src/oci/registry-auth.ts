/**
 * Answers a registry's challenges: Basic, and Bearer with its token server. https://distribution.github.io/distribution/spec/auth/token/,
 * https://distribution.github.io/distribution/spec/auth/oauth/. A credential goes to the registry that it is kept for and to the token server
 * that this registry itself names; never to a host that a redirect led to (as in CVE-2020-15157).
 */
import { quote } from '../findings.ts'
import type { HttpClient, HttpRequest } from '../http.ts'
import { hostOf, isLoopbackHost } from '../http-address.ts'
import { type Challenge, parseChallenges } from './challenge.ts'
import type { Credential, CredentialStore } from './credentials.ts'
import { parseJsonObject } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { type RegistrySender, registryAddress } from './registry.ts'
import { asRegistryError } from './registry-errors.ts'

export interface RegistrySenders {
  senderFor(registry: string, repository: string): RegistrySender
}

const maxTokenBytes = 256 * 1024
/** What a token is good for when its server does not say. "Token Response Fields" */
const defaultTokenSeconds = 60
/** Tokens are renewed before they end, so that none ends on its way. */
const marginMilliseconds = 10_000

interface Token {
  readonly header: string
  readonly expires: number
}

/** One for a run: tokens and credentials are asked for once. Without a store it is anonymous. `clock` in milliseconds. */
export function registrySenders(http: HttpClient, credentials?: CredentialStore, clock: () => number = Date.now): RegistrySenders {
  const tokens = new Map<string, Promise<Token>>()
  return {
    senderFor(registry, repository) {
      const key = `${registry}/${repository}`
      const { origin } = registryAddress(registry)
      const authorize = (challenges: readonly Challenge[]): Promise<Token> => {
        const asked = answer(challenges, { http, credentials, registry, repository, clock })
        tokens.set(key, asked)
        // One that failed is asked for anew by the next.
        asked.catch(() => tokens.get(key) === asked && tokens.delete(key))
        return asked
      }
      return async (request) => {
        if (request.url.origin !== origin) return http.send(request)
        const before = tokens.get(key)
        const known = await before
        const response = await http.send(withToken(request, known && known.expires > clock() ? known : undefined))
        // A host that a redirect led to asks for nothing that is ours to give.
        if (response.status !== 401 || response.url.origin !== origin) return response
        const challenges = parseChallenges(response.headers.get('www-authenticate') ?? '')
        if (!challenges.some(({ scheme }) => scheme === 'basic' || scheme === 'bearer')) return response
        await response.discard()
        const current = tokens.get(key)
        // Someone else may have asked for one meanwhile.
        const token = await (current !== undefined && current !== before ? current : authorize(challenges))
        return http.send(withToken(request, token))
      }
    },
  }
}

interface Asking {
  readonly http: HttpClient
  readonly credentials: CredentialStore | undefined
  readonly registry: string
  readonly repository: string
  readonly clock: () => number
}

/** Throws RegistryError `unauthorized`. */
async function answer(challenges: readonly Challenge[], asking: Asking): Promise<Token> {
  const { registry, repository, credentials } = asking
  let trouble: unknown
  const credential = await credentials?.find(registry, repository).catch((error: unknown) => {
    // The image may be public; if it is not, this is why.
    trouble = error
    return undefined
  })
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
  if (credential?.kind === 'registry-token') return { header: `Bearer ${credential.token}`, expires: Number.POSITIVE_INFINITY }
  if (bearer) {
    try {
      return await fetchToken(bearer, credential, asking)
    } catch (error) {
      throw trouble === undefined ? error : withTrouble(error, trouble)
    }
  }
  if (credential?.kind === 'password') return { header: basic(credential.username, credential.password), expires: Number.POSITIVE_INFINITY }
  const reason = trouble instanceof Error ? trouble.message : 'and there are no credentials for it'
  throw new RegistryError('unauthorized', `${registry} asks for a user and a password: ${reason}`, { cause: trouble })
}

async function fetchToken(challenge: Challenge, credential: Credential | undefined, asking: Asking): Promise<Token> {
  const { http, registry, repository, clock } = asking
  const what = `the token server of ${registry}`
  const url = tokenServer(challenge, registry)
  const service = challenge.parameters.get('service')
  const scope = challenge.parameters.get('scope') ?? `repository:${repository}:pull`
  const parameters = new URLSearchParams([...(service === undefined ? [] : [['service', service]]), ['scope', scope]] as [string, string][])
  const now = clock()
  const response = await http.send(tokenRequest(url, parameters, credential)).catch((error: unknown) => {
    throw asRegistryError(error, what)
  })
  if (response.status !== 200) {
    await response.discard()
    const isRefusal = response.status < 500 && response.status !== 429
    const as = credential === undefined ? 'without credentials' : 'with the credentials kept for it'
    throw new RegistryError(isRefusal ? 'unauthorized' : 'unreachable', `${what}, ${url.host}, answered ${response.status} ${as}`)
  }
  const bytes = await response.bytes(maxTokenBytes).catch((error: unknown) => {
    throw asRegistryError(error, what)
  })
  const { token, access_token, expires_in } = parseJsonObject(bytes, `the answer of ${what}`)
  const value = [token, access_token].find((text) => typeof text === 'string' && text !== '')
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) throw new RegistryError('malformed', `${what} answered without a token`)
  const seconds = typeof expires_in === 'number' && expires_in > 0 ? expires_in : defaultTokenSeconds
  return { header: `Bearer ${value}`, expires: now + Math.max(seconds * 1000 - marginMilliseconds, seconds * 500) }
}

/** A registry out there does not send us to a server of this machine. */
function tokenServer(challenge: Challenge, registry: string): URL {
  const realm = challenge.parameters.get('realm') ?? ''
  const base = registryAddress(registry)
  if (!URL.canParse(realm, base.href))
    throw new RegistryError('malformed', `${registry} names a token server that is no address: ${quote(realm)}`)
  const url = new URL(realm, base)
  url.username = ''
  url.password = ''
  if (isLoopbackHost(hostOf(url)) && !isLoopbackHost(hostOf(base)))
    throw new RegistryError('unauthorized', `${registry} names a token server on this machine, ${quote(url.host)}`)
  return url
}

function tokenRequest(url: URL, parameters: URLSearchParams, credential: Credential | undefined): HttpRequest {
  if (credential?.kind === 'identity-token') {
    const body = new URLSearchParams([
      ...parameters,
      ['grant_type', 'refresh_token'],
      ['client_id', 'portcullis'],
      ['refresh_token', credential.token],
    ])
    return { method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString(), tries: 5 }
  }
  const asked = new URL(url)
  for (const [name, value] of parameters) asked.searchParams.append(name, value)
  if (credential?.kind !== 'password') return { url: asked }
  asked.searchParams.set('account', credential.username)
  return { url: asked, headers: { authorization: basic(credential.username, credential.password) } }
}

function withToken(request: HttpRequest, token: Token | undefined): HttpRequest {
  return token ? { ...request, headers: { ...request.headers, authorization: token.header } } : request
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function withTrouble(error: unknown, trouble: unknown): unknown {
  if (!(error instanceof RegistryError) || !(trouble instanceof Error)) return error
  return new RegistryError(error.code, `${error.message}; ${trouble.message}`, { cause: trouble })
}
