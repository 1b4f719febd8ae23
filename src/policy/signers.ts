/** Who is trusted, from the policy's `signers`. */
import { quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { localPath } from './local-path.ts'
import type { AttestationRule, KeylessIdentity, PublicKeySource, SignerRule, TextMatch } from './policy.ts'
import type { ReadFile } from './read.ts'
import type { PolicyFile } from './schema.ts'
import { at } from './validate.ts'

type SignerEntry = PolicyFile['signers'][number]
type IdentityEntry = SignerEntry['keyless'][number]

export async function signerOf(entry: SignerEntry, field: Field, read: ReadFile): Promise<SignerRule> {
  return {
    images: entry.images,
    keys: await Promise.all(entry.keys.map((key, index) => keyOf(key, field.at('keys', index), read))),
    identities: entry.keyless.map((identity, index) => identityOf(identity, field.at('keyless', index))),
    notation: entry.notation,
    threshold: entry.threshold,
    attestations: entry.attestations.map((attestation, index) => attestationOf(attestation, field.at('attestations', index))),
    believesVex: entry.believesVex,
    location: field.location(),
  }
}

async function keyOf(entry: SignerEntry['keys'][number], field: Field, read: ReadFile): Promise<PublicKeySource> {
  const text = typeof entry === 'string' ? entry : entry.key
  const log = typeof entry === 'string' || entry.transparencyLog === undefined ? {} : { transparencyLog: entry.transparencyLog }
  if (text.includes('-----BEGIN ')) return { name: at(field.location()), pem: text, ...log }
  const bytes = await read(localPath(text, field))
  if (bytes === undefined) throw new UsageError(`${at(field.location())}: no such key file ${quote(text)}`)
  return { name: text, pem: new TextDecoder().decode(bytes), ...log }
}

function identityOf(entry: IdentityEntry, field: Field): KeylessIdentity {
  const extensions = Object.entries(entry.extensions).map(([name, match]) => [name, matchOf(match, field.at('extensions', name))] as const)
  return {
    issuer: matchOf(entry.issuer, field.at('issuer')),
    subject: matchOf(entry.subject, field.at('subject')),
    extensions: new Map(extensions),
    ...(entry.transparencyLog === undefined ? {} : { transparencyLog: entry.transparencyLog }),
  }
}

function matchOf(entry: IdentityEntry['issuer'], field: Field): TextMatch {
  return typeof entry === 'string' ? { equals: entry } : { matches: entry.matches, where: at(field.at('matches').location()) }
}

function attestationOf({ type, condition }: SignerEntry['attestations'][number], field: Field): AttestationRule {
  return condition === undefined ? { type } : { type, condition: { text: condition, location: field.at('condition').location() } }
}
