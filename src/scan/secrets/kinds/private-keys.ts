/** Private keys in the textual encodings: RFC 7468, OpenSSH's PROTOCOL.key, RFC 9580 section 6.2, PuTTY's appendix C. */
import { isBech32 } from '../checksums.ts'
import type { Block, SecretKind } from '../kind.ts'

type KeyParts = Pick<SecretKind, 'id' | 'title' | 'severity'> & {
  /** Of the first line. */
  readonly label: string
  /** Looks at the decoded body, and at its headers. */
  accepts(body: Buffer, headers: string): boolean
}

const opens = 'can decrypt what was meant for its owner, sign in its name, and log in wherever the public key is trusted'
const revoke = 'Make a new key pair, and take the public key or the certificate of this one out of everything that trusts it.'
const references = ['https://www.rfc-editor.org/rfc/rfc7468']

/** Of a key in the layout of PEM. The body may be the text of a string literal, with `\n` for the ends of its lines. */
function pemKey({ label, accepts, ...rest }: KeyParts): SecretKind {
  return {
    ...rest,
    opens,
    revoke,
    references,
    anchors: ['PRIVATE KEY-----'],
    expression: new RegExp(`(?<=-----BEGIN ${label})PRIVATE KEY-----`, 'y'),
    block: { until: '-----END', limit: 16_384, read: (text) => readPem(text, accepts) },
    inBinaries: true,
  }
}

function readPem(text: string, accepts: KeyParts['accepts']): Block | undefined {
  const end = text.indexOf('-----END')
  const inside = text.slice('PRIVATE KEY-----'.length, end)
  const lines = inside
    .split(/\r?\n|\\r\\n|\\n|\\\\n/)
    .map(bareLine)
    .filter((line) => line !== '')
  const headers = lines.filter((line) => /^[A-Za-z-]{1,30}: /.test(line)).join('\n')
  const body = lines.filter((line) => /^[A-Za-z0-9+/]{1,4096}={0,2}$/.test(line)).join('')
  const decoded = Buffer.from(body, 'base64')
  if (decoded.length < 32 || !accepts(decoded, headers)) return undefined
  return { secret: body, length: end + '-----END'.length }
}

