/** A risk in a report that somebody else may have written: its bounds, and that its parts add up to it. */
import * as z from 'zod'

const points = z.int().min(0).max(100)

export const riskSchema = z
  .object({
    risk_score: points,
    confidence: z.number().min(0).max(1),
    parts: z.array(z.object({ name: z.string().max(100), points, because: z.string().max(2000) })).max(50),
    recommended_actions: z.array(z.string().max(2000)).max(50),
  })
  .refine(
    ({ risk_score, parts }) => parts.reduce((sum, part) => sum + part.points, 0) === risk_score,
    'the parts of the risk do not add up to its score',
  )
