/** Opens what the contents of images are judged by: advisories, VEX, layers, earlier images, an engine for malware. All of it is loaded for images alone. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { AdvisorySource } from '../advisories/source.ts'
import { openAdvisories } from '../advisories/sources.ts'
import type { VexDocument } from '../advisories/vex/statement.ts'
import type { HttpClient } from '../http.ts'
import type { Policy } from '../policy/policy.ts'
import { type EvidenceCache, layerPassFor } from '../scan/layer-pass.ts'
import type { CallOptions, Host } from './call-options.ts'
import type { HistoryRequest } from './history.ts'
import type { ImageRequest } from './request.ts'
import { openMalware } from './scan-malware.ts'

export interface EvidencePlace {
  readonly policy: Policy
  /** The folder that the policy's paths start from. */
  readonly directory: string
  readonly cache: EvidenceCache | undefined
  readonly host: Host
}

/** Throws UsageError for an address, a file or a source that is none. */
export async function openEvidence(
  options: CallOptions,
  { policy, directory, cache, host }: EvidencePlace,
): Promise<Pick<ImageRequest, 'advisories' | 'advisoryState' | 'history' | 'layerPass' | 'malware' | 'vex'>> {
  const malware = openMalware(options, policy, { ...host, cache })
  const history = await openHistory(policy, options.anomaly ?? false, cache)
  const sources = advisorySources(options.advisories ?? [], policy, directory)
  return {
    advisories: await openSources(sources, host.http),
    advisoryState: await ageOf(sources, policy, host.now),
    vex: await readVexFiles(policy),
    ...(history && { history }),
    layerPass: layerPassFor(availableParallelism(), {
      ...(cache === undefined ? {} : { cache }),
      ...(host.progress ? { progress: host.progress } : {}),
      watch: malware.scan.watch,
      packagesAlone: options.packagesAlone ?? false,
    }),
    malware,
  }
}

/** The public OSV API. https://google.github.io/osv.dev/api/ */
const defaultAdvisories = 'https://api.osv.dev'

async function ageOf(sources: readonly string[], policy: Policy, now: Date): Promise<ImageRequest['advisoryState']> {
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
  return Promise.all(texts.map((text) => openAdvisories(text, { http })))
}

const usualHistory = 20

/** The policy's word; the call may ask registries besides. Undefined where there is nothing to hold images against. */
async function openHistory({ anomaly }: Policy, isAsked: boolean, cache: EvidenceCache | undefined): Promise<HistoryRequest | undefined> {
  const from = isAsked ? 'registry' : (anomaly?.history ?? 'cache')
  if (from === 'off' || (from === 'cache' && !cache)) return undefined
  const store = cache && (await import('./history-store.ts')).historyStore(cache)
  return { from, images: anomaly?.images ?? usualHistory, ...(store && { store }), read: { images: new Map(), profiles: new Map() } }
}
