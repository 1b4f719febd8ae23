/** A transparency log with a real Merkle tree. RFC 6962 section 2; checkpoints: https://github.com/transparency-dev/formats/blob/main/log/README.md */
import { createHash, createPublicKey } from 'node:crypto'
import type { SigningKey } from './signing.ts'

export interface TransparencyLog {
  readonly host: string
  /** DER, SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** Takes the entry in and gives it as bundles have it, in JSON. */
  add(entry: object, integratedTime: Date, version: 1 | 2): LogEntryJson
}

export interface LogEntryJson {
  logIndex: string
  logId: { keyId: string }
  kindVersion: { kind: string; version: string }
  integratedTime?: string
  inclusionPromise?: { signedEntryTimestamp: string }
  inclusionProof?: { logIndex: string; rootHash: string; treeSize: string; hashes: string[]; checkpoint: { envelope: string } }
  canonicalizedBody: string
}

/** Strangers' entries that stand before ours: the tree must have an inside and a border. */
const strangers = 5
/** Older shards of the log hold these, so that the index of the log is not that of the tree. */
const shardOffset = 1000

export function transparencyLog(host: string, key: SigningKey): TransparencyLog {
  const publicKey = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' })
  const keyId = sha256(publicKey)
  const leaves = Array.from({ length: strangers }, (_, index) => leafHash(Buffer.from(`stranger ${index}`)))

  return {
    host,
    publicKey,
    add(entry, integratedTime, version) {
      const body = Buffer.from(canonicalJson(entry))
      const index = leaves.push(leafHash(body)) - 1
      const root = treeHash(leaves)
      const note = `${host} - 1\n${leaves.length}\n${root.toString('base64')}\n`
      const signature = Buffer.concat([keyId.subarray(0, 4), key.sign(Buffer.from(note))])
      const { kind, apiVersion } = entry as { kind: string; apiVersion: string }
      const seconds = Math.floor(integratedTime.getTime() / 1000)
      const logIndex = index + shardOffset
      const promise = { body: body.toString('base64'), integratedTime: seconds, logIndex, logID: keyId.toString('hex') }
      return {
        logIndex: String(logIndex),
        logId: { keyId: keyId.toString('base64') },
        kindVersion: { kind, version: apiVersion },
        ...(version === 1 && {
          integratedTime: String(seconds),
          inclusionPromise: { signedEntryTimestamp: Buffer.from(key.sign(Buffer.from(canonicalJson(promise)))).toString('base64') },
        }),
        inclusionProof: {
          logIndex: String(index),
          rootHash: root.toString('base64'),
          treeSize: String(leaves.length),
          hashes: auditPath(index, leaves).map((hash) => hash.toString('base64')),
          checkpoint: { envelope: `${note}\n\u2014 ${host} ${signature.toString('base64')}\n` },
        },
        canonicalizedBody: body.toString('base64'),
      }
    },
  }
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const leafHash = (leaf: Uint8Array) => sha256(Buffer.from([0]), leaf)

// RFC 6962 2.1: the largest power of two below n.
const splitOf = (count: number) => 2 ** Math.floor(Math.log2(count - 1))

function treeHash(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves
  if (first && leaves.length === 1) return first
  const split = splitOf(leaves.length)
  return sha256(Buffer.from([1]), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

// RFC 6962 2.1.1
function auditPath(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split ? [...auditPath(index, left), treeHash(right)] : [...auditPath(index - split, right), treeHash(left)]
}

/** RFC 8785 for what the logs write: objects of texts and whole numbers. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{${members
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    .join(',')}}`
}
