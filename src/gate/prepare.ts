/** From the words of a call to a request: opens the trees, reads the policy from where it may be read, opens the advisory sources. */
import { lstat, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { quote, UsageError } from '../findings.ts'
import type { Policy } from '../policy/policy.ts'
import { commitTime } from '../repo/commit-time.ts'
import { onlyFile } from '../repo/only-file.ts'
import type { ReadOptions } from '../repo/read.ts'
import { programRunner } from '../repo/render/program.ts'
import type { Tree } from '../repo/tree.ts'
import { workingTree } from '../repo/working-tree.ts'
import { type CallOptions, type Host, parseChecks, parseFailOn, parsePlatform } from './call-options.ts'
import { messageOf } from './errors.ts'
import { cacheFolder, openCache } from './open-cache.ts'
import { openPolicy, type PolicyPlace } from './open-policy.ts'
import type { GateRequest, ImageRequest } from './request.ts'

/** A request to judge the tree at `path`. Throws UsageError for whatever is wrong with the call, before anything is judged. */
export async function prepareCheck(path: string, options: CallOptions, host: Host): Promise<GateRequest> {
  const { directory, only } = await placeOf(path, resolve(path))
  const whole = workingTree(directory)
  const base = host.baseTree ?? (options.base === undefined ? undefined : await openRevision(directory, options.base))
  const root = host.baseTree ? undefined : await rootAbove(directory, options.base)
  const place = {
    tree: base ?? whole,
    directory,
    ...(base ? { revision: base.name } : {}),
    ...(root ? { root } : {}),
    ...(host.baseFiles ? { baseFiles: host.baseFiles } : {}),
  }
  const [common, baseTime] = await Promise.all([
    prepare(options, host, place),
    host.baseTree || options.base === undefined ? host.baseTime : commitTime(directory, options.base),
  ])
  const narrow = (tree: Tree) => (only === undefined ? tree : onlyFile(tree, only))
  return {
    ...common,
    tree: narrow(whole),
    ...(base === undefined ? {} : { base: narrow(base) }),
    ...(baseTime === undefined ? {} : { baseTime }),
  }
}

/** A request for an image alone; the policy is looked for in the folder of the call. */
export async function prepareScan(options: CallOptions, host: Host): Promise<ImageRequest> {
  const directory = resolve('.')
  return prepare(options, host, { tree: workingTree(directory), directory })
}

/** The policy alone: of the base's revision, or of the files that are named. Throws UsageError. */
export async function preparePolicy(path: string, options: Pick<CallOptions, 'base' | 'policy'>): Promise<Policy> {
  const { directory } = await placeOf(path, resolve(path))
  const tree = options.base === undefined ? workingTree(directory) : await openRevision(directory, options.base)
  const root = await rootAbove(directory, options.base)
  return (await openPolicy(options, { tree, directory, ...(root ? { root } : {}) })).policy
}

async function prepare(options: CallOptions, host: Host, place: PolicyPlace): Promise<ImageRequest> {
  const { environment, now, signal } = host
  const checks = parseChecks(options.checks)
  const failOn = options.failOn === undefined ? undefined : parseFailOn(options.failOn)
  const { policy, directory, revision } = await openPolicy(options, place)
  const http = policy.allowAddresses.length > 0 && host.allow ? host.allow(policy.allowAddresses) : host.http
  const cache = checks.has('images') || checks.has('manifests') ? await openCache(options, { ...host, http }) : undefined
  const evidence = checks.has('images')
    ? await (await import('./open-evidence.ts')).openEvidence(options, { policy, directory, cache, host: { ...host, http } })
    : { advisories: [], advisoryState: { gaps: [], notes: [] }, vex: { statements: [], gaps: [] } }
  return {
    ...evidence,
    policy,
    demands: checks.has('signatures')
      ? await (await import('./trust.ts')).readDemands(policy, {
          http,
          now,
          signal,
          cacheDirectory: cacheDirectoryOf(options.cache, environment),
        })
      : { signers: [], admission: [] },
    policyDirectory: directory,
    ...(revision === undefined ? {} : { policyRevision: revision }),
    ...(failOn === undefined ? {} : { failOn }),
    checks,
    images: options.images ?? [],
    reading: readingOf(policy, environment),
    platform: parsePlatform(options.platform ?? 'linux/amd64'),
    ...(options.baseUpdates ? { baseUpdates: true } : {}),
    ...(cache && host.code !== undefined && checks.has('manifests') ? { answers: { cache, code: host.code } } : {}),
    http,
    access: checks.has('images') || checks.has('signatures') ? (await import('./open-access.ts')).openAccess(http, environment) : {},
    now,
    signal,
  }
}

function readingOf(policy: Policy, environment: Host['environment']): ReadOptions {
  const { charts, overlays, podTemplates, kubernetesMinor } = policy
  const render = {
    run: programRunner(environment),
    valuesFiles: charts,
    ...(overlays === undefined ? {} : { overlays }),
    ...(kubernetesMinor === undefined ? {} : { kubernetesMinor }),
  }
  return { podTemplates, render }
}

/** What is kept without being asked for (signed metadata of trust roots) goes where the platform keeps such. XDG Base Directory Specification */
function cacheDirectoryOf(named: string | undefined, { XDG_CACHE_HOME, HOME }: Host['environment']): string {
  const folder = cacheFolder(named)
  if (folder !== undefined) return folder
  return resolve(XDG_CACHE_HOME ?? (HOME === undefined ? tmpdir() : resolve(HOME, '.cache')), 'portcullis')
}

async function placeOf(path: string, place: string): Promise<{ readonly directory: string; readonly only?: string }> {
  const found = await stat(place).catch((error: unknown) => {
    throw new UsageError(`${path}: ${messageOf(error)}`, { cause: error })
  })
  if (found.isDirectory()) return { directory: place }
  if (found.isFile()) return { directory: dirname(place), only: basename(place) }
  throw new UsageError(`${path}: neither a folder nor a file`)
}

/** The root of the repository around a folder that is not the root itself. */
async function rootAbove(directory: string, base: string | undefined): Promise<PolicyPlace['root']> {
  for (let at = directory; ; at = dirname(at)) {
    const isRoot = await lstat(join(at, '.git')).then(
      () => true,
      () => false,
    )
    if (isRoot)
      return at === directory
        ? undefined
        : { directory: at, openTree: async () => (base === undefined ? workingTree(at) : openRevision(at, base)) }
    if (dirname(at) === at) return undefined
  }
}

async function openRevision(directory: string, revision: string): Promise<Tree> {
  try {
    const { revisionTree } = await import('../repo/git.ts')
    return await revisionTree(directory, revision)
  } catch (error) {
    throw new UsageError(`--base ${quote(revision)}: ${messageOf(error)}`, { cause: error })
  }
}
