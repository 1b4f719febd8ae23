/** Sends what response rules ask for from a desk: alerts and hand-overs. The actions of a forge go on waiting, there is no pull request. */
import type { Host } from '../gate/call-options.ts'
import type { GateRequest } from '../gate/request.ts'
import type { GateResult } from '../gate/run.ts'
import { takeResponses } from '../publish/alerts/respond.ts'

export async function respondAtDesk(
  judged: GateResult,
  request: Pick<GateRequest, 'http'>,
  { environment, signal }: Host,
): Promise<GateResult> {
  const { responding } = judged
  if (!responding) return judged
  const world = { http: request.http, environment, signal, now: () => new Date(), origin: {}, told: [] }
  const { report } = await takeResponses(judged.report, responding, world)
  return { ...judged, report }
}
