/** Values that stand for a secret and are none: examples of documentation, variables, words like "changeme". */
import { digestOf } from './digest.ts'
import type { SecretKind } from './kind.ts'

/** Anywhere in a value, in any case. */
const marks =
  /example|placeholder|change.?me|change.?it|redacted|dummy|sample|replace|insert|fixme|your[_-]|yourtoken|yourkey|yourpass|my[_-]?(?:api|secret|token|key|pass)|not[_-]?a?[_-]?real|x{6}|\*{3}|\.\.\.|\$\{|\$\(|\{\{|<[a-z]|%\(|%s|#\{|abcdefgh|12345678|01234567|deadbeef/i
/** In short ones only: in a key of two thousand characters they come by chance. */
const shortMarks = /fake|todo|xxxx/i
const shortLength = 64

/** A value that is no more than one of these: what somebody writes who has to write something. */
const words: ReadonlySet<string> = new Set([
  'admin',
  'changeme',
  'default',
  'foo',
  'foobar',
  'guest',
  'hello',
  'hunter2',
  'letmein',
  'mysql',
  'none',
  'null',
  'pass',
  'passwd',
  'password',
  'password1',
  'password123',
  'passwort',
  'postgres',
  'pwd',
  'qwerty',
  'root',
  's3cr3t',
  's3cret',
  'secret',
  'test',
  'test123',
  'testing',
  'tiger',
  'token',
  'toor',
  'undefined',
  'user',
  'username',
])

/** First digits of the SHA-256 of values that documentation shows, and that look like any other. */
const shown: ReadonlySet<string> = new Set([
  // The signature of AWS DataSync's example of a SAS token. https://docs.aws.amazon.com/datasync/latest/userguide/API_AzureBlobSasConfiguration.html
  '577cfe66bf6c',
  // The key of MinIO's public server for trying out, in the README of each of its clients. https://github.com/minio/minio-go
  'df452eef23e8',
])

export function isSpecimen(secret: string, { isPassword }: Pick<SecretKind, 'isPassword'>): boolean {
  if (marks.test(secret.slice(0, 4096)) || (secret.length <= shortLength && shortMarks.test(secret))) return true
  if (isPassword) return isPlaceholderWord(secret)
  if (shown.has(digestOf(secret, {}))) return true
  // The second sign: what a machine made up does not repeat itself.
  return hasLongRun(secret) || bitsPerCharacter(secret) < leastBits
}

export function isPlaceholderWord(text: string): boolean {
  const bare = text.trim()
  if (bare.length < 3) return true
  // A variable of a shell, a template, or a format.
  if (/^\$[\w({]|^%[\w(]|^@@?\w+@$|^\{[\w.]*\}$|^<.*>$|^\[.*\]$|^:\w+$/.test(bare)) return true
  if (/^(.)\1*$/.test(bare)) return true
  // Dots and ellipses in a secret's place, as our own reports have them: of a file, a character a byte of UTF-8.
  if (/^(?:\xe2\x80[\xa2\xa6]|[•…])+$/.test(bare)) return true
  // `repopwd`, `my-password`: what it is, and nothing that it could be.
  if (/^[a-z_-]{0,16}(?:pass|pwd|passwd|passwort|password|passphrase|secret|token)$/i.test(bare)) return true
  return words.has(bare.toLowerCase()) || words.has(bare.toLowerCase().replace(/[\d!_-]+$/, ''))
}

/** Seven of the same character in a row: once in a million tokens of sixty hexadecimal digits. */
function hasLongRun(text: string): boolean {
  // Base64 fills up with `A`, and keys begin with many zeros.
  return text.length <= 256 && /([^A=-])\1{6}/.test(text)
}

/** Random hexadecimal digits have more than three bits, whatever their number from 16 on. */
const leastBits = 2.5

/** Shannon's entropy of the characters of a text. */
export function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
