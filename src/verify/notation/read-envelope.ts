/** Envelopes of both formats, and what holds for both. Signature specification, "Signed Attributes" */
import { readCose } from './cose.ts'
import { EnvelopeProblem, headers, type NotationEnvelope } from './envelope.ts'
import { readJws } from './jws.ts'

/** By the media type of the layer. */
export const envelopeReaders: Readonly<Record<string, (bytes: Uint8Array) => NotationEnvelope>> = {
  'application/cose': readCose,
  'application/jose+json': readJws,
}

/** Throws EnvelopeProblem. */
export function readEnvelope(bytes: Uint8Array, mediaType: string): NotationEnvelope {
  const read = Object.hasOwn(envelopeReaders, mediaType) ? envelopeReaders[mediaType] : undefined
  if (!read) throw new EnvelopeProblem(`the envelope is of the unknown type ${JSON.stringify(mediaType)}`)
  const envelope = read(bytes)
  const { scheme, critical, authenticSigningTime, signingTime, expiry } = envelope
  const isAuthority = scheme === 'notary.x509.signingAuthority'
  if (scheme !== 'notary.x509' && !isAuthority) throw new EnvelopeProblem(`the signing scheme is ${JSON.stringify(scheme)}`)
  if (isAuthority !== (authenticSigningTime !== undefined))
    throw new EnvelopeProblem('the authentic signing time and the signing scheme do not go together')
  if (isAuthority === (signingTime !== undefined)) throw new EnvelopeProblem('the signing time and the signing scheme do not go together')
  const needed = [headers.scheme, ...(expiry ? [headers.expiry] : []), ...(isAuthority ? [headers.authenticSigningTime] : [])]
  const missing = needed.find((name) => !critical.includes(name))
  if (missing) throw new EnvelopeProblem(`the header ${missing} is not marked as critical`)
  return envelope
}
