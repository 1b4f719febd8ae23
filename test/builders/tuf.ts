/** A TUF repository with keys of its own, served by an HTTP client that knows nothing else. */
import { createHash, createPublicKey } from 'node:crypto'
import { type HttpClient, HttpError } from '../../src/http.ts'
import { ed25519Key, type SigningKey } from './signing.ts'
import { canonicalJson } from './transparency-log.ts'

export const mirror = new URL('https://tuf.acme.example/')

export interface TufOptions {
  readonly target?: string
  /** Of timestamp, snapshot and targets. */
  readonly version?: number
  readonly expires?: string
  /** Signs timestamp, snapshot and targets, in place of the repository's own key. */
  readonly signer?: SigningKey
  /** What is served under the target's name, in place of the target. */
  readonly served?: string
}

export interface TufRepository {
  readonly initialRoot: Uint8Array
  /** By path. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

const never = '2100-01-01T00:00:00Z'
const repositoryKey = ed25519Key('tuf')

export function tufRepository({
  target = '{}',
  version = 1,
  expires = never,
  signer = repositoryKey,
  served = target,
}: TufOptions = {}): TufRepository {
  const key = keyOf(repositoryKey)
  const role = { keyids: [idOf(key)], threshold: 1 }
  const root = signed(
    {
      _type: 'root',
      consistent_snapshot: true,
      expires: never,
      keys: { [idOf(key)]: key },
      roles: { root: role, snapshot: role, targets: role, timestamp: role },
      spec_version: '1.0.31',
      version: 1,
    },
    repositoryKey,
  )
  const common = { expires, spec_version: '1.0.31', version }
  const hash = createHash('sha256').update(target).digest('hex')
  const targets = {
    _type: 'targets',
    ...common,
    targets: { 'trusted_root.json': { hashes: { sha256: hash }, length: Buffer.byteLength(target) } },
  }
  const snapshot = { _type: 'snapshot', ...common, meta: { 'targets.json': { version } } }
  const timestamp = { _type: 'timestamp', ...common, meta: { 'snapshot.json': { version } } }
  return {
    initialRoot: root,
    files: new Map([
      ['/timestamp.json', signed(timestamp, signer)],
      [`/${version}.snapshot.json`, signed(snapshot, signer)],
      [`/${version}.targets.json`, signed(targets, signer)],
      [`/targets/${hash}.trusted_root.json`, Buffer.from(served)],
    ]),
  }
}

function keyOf({ privateKey }: SigningKey) {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { keytype: 'ed25519', keyval: { public: der.subarray(-32).toString('hex') }, scheme: 'ed25519' }
}

const idOf = (key: object) => createHash('sha256').update(canonicalJson(key)).digest('hex')

function signed(metadata: object, key: SigningKey): Uint8Array {
  const sig = Buffer.from(key.sign(Buffer.from(canonicalJson(metadata)))).toString('hex')
  return Buffer.from(JSON.stringify({ signatures: [{ keyid: idOf(keyOf(repositoryKey)), sig }], signed: metadata }))
}

/** `status` answers all requests with it. */
export function serveTuf({ files }: TufRepository, { requests = [] as string[], status = 0, offline = false } = {}): HttpClient {
  return {
    async send({ url }) {
      requests.push(url.pathname)
      if (offline) throw new HttpError('offline', `${url.host} was not asked`)
      const bytes = files.get(url.pathname) ?? new Uint8Array()
      return {
        status: status || (files.has(url.pathname) ? 200 : 404),
        headers: new Map(),
        url,
        body: (async function* () {
          yield bytes
        })(),
        async bytes(maxBytes) {
          if (bytes.length > maxBytes) throw new HttpError('too-large', `more than ${maxBytes} bytes`)
          return bytes
        },
        async discard() {},
      }
    },
    close() {},
  }
}
