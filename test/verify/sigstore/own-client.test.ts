/** Bundles that Sigstore's own signing client makes, against services on loopback: they keep our builders honest. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundleToJSON } from '@sigstore/bundle'
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, initializeTSA, rekorHandler, tsaHandler } from '@sigstore/mock'
import { DSSEBundleBuilder, FulcioSigner, MessageSignatureBundleBuilder, RekorWitness, TSAWitness } from '@sigstore/sign'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTrustedRoot, type SigstoreRoot } from '../../../src/verify/sigstore/trusted-root.ts'
import { verifyBundle } from '../../../src/verify/verify-bundle.ts'
import { statementAbout } from '../../builders/image-signatures.ts'
import { sha256 } from '../../builders/memory-repository.ts'
import { trustedRootJson } from '../../builders/sigstore.ts'

const subject = 'https://github.com/acme/shop/.github/workflows/release.yaml@refs/heads/main'
const issuer = 'https://issuer.acme.example'
const artifact = Buffer.from('the artifact')

let server: Server
let root: SigstoreRoot
let options: { signer: FulcioSigner; witnesses: (RekorWitness | TSAWitness)[] }

beforeAll(async () => {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // A whole second, as real authorities stamp: the library does not read a fraction that ends in zero.
  const clock = new Date(Math.floor(Date.now() / 1000) * 1000 + 600_000)
  const ctlog = await initializeCTLog(pair(), clock)
  const authority = await initializeCA(pair(), ctlog, clock)
  const rekor = await initializeTLog('https://rekor.acme.example', pair(), clock)
  const timestamps = await initializeTSA(pair(), clock)
  const handlers = [fulcioHandler(authority), rekorHandler(rekor), tsaHandler(timestamps)]
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const result = await handlers.find(({ path }) => path === request.url)?.fn(body)
    response.writeHead(result?.statusCode ?? 404, { 'content-type': result?.contentType ?? 'text/plain' }).end(result?.response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const rootJson = trustedRootJson({
    name: 'acme',
    start: new Date(Date.now() - 60_000),
    logs: [{ host: 'rekor.acme.example', publicKey: rekor.publicKey }],
    certificateLogs: [{ host: 'ctfe.acme.example', publicKey: ctlog.publicKey }],
    authority: [authority.rootCertificate],
    timestampAuthority: [timestamps.intCertificate, timestamps.rootCertificate],
  })
  root = readTrustedRoot(Buffer.from(rootJson), 'acme')
  const claims = Buffer.from(JSON.stringify({ sub: subject, iss: issuer, repository: 'acme/shop', ref: 'refs/heads/main' })).toString(
    'base64url',
  )
  const identityProvider = { getToken: async () => `e30.${claims}.e30` }
  options = {
    signer: new FulcioSigner({ fulcioBaseURL: base, identityProvider }),
    // The log for tests keeps an entry as it was proposed, which holds for this kind alone.
    witnesses: [new RekorWitness({ rekorBaseURL: base, entryType: 'intoto' }), new TSAWitness({ tsaBaseURL: base })],
  }
})
afterAll(() => void server.close())

async function judge(bundle: Parameters<typeof bundleToJSON>[0]) {
  const identities = [{ name: 'acme', issuer: { equals: issuer }, subject: { equals: subject } }]
  const json = Buffer.from(JSON.stringify(bundleToJSON(bundle)))
  return verifyBundle({ bundle: json, artifact: { digest: sha256(artifact) }, root, identities })
}

test('a signature over an artifact verifies', async () => {
  expect(await judge(await new MessageSignatureBundleBuilder(options).create({ data: artifact }))).toMatchObject({
    status: 'verified',
    signer: 'acme',
  })
})

test('a statement about it verifies, with a certificate in a chain or alone', async () => {
  const data = Buffer.from(JSON.stringify(statementAbout(sha256(artifact), 'https://slsa.dev/provenance/v1', {})))
  for (const certificateChain of [true, false]) {
    const bundle = await new DSSEBundleBuilder({ ...options, certificateChain }).create({ data, type: 'application/vnd.in-toto+json' })
    expect(await judge(bundle)).toMatchObject({
      status: 'verified',
      signer: 'acme',
      statement: { predicateType: 'https://slsa.dev/provenance/v1' },
    })
  }
})
