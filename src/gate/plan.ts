/** What one check has to judge, cut into shards that judge by the same policy, advisories and files. Nothing is judged here: manifests of images are read, layers are not. */
import type { Repository } from '../repo/repository.ts'
import type { Tree } from '../repo/tree.ts'
import type { ImageJudgement } from './judge-image.ts'
import { mapLimited } from './once.ts'
import { cut, type Unit, worthwhileShards } from './plan-cut.ts'
import { advisoriesDigest, digestOf, policyDigest, treeDigest } from './plan-digests.ts'
import type { GateRequest } from './request.ts'
import { treeReader } from './tree-reader.ts'

/** An image as its manifest says it is, on one platform. */
export interface PlannedImage {
  readonly platform: string
  readonly digest: string
  readonly manifestDigest: string
  /** The reference, as other images name it as their base. */
  readonly name: string
  readonly layers: readonly { readonly digest: string; readonly diffId?: string; readonly sizeBytes: number }[]
}

export interface PlannedReference {
  readonly reference: string
  /** Registry and repository: what is of one repository is judged by one shard. */
  readonly repository: string
  /** Of the layers of all its platforms, as they are stored; absent where it could not be read. */
  readonly sizeBytes?: number
  /** From 1. */
  readonly shard: number
  readonly images: readonly PlannedImage[]
}

export interface Plan {
  readonly schema: 'portcullis.plan/v1'
  /** Of all that follows. */
  readonly digest: string
  /** `1/4` and so on: what `--shard` takes, and a matrix. */
  readonly shards: readonly string[]
  readonly policy: string
  readonly advisories: string
  readonly tree: string
  /** The commits of the tree and of its base, where git knows them. */
  readonly revision?: string
  readonly base?: string
  /** The first shard judges them, for their rules look at all of them. */
  readonly manifests: { readonly files: number; readonly objects: number; readonly dockerfiles: number }
  readonly references: readonly PlannedReference[]
}

export interface Planned {
  readonly plan: Plan
  readonly readTree: (tree: Tree) => Promise<Repository>
}

/** Exactly so many shards, or at most so many and fewer where the work is small. */
export type ShardCount = { readonly exactly: number } | { readonly atMost: number }

const glancesAtOnce = 16
/** What the rules cost, in bytes of a layer that are read in that time. */
const objectBytes = 20_000
/** Of an image whose size is not known. */
const unknownBytes = 100_000_000

/** `revision` is the commit of the tree. Never rejects for what an image or its registry does: its size is not known then. */
export async function makePlan(request: GateRequest, count: ShardCount, revision: string | undefined): Promise<Planned> {
  const { read: readTree } = treeReader(request)
  const [repository, base] = await Promise.all([readTree(request.tree), request.base && readTree(request.base)])
  const skipped = new Set(repository.coverage.skippedFiles.map(({ file }) => file))
  const wanted = referencesOf(repository, base, request)
  const { judgeImage } = await import('./judge-image.ts')
  const glance = { ...request, checks: new Set<never>() }
  const [glances, policy, advisories, tree] = await Promise.all([
    mapLimited(wanted, glancesAtOnce, async (reference) => {
      const images = await judgeImage(reference, { ...glance, registriesOnly: !request.images.includes(reference) })
      return plannedReference(reference, images)
    }),
    policyDigest(request),
    advisoriesDigest(request.advisories),
    treeDigest(request.tree, (path) => repository.lines(path).length > 0 && !skipped.has(path)),
  ])
  const units = unitsOf(glances)
  const objects = repository.objects.length
  const shards = 'exactly' in count ? count.exactly : worthwhileShards(units, count.atMost)
  const placed = cut(units, shards, request.checks.has('manifests') ? objects * objectBytes : 0)
  const body = {
    schema: 'portcullis.plan/v1' as const,
    shards: Array.from({ length: shards }, (_, index) => `${index + 1}/${shards}`),
    policy,
    advisories,
    tree,
    ...(revision === undefined ? {} : { revision }),
    ...(request.base === undefined ? {} : { base: request.base.name }),
    manifests: { files: repository.coverage.judged, objects, dockerfiles: repository.dockerfiles.length },
    references: glances.map((each) => ({ ...each, shard: placed.get(each.repository) ?? 1 })),
  }
  return { plan: signed(body), readTree }
}

/** The plan's own digest is of everything else in it. */
export function signed({ schema, ...body }: Omit<Plan, 'digest'>): Plan {
  return { schema, digest: digestOf(body), ...body }
}

/** In the order of the tree, then those of the call, then those of the base alone. */
function referencesOf(repository: Repository, base: Repository | undefined, { checks, images }: GateRequest): readonly string[] {
  if (!checks.has('images') && !checks.has('signatures')) return []
  const uses = (from: Repository | undefined) => (from?.imageUses ?? []).map(({ reference }) => reference)
  return [...new Set([...uses(repository), ...images, ...uses(base)])]
}

function plannedReference(reference: string, judgements: readonly ImageJudgement[]): Omit<PlannedReference, 'shard'> {
  const images = judgements.flatMap(({ image, platform = '' }) =>
    image === undefined
      ? []
      : {
          platform,
          digest: image.digest,
          manifestDigest: image.manifestDigest,
          name: image.reference.text,
          layers: image.layers.map(({ descriptor, diffId }) => ({
            digest: descriptor.digest,
            ...(diffId === undefined ? {} : { diffId }),
            sizeBytes: descriptor.size,
          })),
        },
  )
  const repository = judgements[0]?.identity ?? reference
  if (images.length === 0) return { reference, repository, images }
  const layers = new Map(images.flatMap(({ layers }) => layers.map(({ digest, sizeBytes }) => [digest, sizeBytes] as const)))
  return { reference, repository, sizeBytes: [...layers.values()].reduce((sum, size) => sum + size, 0), images }
}

/** A layer is read once, however many images of the unit have it. */
function unitsOf(references: readonly Omit<PlannedReference, 'shard'>[]): readonly Unit[] {
  return [...Map.groupBy(references, ({ repository }) => repository)].map(([name, members]) => {
    const layers = new Map(
      members.flatMap(({ images }) => images.flatMap(({ layers }) => layers.map(({ digest, sizeBytes }) => [digest, sizeBytes] as const))),
    )
    const unknown = members.filter(({ sizeBytes }) => sizeBytes === undefined).length * unknownBytes
    return { name, costBytes: [...layers.values()].reduce((sum, size) => sum + size, unknown) }
  })
}
