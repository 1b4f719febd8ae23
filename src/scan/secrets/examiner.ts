/** Looks for secrets in every file of every layer. */
import type { Examiner, Remark } from '../examiner.ts'
import { beginningOf } from './digest.ts'
import { ownEngine } from './engine.ts'
import { isExemplary, isWithoutText } from './places.ts'

export const secretRemarkKind = 'secrets'

/** Of one secret in one file; kept with the evidence of its layer, and so without the secret. */
export interface SecretRemark extends Remark {
  /** The id of its kind; absent where the file has more than is looked at. */
  readonly secret?: string
  /** Counts from 1; absent in what is not text. */
  readonly line?: number
  /** See `digestOf`. */
  readonly hash?: string
  /** Its first characters, four at most. */
  readonly beginning?: string
  /** When it ends to be of use, in seconds since 1970. */
  readonly expires?: number
}

export const secretExaminer: Examiner<SecretRemark> = {
  name: secretRemarkKind,
  version: 3,
  open({ path, sizeBytes }) {
    if (sizeBytes < leastBytes || isWithoutText(path) || isExemplary(path)) return undefined
    const search = ownEngine().open(path, sizeBytes)
    return {
      write: (piece) => (search.write(piece) ? undefined : false),
      end: () => {
        const { found, isCut } = search.end()
        const remarks = found.map(({ kind, line, hash, secret, expires }): SecretRemark => {
          const beginning = beginningOf(secret, kind)
          return {
            kind: secretRemarkKind,
            path,
            secret: kind.id,
            ...(line !== undefined && { line }),
            hash,
            ...(beginning !== '' && { beginning }),
            ...(expires !== undefined && { expires }),
          }
        })
        return isCut ? [...remarks, { kind: secretRemarkKind, path }] : remarks
      },
    }
  },
}

/** No kind is shorter. */
const leastBytes = 12
