/** Why reports are not the shards of one plan, each said of the report that it is about. */
import type { Gap, ShardPart } from '../findings.ts'
import type { ShardReport } from './merge.ts'

export function refusals(reports: readonly ShardReport[]): readonly Gap[] {
  const parts = reports.flatMap(({ name, report }) => (report?.shard ? [{ name, shard: report.shard }] : []))
  const [first] = parts.toSorted((left, right) => left.shard.index - right.shard.index)
  return [
    ...reports.flatMap(({ name, report, problem }) => {
      if (report === undefined) return [gap(name, problem ?? 'could not be read')]
      return report.shard ? [] : [gap(name, 'is the report of a whole run, expected one of a shard')]
    }),
    ...(first ? [...parts.flatMap((part) => differences(part, first)), ...counted(parts, first.shard.of)] : []),
  ]
}

interface Named {
  readonly name: string
  readonly shard: ShardPart
}

const mustAgree = [
  ['of', 'number of shards'],
  ['revision', 'commit'],
  ['tree', 'state of the judged files'],
  ['policy', 'policy'],
  ['advisories', 'advisory snapshot'],
] as const

/** The plan is asked for last: it is of all the others, and of the images. */
function differences({ name, shard }: Named, first: Named): readonly Gap[] {
  const found = mustAgree.filter(([key]) => shard[key] !== first.shard[key])
  if (found.length > 0)
    return found.map(([key, what]) =>
      gap(name, `shard ${shard.index} is of another ${what}: ${shard[key] ?? 'none'}, ${first.name} is of ${first.shard[key] ?? 'none'}`),
    )
  if (shard.plan === first.shard.plan) return []
  return [
    gap(
      name,
      `shard ${shard.index} is of another plan: ${shard.plan}, ${first.name} is of ${first.shard.plan}; an image was moved between them`,
    ),
  ]
}

function counted(parts: readonly Named[], of: number): readonly Gap[] {
  return Array.from({ length: of }, (_, index) => index + 1).flatMap((index) => {
    const same = parts.filter(({ shard }) => shard.index === index)
    if (same.length === 0) return [gap(`shard ${index}/${of}`, 'its report is missing')]
    if (same.length === 1) return []
    return [gap(`shard ${index}/${of}`, `${same.length} reports say that they are this one: ${same.map(({ name }) => name).join(', ')}`)]
  })
}

function gap(subject: string, message: string): Gap {
  return { subject, message, locations: [] }
}
