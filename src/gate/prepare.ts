/** From the words of a call to a request: opens the trees, reads the policy from where it may be read, opens the advisory sources. */
import { readFile, stat } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, dirname, relative, resolve } from 'node:path'
import type { AdvisorySource } from '../advisories/source.ts'
import type { VexDocument } from '../advisories/vex/statement.ts'
import { quote, severities, UsageError } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import type { FailOn, KeylessIdentity, Policy, PublicKeySource } from '../policy/policy.ts'
import { type ReadFile, readDefaultPolicy, readNamedPolicy } from '../policy/read.ts'
import { revisionTree } from '../repo/git.ts'
import { onlyFile } from '../repo/only-file.ts'
import type { ReadOptions } from '../repo/read.ts'
import type { Tree } from '../repo/tree.ts'
import { workingTree } from '../repo/working-tree.ts'
import type { LayerPass } from '../scan/layer-pass.ts'
import { messageOf } from './errors.ts'
import { type CheckName, checkNames, type GateRequest, type ImageRequest, type RegistryAccess } from './request.ts'

/** The contract's options, as they were written. */
export interface CallOptions {
  readonly base?: string
  readonly policy?: readonly string[]
  readonly checks?: string
  readonly failOn?: string
  readonly advisories?: readonly string[]
  readonly images?: readonly string[]
  readonly offline?: boolean
  readonly platform?: string
  /** The folder that evidence of layers is kept in from run to run. */
  readonly cache?: string
  /** Asks registries for newer base images. */
  readonly baseUpdates?: boolean
  /** Signers that are trusted for every image, instead of the policy's. */
  readonly signers?: { readonly keys: readonly PublicKeySource[]; readonly identities: readonly KeylessIdentity[] }
  readonly trustedRoot?: { readonly name: string; readonly bytes: Uint8Array }
}

/** What comes from the world around the call. */
export interface Host {
  readonly http: HttpClient
  /** One that may ask these link-local and metadata addresses as well. */
  readonly allow?: (addresses: readonly string[]) => HttpClient
  /** Where credentials and the Docker daemon are looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: Date
  readonly signal: AbortSignal
  /** Told of the bytes of each layer that have come in so far. */
  readonly progress?: (layer: { readonly digest: string; readonly size: number }, readBytes: number) => void
  /** Instead of asking git for `base`: the base as an API shows it. */
  readonly baseTree?: Tree
}

const policyLimitBytes = 1 << 20
/** The public OSV API. https://google.github.io/osv.dev/api/ */
const defaultAdvisories = 'https://api.osv.dev'

/** A request to judge the tree at `path`. Throws UsageError for whatever is wrong with the call, before anything is judged. */
export async function prepareCheck(path: string, options: CallOptions, host: Host): Promise<GateRequest> {
  const place = resolve(path)
  const { directory, only } = await placeOf(path, place)
  const whole = workingTree(directory)
  const base = host.baseTree ?? (options.base === undefined ? undefined : await openRevision(directory, options.base))
  const common = await prepare(options, host, { tree: base ?? whole, directory, ...(base === undefined ? {} : { revision: base.name }) })
  const narrow = (tree: Tree) => (only === undefined ? tree : onlyFile(tree, only))
  return { ...common, tree: narrow(whole), ...(base === undefined ? {} : { base: narrow(base) }) }
}

/** A request for an image alone; the policy is looked for in the folder of the call. */
export async function prepareScan(options: CallOptions, host: Host): Promise<ImageRequest> {
  const directory = resolve('.')
  return prepare(options, host, { tree: workingTree(directory), directory })
}

async function prepare(
  options: CallOptions,
  host: Host,
  place: { readonly tree: Tree; readonly directory: string; readonly revision?: string },
): Promise<ImageRequest> {
  const { environment, now, signal } = host
  const checks = parseChecks(options.checks)
  const failOn = options.failOn === undefined ? undefined : parseFailOn(options.failOn)
  const { policy: written, directory, revision } = await openPolicy(options.policy ?? [], place)
  const policy = withSigners(written, options)
  const http = policy.allowAddresses.length > 0 && host.allow ? host.allow(policy.allowAddresses) : host.http
  const sources = advisorySources(options.advisories ?? [], policy, directory)
  return {
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
    reading: await readingOf(policy, environment),
    platform: parsePlatform(options.platform ?? 'linux/amd64'),
    advisories: checks.has('images') ? await openSources(sources, http) : [],
    advisoryState: checks.has('images') ? await ageOf(sources, policy, now) : { gaps: [], notes: [] },
    ...(options.baseUpdates ? { baseUpdates: true } : {}),
    vex: checks.has('images') ? await readVexFiles(policy) : { statements: [], gaps: [] },
    ...(checks.has('images') ? { layerPass: await openLayerPass(options.cache, host.progress) } : {}),
    http,
    access: needsImages(checks) ? await openAccess(http, environment) : {},
    now,
    signal,
  }
}

