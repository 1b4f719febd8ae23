import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../../src/http.ts'
import { parseReference } from '../../../src/oci/reference.ts'
import { registry as registrySource } from '../../../src/oci/registry.ts'
import { verified } from '../../../src/oci/verified.ts'
import { isBelow, pushStatements } from '../../../src/publish/attest/push-statements.ts'
import { judgedImages, narrowed, verdictPredicateType, verdictStatement } from '../../../src/publish/attest/statement.ts'
import { verifyImage } from '../../../src/verify/verify-image.ts'
import { buildImage } from '../../builders/image.ts'
import { cosignAttest } from '../../builders/image-signatures.ts'
import { memoryRepository, sha256, shop as shopReference } from '../../builders/memory-repository.ts'
import { fail, startRegistry, type TestRegistry } from '../../builders/registry.ts'
import { finding, image, report, vulnerability } from '../../builders/report.ts'
import { ecdsaKey } from '../../builders/signing.ts'
import { sigstoreInstance } from '../../builders/sigstore.ts'

const now = new Date('2026-01-01T10:00:00Z')
const facts = (some: ReturnType<typeof report>) => ({ report: some, whole: some, reportSha256: 'ab'.repeat(32), version: '1.2.3', now })
const [shop, api] = [image(), image({ reference: 'ghcr.io/acme/api:2', digest: `sha256:${'2b'.repeat(32)}` })]
const nameOf = ({ reference, digest }: typeof shop) => `${reference}@${digest}`

describe('the statement of an image', () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync('docs/verdict-v1.schema.json', 'utf8')))

  test('has its digest as the subject, and a predicate that its schema describes', () => {
    const some = report({ subjects: [shop], findings: [vulnerability('CVE-1')] })
    const [judged = { reference: '', digest: '' }] = judgedImages(some)
    const statement = verdictStatement(judged, facts(some))
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'ghcr.io/acme/shop:1.4', digest: { sha256: '1a'.repeat(32) } }],
      predicateType: 'https://portcullis.dev/verdict/v1',
      predicate: { verdict: 'block', imageVerdict: 'block', judgedAt: '2026-01-01T10:00:00.000Z', report: some },
    })
    expect([validate(statement.predicate), validate.errors]).toEqual([true, null])
    expect(validate({ ...statement.predicate, verdict: 'fine' })).toBe(false)
  })

  test('says what was decided of the run and of the image, which may differ', () => {
    const gaps = [{ subject: nameOf(api), message: 'layer could not be read', locations: [] }]
    const some = report({ subjects: [shop, api], findings: [finding()], gaps })
    const verdicts = judgedImages(some).map((each) => {
      const { verdict, imageVerdict } = verdictStatement(each, facts(some)).predicate
      return [verdict, imageVerdict]
    })
    expect(verdicts).toEqual([
      ['block', 'pass'],
      ['block', 'incomplete'],
    ])
  })

  test('is one for each image, and none for what has no digest that could be one', () => {
    const subjects = [shop, { ...shop, platform: 'linux/arm64' }, api, { ...api, digest: undefined }, { ...api, digest: 'sha256:../../x' }]
    expect(judgedImages(report({ subjects: subjects as never })).map(({ reference }) => reference)).toEqual([shop.reference, api.reference])
  })

  test('that is narrowed says nothing of other images, manifests and files', () => {
    const findings = [
      vulnerability('CVE-1', {}, { subject: nameOf(shop) }),
      vulnerability('CVE-2', {}, { subject: nameOf(api) }),
      finding(),
    ]
    const some = report({ subjects: [shop, api], findings, reasons: ['ghcr.io/acme/api: no signature'] })
    const text = JSON.stringify(narrowed(some, { reference: shop.reference, digest: shop.digest ?? '' }))
    expect([text.includes('CVE-1'), text.includes('acme/shop')]).toEqual([true, true])
    expect(['CVE-2', 'acme/api', 'Deployment', 'shop.yaml'].filter((word) => text.includes(word))).toEqual([])
    const predicate = {
      ...verdictStatement(judgedImages(some)[0] ?? { reference: '', digest: '' }, facts(some)).predicate,
      report: JSON.parse(text),
    }
    expect(validate(predicate)).toBe(true)
  })
})

