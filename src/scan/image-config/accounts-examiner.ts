/** What `etc/passwd` and `etc/shadow` say of accounts; hashes of passwords are not kept. passwd(5), shadow(5) */
import type { Examiner, Remark } from '../examiner.ts'

export interface AccountsRemark extends Remark {
  readonly kind: 'accounts'
  readonly accounts: readonly AccountLine[]
}

export interface AccountLine {
  readonly name: string
  /** Counts from 1. */
  readonly line: number
  /** `elsewhere`: in `etc/shadow`. `locked`: no password fits. */
  readonly password: 'empty' | 'set' | 'locked' | 'elsewhere'
  /** Of `etc/passwd` alone. */
  readonly uid?: number
  readonly shell?: string
}

export const accountFiles = ['etc/passwd', 'etc/shadow'] as const
/** A line has some sixty bytes, and an image some thirty accounts. */
const maxBytes = 1024 * 1024

export const accountsExaminer: Examiner<AccountsRemark> = {
  name: 'accounts',
  version: 1,
  open({ path, sizeBytes }) {
    if (!accountFiles.some((file) => file === path)) return undefined
    const pieces: Uint8Array[] = []
    let length = 0
    return {
      write(piece) {
        length += piece.length
        if (length > maxBytes) throw new Error(`has ${Math.max(sizeBytes, length)} bytes, and accounts are read up to ${maxBytes}`)
        pieces.push(piece.slice())
      },
      end: () => [{ kind: 'accounts', path, accounts: readAccounts(path, Buffer.concat(pieces).toString('utf8')) }],
    }
  },
}

export function readAccounts(path: string, text: string): readonly AccountLine[] {
  return text.split('\n').flatMap((row, index): AccountLine[] => {
    const [name = '', password, uid = '', , , , shell = ''] = row.trimEnd().split(':')
    // Names with a sign in front include another directory's: passwd(5) of NIS.
    if (!/^[^\s#+-]/.test(name) || password === undefined) return []
    const common = { name: name.slice(0, 256), line: index + 1 }
    if (path === 'etc/shadow') return [{ ...common, password: stateOf(password) }]
    if (!/^\d{1,10}$/.test(uid)) return []
    return [{ ...common, password: password === 'x' ? 'elsewhere' : stateOf(password), uid: Number(uid), shell: shell.slice(0, 4096) }]
  })
}

/** crypt(5): what is no hash fits no password. */
function stateOf(field: string): 'empty' | 'set' | 'locked' {
  if (field === '') return 'empty'
  return /^(?:\$[^$]+\$.+|[./0-9A-Za-z]{13}|_[./0-9A-Za-z]{19})$/.test(field) ? 'set' : 'locked'
}