async function ageOf(sources: readonly string[], policy: Policy, now: Date): Promise<GateRequest['advisoryState']> {
  const files = sources.filter((source) => !/^https?:\/\//iu.test(source) && !/\.(json|zip)$/iu.test(source))
  return files.length === 0 ? { gaps: [], notes: [] } : (await import('./advisory-age.ts')).judgeAges(files, policy.advisories, now)
}

async function readVexFiles({ vex }: Policy): Promise<VexDocument> {
  if (vex.length === 0) return { statements: [], gaps: [] }
  const { readVexDocuments } = await import('./vex.ts')
  return readVexDocuments(vex)
}

/** Those of the call, else the policy's, else the public address. */
function advisorySources(named: readonly string[], { advisories }: Policy, directory: string): readonly string[] {
  if (named.length > 0) return named
  if (advisories.sources.length === 0) return [defaultAdvisories]
  return advisories.sources.map((source) => (/^https?:\/\//iu.test(source) ? source : resolve(directory, source)))
}

async function openSources(texts: readonly string[], http: HttpClient): Promise<AdvisorySource[]> {
  const { openAdvisories } = await import('../advisories/sources.ts')
  return Promise.all(texts.map((text) => openAdvisories(text, { http })))
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

async function readingOf(policy: Policy, environment: Host['environment']): Promise<ReadOptions> {
  const { programRunner } = await import('../repo/render/program.ts')
  const { charts, overlays, podTemplates } = policy
  return { podTemplates, render: { run: programRunner(environment), valuesFiles: charts, ...(overlays === undefined ? {} : { overlays }) } }
}

/** What is kept without being asked for (signed metadata of trust roots) goes where the platform keeps such. XDG Base Directory Specification */
function cacheDirectoryOf(named: string | undefined, { XDG_CACHE_HOME, HOME }: Host['environment']): string {
  if (named !== undefined) return resolve(named)
  return resolve(XDG_CACHE_HOME ?? (HOME === undefined ? tmpdir() : resolve(HOME, '.cache')), 'portcullis')
}

function needsImages(checks: ReadonlySet<CheckName>): boolean {
  return checks.has('images') || checks.has('signatures')
}

async function openLayerPass(directory: string | undefined, progress: Host['progress']): Promise<LayerPass> {
  const [{ layerPassFor }, { createCache }] = await Promise.all([import('../scan/layer-pass.ts'), import('../oci/cache.ts')])
  return layerPassFor(availableParallelism(), {
    ...(directory === undefined ? {} : { cache: createCache(resolve(directory)) }),
    ...(progress ? { progress } : {}),
  })
}

/** One for the run: tokens and credentials are asked for once. */
async function openAccess(http: HttpClient, environment: Host['environment']): Promise<RegistryAccess> {
  const [{ environmentCredentials }, { registrySenders }] = await Promise.all([
    import('../oci/credential-helper.ts'),
    import('../oci/registry-auth.ts'),
  ])
  return { environment, ...registrySenders(http, environmentCredentials(environment)) }
}

async function placeOf(path: string, place: string): Promise<{ readonly directory: string; readonly only?: string }> {
  const found = await stat(place).catch((error: unknown) => {
    throw new UsageError(`${path}: ${messageOf(error)}`, { cause: error })
  })
  if (found.isDirectory()) return { directory: place }
  if (found.isFile()) return { directory: dirname(place), only: basename(place) }
  throw new UsageError(`${path}: neither a folder nor a file`)
}

async function openRevision(directory: string, revision: string): Promise<Tree> {
  try {
    return await revisionTree(directory, revision)
  } catch (error) {
    throw new UsageError(`--base ${quote(revision)}: ${messageOf(error)}`, { cause: error })
  }
}

/** The base's policy, or this file's; never the head's where there is a base. */
async function openPolicy(
  files: readonly string[],
  { tree, directory, revision }: { readonly tree: Tree; readonly directory: string; readonly revision?: string },
): Promise<{ readonly policy: Policy; readonly directory: string; readonly revision?: string }> {
  const [first] = files
  if (first === undefined) {
    const policy = await readDefaultPolicy((path) => tree.read(path, policyLimitBytes))
    return { policy, directory, ...(revision === undefined ? {} : { revision }) }
  }
  const folder = dirname(resolve(first))
  const names = files.map((file) => relative(folder, resolve(file)))
  return { policy: await readNamedPolicy(names, readBeside(folder)), directory: folder }
}

function readBeside(folder: string): ReadFile {
  return async (path) => {
    try {
      const place = resolve(folder, path)
      const { size } = await stat(place)
      if (size > policyLimitBytes) throw new UsageError(`${path}: ${size} bytes, a policy file has at most ${policyLimitBytes}`)
      return await readFile(place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error instanceof UsageError ? error : new UsageError(`${path}: ${messageOf(error)}`, { cause: error })
    }
  }
}

function parseChecks(text: string | undefined): ReadonlySet<CheckName> {
  if (text === undefined || text === '') return new Set(checkNames)
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !checkNames.includes(name as CheckName))
  if (unknown !== undefined) throw new UsageError(`--checks: unknown check ${quote(unknown)}, expected some of ${checkNames.join(', ')}`)
  return new Set(names as CheckName[])
}

function parseFailOn(text: string): FailOn {
  const levels = [...severities.filter((severity) => severity !== 'unknown'), 'never']
  if (!levels.includes(text)) throw new UsageError(`--fail-on: ${quote(text)}, expected one of ${levels.join(', ')}`)
  return text as FailOn
}

function parsePlatform(text: string): string {
  if (text === 'all' || /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/u.test(text)) return text
  throw new UsageError(`--platform: ${quote(text)}, expected os/architecture[/variant] or "all"`)
}
