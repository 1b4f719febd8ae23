/** The accounts of an image, `etc/passwd` and `etc/shadow` read together. */
import type { ImagePlace } from '../../findings.ts'
import type { PlacedRemark } from '../examiner.ts'
import type { AccountLine, AccountsRemark } from './accounts-examiner.ts'

export interface Account {
  readonly name: string
  /** Absent where only `etc/shadow` knows the account. */
  readonly uid?: number
  readonly shell?: string
  readonly password: 'empty' | 'set' | 'locked'
  /** The line that says so of the password. */
  readonly passwordPlace: ImagePlace
  readonly place: ImagePlace
}

export interface Accounts {
  /** Whether `etc/passwd` was read: where it was not, nobody can say that an account is missing. */
  readonly isKnown: boolean
  readonly all: readonly Account[]
}

interface Found extends AccountLine {
  readonly place: ImagePlace
}

export function accountsOf(remarks: readonly PlacedRemark[]): Accounts {
  const [users, shadows] = ['etc/passwd', 'etc/shadow'].map((file) => linesOf(remarks, file))
  const byName = new Map((shadows ?? []).map((shadow) => [shadow.name, shadow]))
  const known = (users ?? []).map((user): Account => {
    const { name, uid, shell, place } = user
    const source = user.password === 'elsewhere' ? byName.get(name) : user
    byName.delete(name)
    return {
      name,
      ...(uid === undefined ? {} : { uid }),
      ...(shell === undefined ? {} : { shell }),
      password: passwordOf(source),
      passwordPlace: source?.place ?? place,
      place,
    }
  })
  // What shadow alone has is no account, unless passwd is another's to tell.
  const others = users ? [] : [...byName.values()]
  return {
    isKnown: users !== undefined,
    all: [
      ...known,
      ...others.map((shadow) => ({
        name: shadow.name,
        password: passwordOf(shadow),
        passwordPlace: shadow.place,
        place: shadow.place,
      })),
    ],
  }
}

function passwordOf(line: Found | undefined): Account['password'] {
  return line === undefined || line.password === 'elsewhere' ? 'locked' : line.password
}

/** Of the file as a container sees it; undefined where it was not read. */
function linesOf(remarks: readonly PlacedRemark[], file: string): readonly Found[] | undefined {
  const remark = remarks.find((one): one is PlacedRemark<AccountsRemark> => one.kind === 'accounts' && one.path === file && !one.isRemoved)
  return remark?.accounts.map((line) => ({ ...line, place: { path: file, line: line.line, layer: remark.layer } }))
}
