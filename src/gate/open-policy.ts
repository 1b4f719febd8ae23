/** The policy of a call: from the base, never from the head where there is a base; or the file that the call names. */
import { readFile, stat } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { UsageError } from '../findings.ts'
import type { Policy } from '../policy/policy.ts'
import { type ReadFile, readDefaultPolicy, readNamedPolicy } from '../policy/read.ts'
import type { Tree } from '../repo/tree.ts'
import type { CallOptions } from './call-options.ts'
import { messageOf } from './errors.ts'

/** Files of the checkout as they are at the base: what the change has made of them is not looked at. */
export interface BaseFiles {
  /** The folder of the checkout; `read` takes paths relative to it. */
  readonly root: string
  readonly revision: string
  read(path: string, limitBytes: number): Promise<Uint8Array | undefined>
}

export interface PolicyPlace {
  /** Where named policies that lie in the checkout are read from; absent where the caller's own files are trusted. */
  readonly baseFiles?: BaseFiles
  /** The tree whose policy holds. */
  readonly tree: Tree
  /** Its folder on this machine. */
  readonly directory: string
  readonly revision?: string
  /** The root of the repository that it is a part of, looked in where the tree itself has no policy. */
  readonly root?: { readonly directory: string; openTree(): Promise<Tree> }
}

export interface OpenPolicy {
  readonly policy: Policy
  /** The folder that its paths start from. */
  readonly directory: string
  readonly revision?: string
}

/** Compiled policies hold the engine too. */
function limitOf(path: string): number {
  return /\.(?:wasm|tar\.gz)$/iu.test(path) ? 32 << 20 : 1 << 20
}

/** Throws UsageError with file and line. */
export async function openPolicy(options: CallOptions, place: PolicyPlace): Promise<OpenPolicy> {
  const opened = await openWritten(options.policy ?? [], place)
  return { ...opened, policy: withSigners(opened.policy, options) }
}

async function openWritten(files: readonly string[], { tree, directory, revision, root, baseFiles }: PolicyPlace): Promise<OpenPolicy> {
  const [first] = files
  if (first !== undefined) {
    const folder = dirname(resolve(first))
    const names = files.map((file) => relative(folder, resolve(file)))
    const policy = await readNamedPolicy(names, baseFiles ? readAtBase(folder, baseFiles) : readBeside(folder))
    return { policy, directory: folder, ...(baseFiles && isBelow(baseFiles.root, resolve(first)) ? { revision: baseFiles.revision } : {}) }
  }
  const from = revision === undefined ? {} : { revision }
  const policy = await readDefaultPolicy((path) => tree.read(path, limitOf(path)))
  if (policy.files.length > 0 || !root) return { policy, directory, ...from }
  const whole = await root.openTree()
  return { policy: await readDefaultPolicy((path) => whole.read(path, limitOf(path))), directory: root.directory, ...from }
}

/** What lies outside of the checkout no change can reach. */
function readAtBase(folder: string, base: BaseFiles): ReadFile {
  const outside = readBeside(folder)
  return async (path) => {
    const place = resolve(folder, path)
    if (!isBelow(base.root, place)) return outside(path)
    return base.read(relative(base.root, place).split(sep).join('/'), limitOf(path))
  }
}

function isBelow(root: string, place: string): boolean {
  return place.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
}

function readBeside(folder: string): ReadFile {
  return async (path) => {
    try {
      const place = resolve(folder, path)
      const { size } = await stat(place)
      if (size > limitOf(path)) throw new UsageError(`${path}: ${size} bytes, a policy file has at most ${limitOf(path)}`)
      return await readFile(place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error instanceof UsageError ? error : new UsageError(`${path}: ${messageOf(error)}`, { cause: error })
    }
  }
}

/** Signers that the call names stand in the place of all that the policy demands of signatures. */
function withSigners(policy: Policy, { signers, trustedRoot }: CallOptions): Policy {
  const rooted = trustedRoot === undefined ? policy : { ...policy, trustedRoot }
  if (!signers || signers.keys.length + signers.identities.length === 0) return rooted
  return {
    ...rooted,
    userPolicies: [],
    signers: [{ images: ['**'], ...signers, notation: false, threshold: 1, attestations: [], believesVex: false }],
  }
}
