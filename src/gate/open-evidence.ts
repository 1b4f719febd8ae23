/** Opens what image checks read from: registries, layers, advisories, VEX. Each room is loaded when it is opened. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { AdvisorySource } from '../advisories/source.ts'
import type { VexDocument } from '../advisories/vex/statement.ts'
import type { HttpClient } from '../http.ts'
import type { Policy } from '../policy/policy.ts'
import type { EvidenceCache, LayerPass } from '../scan/layer-pass.ts'
import type { Host } from './call-options.ts'
import type { HistoryRequest } from './history.ts'
import type { GateRequest, RegistryAccess } from './request.ts'
import type { MalwareRequest } from './scan-malware.ts'

/** The public OSV API. https://google.github.io/osv.dev/api/ */
const defaultAdvisories = 'https://api.osv.dev'

export async function ageOf(sources: readonly string[], policy: Policy, now: Date): Promise<GateRequest['advisoryState']> {
  const files = sources.filter((source) => !/^https?:\/\//iu.test(source) && !/\.(json|zip)$/iu.test(source))
  return files.length === 0 ? { gaps: [], notes: [] } : (await import('./advisory-age.ts')).judgeAges(files, policy.advisories, now)
}

export async function readVexFiles({ vex }: Policy): Promise<VexDocument> {
  if (vex.length === 0) return { statements: [], gaps: [] }
  const { readVexDocuments } = await import('./vex.ts')
  return readVexDocuments(vex)
}

/** Those of the call, else the policy's, else the public address. */
export function advisorySources(named: readonly string[], { advisories }: Policy, directory: string): readonly string[] {
  if (named.length > 0) return named
  if (advisories.sources.length === 0) return [defaultAdvisories]
  return advisories.sources.map((source) => (/^https?:\/\//iu.test(source) ? source : resolve(directory, source)))
}

export async function openSources(texts: readonly string[], http: HttpClient): Promise<AdvisorySource[]> {
  const { openAdvisories } = await import('../advisories/sources.ts')
  return Promise.all(texts.map((text) => openAdvisories(text, { http })))
}

const usualHistory = 20

/** The policy's word; the call may ask registries besides. Undefined where there is nothing to hold images against. */
export async function openHistory(
  { anomaly }: Policy,
  isAsked: boolean,
  cache: EvidenceCache | undefined,
): Promise<HistoryRequest | undefined> {
  const from = isAsked ? 'registry' : (anomaly?.history ?? 'cache')
  if (from === 'off' || (from === 'cache' && !cache)) return undefined
  const store = cache && (await import('./history-store.ts')).historyStore(cache)
  return { from, images: anomaly?.images ?? usualHistory, ...(store && { store }), read: { images: new Map(), profiles: new Map() } }
}

export async function openLayerPass(
  cache: EvidenceCache | undefined,
  progress: Host['progress'],
  watch?: MalwareRequest['scan']['watch'],
  packagesAlone = false,
): Promise<LayerPass> {
  const { layerPassFor } = await import('../scan/layer-pass.ts')
  return layerPassFor(availableParallelism(), {
    ...(cache === undefined ? {} : { cache }),
    ...(progress ? { progress } : {}),
    ...(watch ? { watch } : {}),
    packagesAlone,
  })
}

/** One for the run: tokens and credentials are asked for once. */
export async function openAccess(http: HttpClient, environment: Host['environment']): Promise<RegistryAccess> {
  const [{ environmentCredentials }, { registrySenders }] = await Promise.all([
    import('../oci/credential-helper.ts'),
    import('../oci/registry-auth.ts'),
  ])
  return { environment, ...registrySenders(http, environmentCredentials(environment)) }
}
