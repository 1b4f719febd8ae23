/** Signatures: one bundle once its trusted root is loaded, and many images of one policy against a registry on loopback; then whole processes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttp } from '../src/http-client.ts'
import { registry } from '../src/oci/registry.ts'
import type { Digest } from '../src/oci/source.ts'
import { artifactOf } from '../src/verify/artifact.ts'
import { checkBundle } from '../src/verify/sigstore/check-bundle.ts'
import { verifyImage } from '../src/verify/verify-image.ts'
import { envelopeBundle, messageBundle } from '../test/builders/bundle.ts'
import { cosignKeyless, statementAbout } from '../test/builders/image-signatures.ts'
import { type MemoryRepository, manifestMediaType, memoryRepository, sha256 } from '../test/builders/memory-repository.ts'
import { cosignSign, ecdsaKey } from '../test/builders/signing.ts'
import { githubIssuer, sigstoreInstance, workflow } from '../test/builders/sigstore.ts'
import { print, summary } from './measure.ts'
import { benchVerifyProcess } from './verify-process.ts'

const images = 60
const key = ecdsaKey('release')
const signal = AbortSignal.timeout(120_000)

export async function benchVerify(): Promise<void> {
  const sigstore = await sigstoreInstance()
  const identities = [{ name: 'release', issuer: { equals: githubIssuer }, subject: { equals: workflow } }]
  const trust = { keys: [], identities, root: sigstore.root }
  const bytes = Buffer.from('the artifact')
  const artifact = artifactOf(bytes)
  const statement = statementAbout(sha256(bytes), 'https://slsa.dev/provenance/v1', {})
  const bundles = {
    'a bundle over an artifact, without a key': await messageBundle(sigstore, bytes),
    'a bundle over a statement, without a key': await envelopeBundle(sigstore, statement),
    'a bundle of Rekor version 2, with a timestamp': await messageBundle(sigstore, bytes, { rekor: 2 }),
  }
  for (const [name, bundle] of Object.entries(bundles)) {
    const json = Buffer.from(JSON.stringify(bundle))
    const times = await repeat(100, async () => {
      const { status } = await checkBundle(json, artifact, trust)
      if (status !== 'verified') throw new Error(`${name} is ${status}`)
    })
    print(summary(name, times), 'to reach: 10')
  }
  const byKey = await serve((repository, digest) => cosignSign(repository, digest, { key }))
  print(summary(`${images} images by key, one process`, await repeat(5, () => verifyAll(byKey, { keys: [key] }))), 'to reach: 250')
  const keyless = await serve((repository, digest) => cosignKeyless(repository, sigstore, digest))
  print(summary(`${images} images without a key, one process`, await repeat(5, () => verifyAll(keyless, trust))), 'to reach: 3000')
  for (const { close } of [byKey, keyless]) close()
  await benchVerifyProcess()
}

interface Served {
  readonly host: string
  readonly digests: readonly Digest[]
  close(): void
}

type VerifyTrust = Parameters<typeof verifyImage>[0]['trust']

/** Each image is resolved by its tag, as in a run of the gate. */
async function verifyAll(
  { host, digests }: Served,
  trust: Pick<VerifyTrust, 'identities' | 'root'> & { keys: readonly { name: string; pem: string }[] },
): Promise<void> {
  const http = createHttp()
  const statuses = await Promise.all(
    digests.map(async (_, index) => {
      const repository = `acme/shop-${index}`
      const source = registry(http, { registry: host, repository })
      const reference = { registry: host, repository, tag: '1', text: `${host}/${repository}:1` }
      const { digest } = await source.resolve(reference, signal)
      return (await verifyImage({ source, reference, digest, trust, stopWhenVerified: true }, signal)).status
    }),
  )
  http.close()
  if (!statuses.every((status) => status === 'verified'))
    throw new Error(`expected all verified, found ${[...new Set(statuses)].join(', ')}`)
}

async function serve(signImage: (repository: MemoryRepository, digest: Digest) => void | Promise<void>): Promise<Served> {
  const repositories = await Promise.all(
    Array.from({ length: images }, async (_, index) => {
      const repository = memoryRepository()
      const manifest = repository.addManifest([repository.add(`layer ${index}`, 'application/vnd.oci.image.layer.v1.tar')])
      repository.tag('1', manifest)
      await signImage(repository, manifest.digest)
      return { repository, digest: manifest.digest }
    }),
  )
  const server = createServer(async ({ url = '' }, response) => {
    const [, index, kind, name = ''] = /^\/v2\/acme\/shop-(\d+)\/(manifests|blobs|referrers)\/(.+)$/.exec(url) ?? []
    const source = repositories[Number(index)]?.repository.source
    if (!source || kind === 'referrers') return void response.writeHead(404).end()
    try {
      const isTag = kind === 'manifests' && !name.startsWith('sha256:')
      const reference = { registry: '', repository: '', tag: name, text: name }
      const descriptor = isTag ? await source.resolve(reference, signal) : { mediaType: manifestMediaType, digest: name, size: 0 }
      const chunks: Uint8Array[] = []
      for await (const chunk of source.read(descriptor, signal)) chunks.push(chunk)
      response
        .writeHead(200, { 'content-type': kind === 'manifests' ? manifestMediaType : 'application/octet-stream' })
        .end(Buffer.concat(chunks))
    } catch {
      // The repository in memory knows no such name.
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { host: `127.0.0.1:${port}`, digests: repositories.map(({ digest }) => digest), close: () => void server.close() }
}

async function repeat(rounds: number, work: () => Promise<void>): Promise<number[]> {
  const times: number[] = []
  await work()
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times
}
