/** The part of the work that `--shard` names, by a plan that is there or is made now. */
import { resolve } from 'node:path'
import { quote, UsageError } from '../findings.ts'
import { makePlan } from './plan.ts'
import { type Part, parseShard, partOf } from './plan-part.ts'
import { readPlan } from './plan-read.ts'
import { headOf } from './plan-revision.ts'
import type { GateRequest } from './request.ts'

/** Throws UsageError. */
export async function openPart(request: GateRequest, path: string, text: string, file: string | undefined): Promise<Part> {
  const shard = parseShard(text)
  const revision = await headOf(resolve(path))
  const planned = file ? await readPlan(file, request, revision) : await makePlan(request, { exactly: shard.of }, revision)
  if (planned.plan.shards.length !== shard.of)
    throw new UsageError(`--shard ${quote(text)}: the plan has ${planned.plan.shards.length} shards`)
  return partOf(planned, shard)
}
