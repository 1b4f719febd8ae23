/** What the kinds of secrets are held against. Values are made when the tests run: nothing here looks like a secret to who searches the sources. */
import { createHash } from 'node:crypto'

export interface KindCases {
  readonly kind: string
  /** The name of the file; `srv/app/settings.txt` where it does not matter. */
  readonly path?: string
  /** Texts with one secret of the kind, marked by where it begins and ends: `«` and `»`, which are taken away. */
  readonly secrets: readonly string[]
  /** Texts that have what it is mostly found beside, and no secret. */
  readonly others: readonly string[]
  /** Values that are right but for one thing. */
  readonly nearMisses: readonly string[]
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The same characters for the same seed, as if by chance. */
function drawn(alphabet: string, length: number, seed: string): string {
  let text = ''
  for (let round = 0; text.length < length; round++)
    for (const byte of createHash('sha256').update(`${seed} ${round}`).digest()) text += alphabet[byte % alphabet.length]
  return text.slice(0, length)
}

export const alnum = (length: number, seed = 'a'): string => drawn(base62, length, seed)
export const hex = (length: number, seed = 'a'): string => drawn('0123456789abcdef', length, seed)
export const upper = (length: number, seed = 'a'): string => drawn('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', length, seed)
export const lower = (length: number, seed = 'a'): string => drawn('0123456789abcdefghijklmnopqrstuvwxyz', length, seed)
export const letters = (length: number, seed = 'a'): string => drawn(base62.slice(10), length, seed)
export const digits = (length: number, seed = 'a'): string => drawn('123456789', length, seed)
export const base32 = (length: number, seed = 'a'): string => drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', length, seed)
export const bytes = (length: number, seed = 'a'): Buffer => Buffer.from(drawn(base62, length, seed))
export const base64 = (length: number, seed = 'a'): string => drawn(`${base62}`, length, seed)
export const uuid = (seed = 'a'): string => [8, 4, 4, 4, 12].map((length) => hex(length, `${seed}${length}`)).join('-')

/** The last character is another one. */
export const altered = (text: string): string => text.slice(0, -1) + (text.endsWith('a') ? 'b' : 'a')

/** Of tokens with a prefix of their own: in a shell, in JSON, at the end of a line; cut short, made longer, and the prefix alone. */
export function issued(
  kind: string,
  value: string,
  { prefix = value.slice(0, 4), isExact = true, ...more }: IssuedOptions = {},
): KindCases {
  const filled = prefix + 'x'.repeat(value.length - prefix.length)
  return {
    kind,
    secrets: [`export API_TOKEN="«${value}»"`, `{"name": "it", "token": "«${value}»"}`, `API_TOKEN=«${value}»\nNEXT=1`],
    others: [
      `a token begins with ${prefix} and goes on`,
      `API_TOKEN="${filled}"`,
      `API_TOKEN="${prefix}<your token>"`,
      ...(more.others ?? []),
    ],
    nearMisses: [
      ...(isExact ? [`API_TOKEN="${value.slice(0, -1)}"`, `API_TOKEN="${value}a"`] : [`API_TOKEN="${value.slice(0, prefix.length + 12)}"`]),
      `API_TOKEN="${value.slice(0, prefix.length + 5)}!${value.slice(prefix.length + 6)}"`,
      ...(more.nearMisses ?? []),
    ],
  }
}

interface IssuedOptions {
  readonly prefix?: string
  readonly isExact?: boolean
  readonly others?: readonly string[]
  readonly nearMisses?: readonly string[]
}

/** Of values that only the name beside them tells: the same value under another name is none. */
export function named(kind: string, name: string, value: string, more: Partial<Omit<KindCases, 'kind'>> = {}): KindCases {
  const lower = name.toLowerCase()
  return {
    kind,
    ...more,
    secrets: [`${name}=«${value}»`, `"${lower}": "«${value}»",`, `  ${name}: '«${value}»'`, ...(more.secrets ?? [])],
    others: [`${name}=\${${name}}`, `${name}="<your key>"`, `see ${name} in the manual`, ...(more.others ?? [])],
    nearMisses: [`OTHER=${value}`, `${name}=${value.slice(0, 9)}`, ...(more.nearMisses ?? [])],
  }
}
