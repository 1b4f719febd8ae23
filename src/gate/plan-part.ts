/** One shard's part of a check: which images are its own, and what is known of the others. */
import { quote, type ShardPart, UsageError } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import type { Repository } from '../repo/repository.ts'
import type { Tree } from '../repo/tree.ts'
import type { ImageJudgement } from './judge-image.ts'
import type { Plan, Planned, PlannedReference } from './plan.ts'
import { shardsLimit } from './plan-cut.ts'

export interface Part {
  readonly identity: Pick<ShardPart, 'index' | 'of' | 'plan' | 'policy' | 'advisories' | 'tree' | 'revision'>
  /** The first shard judges what is not an image as well. */
  readonly isFirst: boolean
  readonly readTree: (tree: Tree) => Promise<Repository>
  owns(reference: string): boolean
  /** What the plan knows of an image of another shard: that other images are built on it, and the digest that its tag has. */
  glance(reference: string): readonly ImageJudgement[]
  /** The judgements of an own image; one that is no longer what was planned has a gap, for the other shards went by the plan. */
  held(reference: string, judgements: readonly ImageJudgement[]): readonly ImageJudgement[]
}

export interface Shard {
  readonly index: number
  readonly of: number
}

/** `2/4`. Throws UsageError. */
export function parseShard(text: string): Shard {
  const [, index, of] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/u.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  if (of === undefined || shard.index > shard.of || shard.of > shardsLimit)
    throw new UsageError(`--shard ${quote(text)}: expected I/N, 1 to N, N at most ${shardsLimit}`)
  return shard
}

export function partOf({ plan, readTree }: Planned, { index, of }: Shard): Part {
  const { digest, policy, advisories, tree, revision } = plan
  const references = new Map(plan.references.map((each) => [each.reference, each]))
  return {
    identity: { index, of, plan: digest, policy, advisories, tree, ...(revision === undefined ? {} : { revision }) },
    isFirst: index === 1,
    readTree,
    owns: (reference) => (references.get(reference)?.shard ?? 1) === index,
    glance: (reference) => glanceOf(references.get(reference)),
    held: (reference, judgements) =>
      judgements.map((judged) => ({ ...judged, gaps: [...judged.gaps, ...moved(references.get(reference), judged)] })),
  }
}

function moved(planned: PlannedReference | undefined, { digest, platform }: ImageJudgement): readonly string[] {
  if (digest === undefined) return planned?.images.length ? ['was read when the work was planned, and could not be now'] : []
  const before = planned?.images.find((image) => image.platform === platform)
  if (before === undefined) return ['could not be read when the work was planned, and could be now: plan again']
  return before.digest === digest ? [] : [`was ${before.digest} when the work was planned, is ${digest} now: plan again`]
}

function glanceOf(planned: PlannedReference | undefined): readonly ImageJudgement[] {
  if (planned === undefined) return []
  const { reference, repository, images } = planned
  return images.map((image) => ({
    subject: reference,
    identity: repository,
    reference,
    digest: image.digest,
    platform: image.platform,
    signature: 'unchecked',
    problems: [],
    gaps: [],
    inventory: [],
    image: asImage(image),
  }))
}

/** As much of an image as tells whether others are built on it. */
function asImage({ name, digest, manifestDigest, layers }: Plan['references'][number]['images'][number]): Image {
  return {
    reference: { registry: '', repository: '', text: name },
    digest: digest as Image['digest'],
    manifestDigest: manifestDigest as Image['digest'],
    platform: { os: '', architecture: '' },
    config: { env: [], exposedPorts: [], labels: new Map(), history: [] },
    layers: layers.map((layer) => ({
      descriptor: { mediaType: '', digest: layer.digest as Image['digest'], size: layer.sizeBytes },
      ...(layer.diffId === undefined ? {} : { diffId: layer.diffId as Image['digest'] }),
    })),
    annotations: new Map(),
  }
}
