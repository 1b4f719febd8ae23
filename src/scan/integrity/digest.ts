/** Digests of files as package managers note them down, in one short form: a letter for the algorithm, and the first 128 bits in hexadecimal. */

export type DigestAlgorithm = 'md5' | 'sha1' | 'sha256'

const letters = { md5: 'm', sha1: 's', sha256: 't' } as const satisfies Record<DigestAlgorithm, string>
const hexLengths: ReadonlyMap<number, DigestAlgorithm> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
])
/** All of the shortest digest. Nobody finds a second file for so many bits. */
const keptCharacters = 32

/** Of hexadecimal digits in lower case. */
export function shortDigest(algorithm: DigestAlgorithm, hex: string): string {
  return `${letters[algorithm]}${hex.slice(0, keptCharacters)}`
}

/** Undefined for what is no digest of `algorithm`; without one its length tells. */
export function shortDigestOfHex(hex: string, algorithm = hexLengths.get(hex.length)): string | undefined {
  if (algorithm === undefined || hexLengths.get(hex.length) !== algorithm || !/^[0-9a-f]+$/i.test(hex)) return undefined
  return shortDigest(algorithm, hex.toLowerCase())
}

export function algorithmLetter(digest: string): string {
  return digest.charAt(0)
}
