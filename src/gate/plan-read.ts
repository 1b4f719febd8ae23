/** A plan from a file that an earlier step wrote. */
import { readFile, stat } from 'node:fs/promises'
import * as z from 'zod'
import { quote, UsageError } from '../findings.ts'
import { messageOf } from './errors.ts'
import { type Plan, type Planned, signed } from './plan.ts'
import { advisoriesDigest, policyDigest, treeDigest } from './plan-digests.ts'
import type { GateRequest } from './request.ts'
import { treeReader } from './tree-reader.ts'

const planLimitBytes = 64 * 1024 * 1024
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)
const count = z.int().min(0)

const schema = z.strictObject({
  schema: z.literal('portcullis.plan/v1'),
  digest,
  shards: z.array(z.string()).min(1).max(256),
  policy: digest,
  advisories: digest,
  tree: digest,
  revision: z.string().optional(),
  base: z.string().optional(),
  manifests: z.strictObject({ files: count, objects: count, dockerfiles: count }),
  references: z.array(
    z.strictObject({
      reference: z.string(),
      repository: z.string(),
      sizeBytes: count.optional(),
      shard: z.int().min(1),
      images: z.array(
        z.strictObject({
          platform: z.string(),
          digest: z.string(),
          manifestDigest: z.string(),
          name: z.string(),
          layers: z.array(z.strictObject({ digest: z.string(), diffId: z.string().optional(), sizeBytes: count })),
        }),
      ),
    }),
  ),
})

/** Throws UsageError where it is no plan, or one of other files, another policy or other advisories than are here now. */
export async function readPlan(file: string, request: GateRequest, revision: string | undefined): Promise<Planned> {
  const plan = await parsePlan(file)
  const { read: readTree } = treeReader(request)
  const repository = await readTree(request.tree)
  const skipped = new Set(repository.coverage.skippedFiles.map((each) => each.file))
  const [advisories, tree] = await Promise.all([
    advisoriesDigest(request.advisories),
    treeDigest(request.tree, (path) => repository.lines(path).length > 0 && !skipped.has(path)),
  ])
  const here = { policy: policyDigest(request), advisories, tree, revision, base: request.base?.name }
  for (const [key, what] of [
    ['revision', 'commit'],
    ['base', 'base'],
    ['tree', 'state of the judged files'],
    ['policy', 'policy'],
    ['advisories', 'advisory snapshot'],
  ] as const)
    if (plan[key] !== here[key])
      throw new UsageError(`--plan ${quote(file)}: is of another ${what}: ${plan[key] ?? 'none'}, here it is ${here[key] ?? 'none'}`)
  return { plan, readTree }
}

async function parsePlan(file: string): Promise<Plan> {
  const wrong = (message: string, cause?: unknown) => new UsageError(`--plan ${quote(file)}: ${message}`, { cause })
  let value: unknown
  try {
    const { size } = await stat(file)
    if (size > planLimitBytes) throw new Error(`has ${size} bytes, at most ${planLimitBytes} are read`)
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw wrong(messageOf(error), error)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw wrong(`is no plan at ${first?.path.join('.') || 'its root'}: ${first?.message}`)
  }
  const { digest: claimed, ...body } = parsed.data as Plan
  if (signed(body).digest !== claimed)
    throw wrong(`was changed after it was made: its digest is ${signed(body).digest}, it says ${claimed}`)
  return parsed.data as Plan
}