/** Without what stands around a line in a comment, a quotation or a sum of string literals. `+` and `/` are digits of base 64 as well. */
function bareLine(line: string): string {
  const start = line.replace(/^\s{0,80}(?:(?:[>|#*]|\/\/(?=\s)|\+(?=[\s"'`]))\s{0,8})?["'`]?/, '')
  return start.replace(/(?:["'`]\s{0,8}[+.,;)]{0,3})?[\s\\]{0,80}$/, '')
}

/** A sequence whose length is that of the body: X.690 8.1. */
function isSequence(body: Buffer): boolean {
  const [tag, first = 0, second = 0, third = 0] = body
  if (tag !== 0x30) return false
  if (first < 0x80) return body.length >= first + 2
  if (first === 0x81) return body.length >= second + 3
  return first === 0x82 && body.length >= ((second << 8) | third) + 4
}

const isPlainDer: KeyParts['accepts'] = (body, headers) => !headers.includes('ENCRYPTED') && isSequence(body)

const openSshMagic = 'openssh-key-v1\0'
/** The cipher's name follows the magic, as a string of SSH: RFC 4251 section 5. */
const isOpenSsh = (body: Buffer): boolean => body.toString('latin1', 0, openSshMagic.length) === openSshMagic
const hasNoCipher = (body: Buffer): boolean => body.toString('latin1', openSshMagic.length + 4, openSshMagic.length + 8) === 'none'

export const dsaPrivateKey = pemKey({
  id: 'dsa-private-key',
  title: 'DSA private key',
  severity: 'high',
  label: 'DSA ',
  accepts: isPlainDer,
})

export const ecPrivateKey = pemKey({
  id: 'ec-private-key',
  title: 'Elliptic curve private key',
  severity: 'high',
  label: 'EC ',
  accepts: isPlainDer,
})

export const encryptedPrivateKey: SecretKind = {
  ...pemKey({
    id: 'encrypted-private-key',
    title: 'Private key under a passphrase',
    severity: 'medium',
    label: '(?:ENCRYPTED |RSA |EC |DSA |OPENSSH )',
    accepts: (body, headers) =>
      isOpenSsh(body) ? !hasNoCipher(body) : headers.includes('ENCRYPTED') || (isSequence(body) && isEncryptedInfo(body)),
  }),
  opens: 'can try passphrases for as long as it takes, and has the key with the right one',
}

/** PKCS #8 EncryptedPrivateKeyInfo begins with an algorithm, of PBES2 or an older scheme below 1.2.840.113549.1; a plain one with a number. RFC 5958 3. */
function isEncryptedInfo(body: Buffer): boolean {
  const length = body[1] ?? 0
  const inside = body.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f))
  return inside[0] === 0x30 && inside.subarray(0, 16).includes(Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01]))
}

export const opensshPrivateKey = pemKey({
  id: 'openssh-private-key',
  title: 'OpenSSH private key',
  severity: 'high',
  label: 'OPENSSH ',
  accepts: (body) => isOpenSsh(body) && hasNoCipher(body),
})

export const pkcs8PrivateKey = pemKey({
  id: 'pkcs8-private-key',
  title: 'Private key',
  severity: 'high',
  label: '',
  accepts: isPlainDer,
})

export const rsaPrivateKey = pemKey({
  id: 'rsa-private-key',
  title: 'RSA private key',
  severity: 'high',
  label: 'RSA ',
  accepts: isPlainDer,
})

export const pgpPrivateKey: SecretKind = {
  id: 'pgp-private-key',
  title: 'OpenPGP private key',
  severity: 'high',
  opens,
  revoke: 'Publish the revocation certificate of the key, and make a new one.',
  references: ['https://www.rfc-editor.org/rfc/rfc9580'],
  anchors: ['PGP PRIVATE KEY BLOCK-----'],
  expression: /(?<=-----BEGIN )PGP PRIVATE KEY BLOCK-----/y,
  block: {
    until: '-----END',
    limit: 65_536,
    read: (text) => {
      const end = text.indexOf('-----END')
      const lines = text
        .slice('PGP PRIVATE KEY BLOCK-----'.length, end)
        .split(/\r?\n|\\n/)
        .map(bareLine)
      const body = lines.filter((line) => /^[A-Za-z0-9+/]{4,100}={0,2}$/.test(line)).join('')
      // A secret key packet (tag 5) or a secret subkey packet (tag 7), in the old or the new format: RFC 9580 4.2.
      const tag = Buffer.from(body.slice(0, 8), 'base64')[0] ?? 0
      const isSecretKey = (tag & 0xc0) === 0xc0 ? (tag & 0x3f) === 5 : (tag & 0xc0) === 0x80 && ((tag >> 2) & 0xf) === 5
      return isSecretKey && body.length > 64 ? { secret: body, length: end + '-----END'.length } : undefined
    },
  },
  inBinaries: true,
}

export const puttyPrivateKey: SecretKind = {
  id: 'putty-private-key',
  title: 'PuTTY private key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html'],
  anchors: ['PuTTY-User-Key-File-'],
  expression: /PuTTY-User-Key-File-[23]: [\w@.-]{1,60}\r?\nEncryption: none\r?\nComment: [^\r\n]{0,200}\r?\nPublic-Lines: \d{1,4}\r?\n/y,
  block: {
    until: 'Private-MAC:',
    limit: 16_384,
    read: (text) => {
      const body = /Private-Lines: \d{1,4}\r?\n([A-Za-z0-9+/=\r\n]{40,8192})/.exec(text)?.[1]
      return body === undefined ? undefined : { secret: body.replace(/\s/g, ''), length: text.indexOf('Private-MAC:') }
    },
  },
}

export const ageSecretKey: SecretKind = {
  id: 'age-secret-key',
  title: 'age secret key',
  severity: 'critical',
  opens: 'decrypts all that was encrypted to it, the secrets of SOPS in the repository among them',
  revoke: 'Make a new key with `age-keygen`, encrypt everything to it, and change what was encrypted to this one.',
  references: ['https://github.com/C2SP/C2SP/blob/main/age.md'],
  anchors: ['AGE-SECRET-KEY-1'],
  expression: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}(?![A-Z0-9])/y,
  isGenuine: isBech32,
  isCertain: true,
  inBinaries: true,
}

export const wireguardPrivateKey: SecretKind = {
  id: 'wireguard-private-key',
  title: 'WireGuard private key',
  severity: 'high',
  opens: 'joins the network as this peer and reads what is sent to it',
  revoke: 'Make a new key with `wg genkey`, and give its public key to the peers.',
  references: ['https://www.wireguard.com/quickstart/'],
  anchors: ['PrivateKey'],
  expression: /(?<=^|[\r\n]|\\n)PrivateKey[ \t]{0,4}=[ \t]{0,4}(?<secret>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)(?![A-Za-z0-9+/=])/dy,
  isGenuine: (secret) => {
    // Curve25519 clamps three bits at the beginning and two at the end: RFC 7748 section 5.
    const bytes = Buffer.from(secret, 'base64')
    return bytes.length === 32 && ((bytes[0] ?? 1) & 7) === 0 && ((bytes[31] ?? 0) & 0xc0) === 0x40
  },
}
