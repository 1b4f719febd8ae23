/** Connections: kept alive, through the environment's proxy (never to loopback), with the environment's certificate authorities. */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { readFileSync } from 'node:fs'
import type { Agent } from 'node:http'
import type { LookupFunction } from 'node:net'
import { getCACertificates } from 'node:tls'
import { UsageError } from './findings.ts'
import { type AddressRules, hostOf, isLoopbackHost } from './http-address.ts'
import { nodeHttp, nodeHttps } from './node-http.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface Agents {
  agentFor(url: URL): Agent
  /** Resolves names and refuses what the rules refuse, so that no name leads where its address may not. */
  lookupFor(url: URL): LookupFunction
  close(): void
}

export function createAgents(environment: Environment, rules: AddressRules, lookup: typeof dnsLookup = dnsLookup): Agents {
  const common = { keepAlive: true, maxSockets: 64, timeout: 0 } as const
  const proxyEnv = {
    HTTP_PROXY: environment.HTTP_PROXY ?? environment.http_proxy,
    HTTPS_PROXY: environment.HTTPS_PROXY ?? environment.https_proxy,
    NO_PROXY: environment.NO_PROXY ?? environment.no_proxy,
  }
  let authorities: string[] | undefined
  const agents = new Map<string, Agent>()
  const make = (key: string): Agent => {
    if (key === 'http:') return new (nodeHttp().Agent)(common)
    if (authorities === undefined) authorities = extraAuthorities(environment)
    const options = { ...common, ...(authorities ? { ca: authorities } : {}) }
    return new (nodeHttps().Agent)(key === 'loopback https:' ? options : { ...options, proxyEnv })
  }
  return {
    agentFor(url) {
      const key = url.protocol === 'https:' && isLoopbackHost(hostOf(url)) ? 'loopback https:' : url.protocol
      const agent = agents.get(key) ?? make(key)
      agents.set(key, agent)
      return agent
    },
    lookupFor(url) {
      return (hostname, options, callback) => {
        lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
          if (error) return callback(error, '', 0)
          try {
            for (const { address } of addresses) rules.checkAddress(address, url)
          } catch (refusal) {
            return callback(refusal as NodeJS.ErrnoException, '', 0)
          }
          const [first] = addresses
          if (options.all) return callback(null, addresses)
          return first ? callback(null, first.address, first.family) : callback(new Error(`${hostname} has no address`), '', 0)
        })
      }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  }
}

/** SSL_CERT_FILE adds to the default authorities; NODE_EXTRA_CA_CERTS is among those already. */
export function extraAuthorities(environment: Environment): string[] | undefined {
  const file = environment.SSL_CERT_FILE
  if (!file) return undefined
  try {
    return [...getCACertificates('default'), readFileSync(file, 'utf8')]
  } catch (cause) {
    throw new UsageError(`SSL_CERT_FILE names ${JSON.stringify(file)}, which cannot be read`, { cause })
  }
}
