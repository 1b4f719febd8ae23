import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { UsageError } from '../../../src/findings.ts'
import { readTrustStore } from '../../../src/verify/notation/trust-store.ts'
import { notationAuthority } from '../../builders/notation.ts'

test('certificates are read in PEM, several in a file, and in DER', async () => {
  const [acme, other] = await Promise.all([notationAuthority(), notationAuthority('other')])
  const pem = { name: 'both.pem', bytes: Buffer.from(`# two\n${acme.root.toString()}\n${other.root.toString()}`) }
  const roots = readTrustStore([pem, { name: 'acme.crt', bytes: acme.root.raw }])
  expect(roots.map(({ fingerprint256 }) => fingerprint256)).toEqual(
    [acme.root, other.root, acme.root].map(({ fingerprint256 }) => fingerprint256),
  )
})

test('a file that holds no certificate of an authority is refused by its name', async () => {
  const { chain } = await (await notationAuthority()).issue()
  const leaf = new X509Certificate(chain[0] ?? new Uint8Array()).toString()
  for (const text of ['', 'none', leaf, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']) {
    const read = () => readTrustStore([{ name: 'store/acme.pem', bytes: Buffer.from(text) }])
    expect(read).toThrow(UsageError)
    expect(read).toThrow('trust store "store/acme.pem": ')
  }
})
