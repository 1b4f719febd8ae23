/** In-toto statements, v0.1 and v1. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
import { quote } from '../findings.ts'
import type { Artifact } from './artifact.ts'

export const statementPayloadType = 'application/vnd.in-toto+json'

export interface Statement {
  readonly predicateType: string
  readonly predicate: unknown
  readonly subjects: readonly StatementSubject[]
}

export interface StatementSubject {
  readonly name?: string
  /** By the name of the hash: `sha256`, `gitCommit`, … */
  readonly digest: ReadonlyMap<string, string>
}

export interface StatementFailure {
  readonly code: 'payload-type' | 'statement-malformed' | 'statement-subject'
  readonly message: string
  /** Where it could be read: what it claims to say. */
  readonly statement?: Statement
}

const types: ReadonlySet<unknown> = new Set(['https://in-toto.io/Statement/v0.1', 'https://in-toto.io/Statement/v1'])

/** Reads an envelope's payload and holds its subjects against the artifact. */
export function readStatement(payloadType: string, payload: Uint8Array, artifact: Artifact): Statement | StatementFailure {
  if (payloadType !== statementPayloadType) {
    return { code: 'payload-type', message: `the envelope holds ${quote(payloadType)}, expected ${quote(statementPayloadType)}` }
  }
  const statement = parseStatement(payload)
  if (!statement) return { code: 'statement-malformed', message: 'the envelope holds no in-toto statement, though its type says so' }
  if (!statement.subjects.some((subject) => isAbout(subject, artifact))) {
    const named = statement.subjects[0]?.digest.get('sha256')
    const other = named ? `sha256:${quote(named)}` : 'something else'
    return { code: 'statement-subject', message: `the statement is about ${other}, not about this artifact`, statement }
  }
  return statement
}

function parseStatement(payload: Uint8Array): Statement | undefined {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    // Told to the caller as what it is: no statement.
    return undefined
  }
  if (!isObject(value) || !types.has(value._type) || typeof value.predicateType !== 'string' || !Array.isArray(value.subject))
    return undefined
  const subjects = value.subject.map(parseSubject)
  if (subjects.length === 0 || !subjects.every((subject) => subject !== undefined)) return undefined
  return { predicateType: value.predicateType, predicate: value.predicate, subjects }
}

function parseSubject(value: unknown): StatementSubject | undefined {
  if (!isObject(value) || !isObject(value.digest)) return undefined
  const digest = new Map(Object.entries(value.digest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  return { digest, ...(typeof value.name === 'string' && { name: value.name }) }
}

/** Every digest that both sides have must agree, and there must be one: a weak one cannot speak for a strong one. */
function isAbout({ digest }: StatementSubject, artifact: Artifact): boolean {
  const shared = [...artifact.digests].filter(([name]) => digest.has(name))
  return shared.length > 0 && shared.every(([name, hex]) => digest.get(name) === hex)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