describe('an image', () => {
  const at = (reference: string) => ({ reference, digest: shop.digest ?? '' })
  test.each([
    ['ghcr.io/acme/shop:1', 'ghcr.io/acme', true],
    ['ghcr.io/acme/shop:1', 'ghcr.io/acme/', true],
    ['ghcr.io/acme/shop:1', 'ghcr.io/acme/shop', true],
    ['ghcr.io/acme/shop:1', 'ghcr.io', true],
    ['ghcr.io/acme/shop:1', 'all', true],
    ['ghcr.io/acme-evil/shop:1', 'ghcr.io/acme', false],
    ['nginx:1', 'docker.io/library', true],
    ['oci:image:1', 'all', false],
    ['docker-archive:a.tar', 'all', false],
    ['NOT a reference', 'all', false],
  ])('%s is below %s: %s', (reference, prefix, is) => {
    expect(isBelow(at(reference), [prefix])).toBe(is)
  })
})

describe('a statement that is pushed', () => {
  const built = buildImage({ layers: [{ files: { 'etc/os-release': 'ID=alpine\n' } }] })
  const { signal } = new AbortController()
  let registry: TestRegistry
  let http: HttpClient
  beforeEach(async () => {
    registry = await startRegistry()
    registry.push('acme/shop', '1', built)
    http = createHttp({ sleep: async () => {} })
  })
  afterEach(async () => {
    http.close()
    await registry.close()
  })

  const statements = (...names: string[]) => {
    const subjects = names.map((name) => image({ reference: `${registry.host}/${name}:1`, digest: built.descriptor.digest }))
    const some = report({ subjects })
    return judgedImages(some).map((each) => ({ image: each, statement: verdictStatement(each, facts(some)) }))
  }
  const source = () => verified(registrySource(http, { registry: registry.host, repository: 'acme/shop' }))

  test('refers to its image, byte for byte', async () => {
    const [attached] = await pushStatements(statements('acme/shop'), { http, environment: {}, signal })
    const [listed] = await Array.fromAsync(source().referrers(built.descriptor.digest, signal))
    expect([attached?.digest, listed?.artifactType]).toEqual([listed?.digest, 'application/vnd.in-toto+json'])
    const manifest = JSON.parse(Buffer.from(registry.blobs.get(listed?.digest ?? '') ?? []).toString())
    expect(manifest.layers[0]).toMatchObject({
      mediaType: 'application/vnd.in-toto+json',
      annotations: { 'in-toto.io/predicate-type': verdictPredicateType },
    })
    expect(JSON.parse(Buffer.from(registry.blobs.get(manifest.layers[0].digest) ?? []).toString())).toEqual(
      statements('acme/shop')[0]?.statement,
    )
  })

  test.each([true, false])('counts for nothing when the image is verified, with the referrers API: %s', async (referrersApi) => {
    registry.referrersApi = referrersApi
    await pushStatements(statements('acme/shop'), { http, environment: {}, signal })
    const reference = parseReference(`${registry.host}/acme/shop:1`)
    const trust = { keys: [ecdsaKey('release')] }
    const judged = await verifyImage({ source: source(), reference, digest: built.descriptor.digest, trust, attestations: true }, signal)
    expect([judged.status, judged.signatures, judged.attestations ?? []]).toEqual(['unsigned', [], []])
  })

  test('counts once somebody whom the policy trusts has signed it as cosign does', async () => {
    const repository = memoryRepository()
    const digest = sha256('the image')
    const some = report({ subjects: [image({ reference: shopReference.text, digest })] })
    const [judged = { reference: '', digest: '' }] = judgedImages(some)
    const key = ecdsaKey('release')
    await cosignAttest(repository, await sigstoreInstance(), digest, verdictStatement(judged, facts(some)), { key })
    const request = { source: repository.source, reference: shopReference, digest, trust: { keys: [key] }, attestations: true }
    const { attestations } = await verifyImage(request, signal)
    expect(attestations).toMatchObject([{ status: 'verified', predicateType: verdictPredicateType, predicate: { verdict: 'pass' } }])
  })

  test('in several repositories, one of which does not take it, is pushed to the others', async () => {
    registry.intercept = (request, response) => {
      if (request.method !== 'POST' || !request.url?.includes('/closed/')) return false
      fail(response, 403, 'DENIED')
      return true
    }
    const attached = await pushStatements(statements('acme/shop', 'closed/shop', 'acme/api'), { http, environment: {}, signal })
    expect(
      attached.map(({ image: { reference }, problem }) => [reference.split('/').slice(1).join('/'), problem !== undefined]).sort(),
    ).toEqual([
      ['acme/api:1', false],
      ['acme/shop:1', false],
      ['closed/shop:1', true],
    ])
  })
})
