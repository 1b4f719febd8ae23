/** What one run of the gate is asked to do, as values and open sources; the two doors make it with `prepare.ts`. */
import type { AdvisorySource } from '../advisories/source.ts'
import type { VexDocument } from '../advisories/vex/statement.ts'
import type { HttpClient } from '../http.ts'
import type { SourceOptions } from '../oci/sources.ts'
import type { FailOn, Policy } from '../policy/policy.ts'
import type { ReadOptions } from '../repo/read.ts'
import type { Tree } from '../repo/tree.ts'
import type { EvidenceCache, LayerPass } from '../scan/layer-pass.ts'
import type { SbomFile } from './attested-sbom.ts'
import type { HistoryRequest } from './history.ts'
import type { MalwareRequest } from './scan-malware.ts'
import type { SignatureDemands } from './trust.ts'

export const checkNames = ['images', 'signatures', 'manifests'] as const
export type CheckName = (typeof checkNames)[number]

export type RegistryAccess = Pick<SourceOptions, 'environment' | 'senderFor'>

export interface GateRequest {
  readonly tree: Tree
  /** What the tree is compared with: findings that it has already do not block. */
  readonly base?: Tree
  /** When the base was committed, in milliseconds since 1970; absent where that is not known. */
  readonly baseTime?: number
  readonly policy: Policy
  /** What the policy demands of signatures; nothing where they are not checked. */
  readonly demands: SignatureDemands
  /** The revision that the policy was read from, for the report. */
  readonly policyRevision?: string
  /** The folder that the policy's paths to layouts start from. */
  readonly policyDirectory: string
  /** Every image has to be signed by somebody who is trusted, also one that the policy names nobody for. */
  readonly demandsSignature?: boolean
  /** Instead of the policy's. */
  readonly failOn?: FailOn
  readonly checks: ReadonlySet<CheckName>
  /** How a tree is read: charts, overlays, and kinds that hold pods. */
  readonly reading: ReadOptions
  /** Only references to registries are opened: whoever wrote the image did not write the call, and has no say in this machine's files and sockets. */
  readonly registriesOnly?: boolean
  /** Judged besides those that the tree names. */
  readonly images: readonly string[]
  /** `linux/amd64`, or `all`. */
  readonly platform: string
  readonly advisories: readonly AdvisorySource[]
  /** What is wrong with the sources themselves, such as their age: gaps of the run, and what is only told. */
  readonly advisoryState: { readonly gaps: readonly string[]; readonly notes: readonly string[] }
  /** In place of the layers, where somebody who is trusted attested it. */
  readonly sbom?: SbomFile
  /** Newer tags of base images are asked for, and judged. */
  readonly baseUpdates?: boolean
  /** Images are held against earlier ones of their repositories. */
  readonly history?: HistoryRequest
  /** What the policy's VEX documents say. */
  readonly vex: VexDocument
  /** Reads each distinct layer once; absent where images are not read. */
  readonly layerPass?: LayerPass
  /** What looks at the files of those layers; absent where images are not read. */
  readonly malware?: MalwareRequest
  /** Where what is known of documents is kept from run to run, for the program that `code` tells from others. */
  readonly answers?: { readonly cache: EvidenceCache; readonly code: string }
  readonly http: HttpClient
  /** Credentials for registries, and where the Docker daemon is. */
  readonly access: RegistryAccess
  readonly now: Date
  readonly signal: AbortSignal
}

/** Of an image alone: there is no tree. */
export type ImageRequest = Omit<GateRequest, 'tree'>
