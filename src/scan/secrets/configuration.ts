/** Secrets in an image's configuration: everybody who can pull the image reads it. https://github.com/opencontainers/image-spec/blob/main/config.md */
import { isPlaceholder, soundsSecret } from '../../formats/secret-names.ts'
import type { Image } from '../../oci/image.ts'
import { coverOf } from './cover.ts'
import { beginningOf, digestOf } from './digest.ts'
import type { SecretKind } from './kind.ts'
import { configuredSecret } from './rule-texts.ts'
import type { SecretEngine } from './search.ts'
import { isSpecimen } from './specimens.ts'

export interface ConfiguredSecret {
  readonly kind: Pick<SecretKind, 'id' | 'title' | 'severity' | 'references'>
  /** `Env`, `Cmd`, `Entrypoint`, `Healthcheck`, `Labels`, `history`. */
  readonly field: string
  /** The name of the variable, label or argument, where it has one. */
  readonly name?: string
  /** Digest of the layer that the instruction made. */
  readonly layer?: string
  /** As it is written; the secret is in it. */
  readonly instruction?: string
  readonly hash: string
  readonly beginning: string
  /** It is never to be printed or kept. */
  readonly secret: string
}

interface Part {
  readonly field: string
  readonly text: string
  readonly name?: string
  readonly layer?: string
  readonly instruction?: string
}

/** What has more is made to keep us busy. */
const maxFound = 200

export interface ConfigurationSearch {
  /** Each once, at its first place. */
  readonly secrets: readonly ConfiguredSecret[]
  /** See `SearchResult`. */
  readonly overlapped: readonly string[]
  /** There are more, and nobody knows where. */
  readonly isCut: boolean
}

export function searchConfiguration(image: Pick<Image, 'config' | 'layers'>, engine: SecretEngine): ConfigurationSearch {
  const found = new Map<string, ConfiguredSecret>()
  const overlapped: string[] = []
  const search = (isCut: boolean): ConfigurationSearch => ({ secrets: [...found.values()], overlapped, isCut })
  for (const part of partsOf(image)) {
    const here: string[] = []
    for (const one of secretsIn(part, engine, overlapped)) {
      if (one === undefined) return search(true)
      // A part of another one is that by its name; elsewhere it may stand alone.
      if (here.some((secret) => secret.includes(one.secret))) continue
      if (!found.has(one.secret) && found.size >= maxFound) return search(true)
      if (!found.has(one.secret)) found.set(one.secret, one)
      if (!here.includes(one.secret)) here.push(one.secret)
    }
  }
  return search(false)
}

const cover = '•••'

/** Takes the secrets out of a text that quotes the configuration; all of it where there are more. */
export function coverConfiguration({ secrets, overlapped, isCut }: ConfigurationSearch): (text: string) => string {
  return isCut ? () => cover : coverOf([...secrets.map(({ secret }) => secret), ...overlapped])
}

/** Undefined where there are more; adds to `overlapped`. */
function* secretsIn(part: Part, engine: SecretEngine, overlapped: string[]): Generator<ConfiguredSecret | undefined> {
  const { secrets, isCut, ...others } = issuedIn(part, engine)
  overlapped.push(...others.overlapped)
  yield* secrets
  if (isCut) yield undefined
  yield* namedIn(part)
}

function* partsOf({ config, layers }: Pick<Image, 'config' | 'layers'>): Generator<Part> {
  for (const variable of config.env) yield { field: 'Env', name: nameOf(variable), text: variable }
  for (const [name, value] of config.labels) yield { field: 'Labels', name, text: `${name}=${value}` }
  yield* wordsOf('Entrypoint', config.entrypoint)
  yield* wordsOf('Cmd', config.cmd)
  yield* wordsOf('Healthcheck', config.healthcheck)
  const fits = config.history.filter(({ emptyLayer }) => !emptyLayer).length === layers.length
  let index = 0
  for (const { createdBy, comment, emptyLayer } of config.history) {
    const layer = emptyLayer || !fits ? undefined : layers[index]?.descriptor.digest
    if (!emptyLayer) index++
    for (const text of [createdBy, comment])
      if (text !== undefined) yield { field: 'history', text, instruction: text, ...(layer === undefined ? {} : { layer }) }
  }
}

/** Each alone, and an option together with the word behind it, which may be its value. */
function* wordsOf(field: string, words: readonly string[] = []): Generator<Part> {
  for (const [index, text] of words.entries()) {
    const next = words[index + 1]
    const isOption = /^--?[A-Za-z][\w.-]{0,100}$/.test(text)
    yield { field, text: isOption && next !== undefined && !next.startsWith('-') ? `${text}=${next}` : text }
  }
}

function nameOf(assignment: string): string {
  return assignment.slice(0, Math.max(0, assignment.indexOf('=')))
}

function issuedIn({ text, ...place }: Part, engine: SecretEngine): ConfigurationSearch {
  const bytes = Buffer.from(text)
  const search = engine.open('', bytes.length)
  search.write(bytes)
  const { found, overlapped, isCut } = search.end()
  const textOf = (secret: string) => Buffer.from(secret, 'latin1').toString('utf8')
  const secrets = found.map(({ kind, secret, hash }): ConfiguredSecret => {
    return { ...place, kind, hash, beginning: beginningOf(secret, kind), secret: textOf(secret) }
  })
  return { secrets, overlapped: overlapped.map(textOf), isCut }
}

/** Variables, labels and build arguments: `|1 TOKEN=… /bin/sh -c …`, `ARG TOKEN=…`, `ENV TOKEN=…`, what a command exports, and its options. */
function* namedIn({ text, ...place }: Part): Generator<ConfiguredSecret> {
  const pattern =
    place.field === 'Env' || place.field === 'Labels'
      ? /^(?<name>[^=]{1,200})=(?<value>[\s\S]{4,4096})$/g
      : /(?:(?<![\w$-])|(?<![\w$-])--?)(?<name>[A-Za-z_][\w-]{2,100})=(?:"(?<quoted>[^"\\]{4,1024})"|'(?<quoted>[^'\\]{4,1024})'|(?<value>[^\s"';&|]{4,1024}))/g
  for (const { groups } of text.matchAll(pattern)) {
    const { name = '', value, quoted } = groups ?? {}
    const secret = value ?? quoted ?? ''
    if (!soundsSecret(name) || isPlaceholder(secret) || isSpecimen(secret, configuredSecret) || /^\$|\$[({]/.test(secret)) continue
    const hash = digestOf(Buffer.from(secret).toString('latin1'), configuredSecret)
    yield { ...place, name, kind: configuredSecret, hash, beginning: '', secret }
  }
}
