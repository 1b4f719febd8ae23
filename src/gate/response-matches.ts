/** Holds one response rule against a report: what meets it, and what could not be decided. */
import type { Finding, ImageSubject, Location, Report } from '../findings.ts'
import { evaluateCondition, type Value } from '../policy/condition.ts'
import { responseNames } from '../policy/response-names.ts'
import type { ResponseRule } from '../policy/responses.ts'
import { findingValues, imageSubjectValues, openFindings, runValues, subjectOfImage, type Values } from './response-values.ts'

/** The run (no subject), an image, or what findings that meet the rule are about. */
export interface Match {
  readonly subject?: string
  readonly locations: readonly Location[]
  readonly findings: readonly Finding[]
}

export interface Outcome {
  readonly met: readonly Match[]
  /** Names that only a cluster has values for decide here. */
  readonly left: readonly Match[]
  /** Names of the gate's own that have no value here, each with the subjects that lack it. */
  readonly lacking: ReadonlyMap<string, readonly string[]>
}

interface Target extends Match {
  readonly values: Values
}

const imageNames: ReadonlySet<string> = new Set(responseNames.filter(({ of }) => of === 'image').map(({ name }) => name))

/** Values are worked out once for all rules over the same report. */
export interface Facts {
  readonly run: readonly Target[]
  readonly images: readonly Target[]
  /** Each of one finding; `isOfImage`: with the values of its image. */
  readonly findings: readonly (Target & { readonly isOfImage: boolean; readonly isVulnerability: boolean })[]
}

export function factsOf(report: Report): Facts {
  const run = runValues(report)
  const images = report.subjects.map((image) => ({ image, values: imageSubjectValues(image) }))
  const bySubject = new Map(images.toReversed().map((each) => [subjectOfImage(each.image), each]))
  return {
    run: [{ locations: [], findings: [], values: new Map(run) }],
    images: images.map(({ image, values }) => ({ ...matchOf(image), values: new Map([...run, ...values]) })),
    findings: openFindings(report.findings).map((finding) => {
      const image = bySubject.get(finding.subject)
      const { subject, locations, check } = finding
      const values = new Map<string, Value>([...run, ...(image?.values ?? []), ...findingValues(finding)])
      return { subject, locations, findings: [finding], values, isOfImage: image !== undefined, isVulnerability: check === 'vulnerability' }
    }),
  }
}

function matchOf(image: ImageSubject): Match {
  return { subject: subjectOfImage(image), locations: image.locations, findings: [] }
}

export function holdAgainst(rule: ResponseRule, facts: Facts): Outcome {
  const met: Match[] = []
  const left: Match[] = []
  const lacking = new Map<string, string[]>()
  for (const { values, subject, locations, findings } of targetsOf(rule, facts)) {
    const isMet = evaluateCondition(rule.condition, values)
    const match = { ...(subject === undefined ? {} : { subject }), locations, findings }
    if (isMet) met.push(match)
    if (isMet !== undefined) continue
    if (rule.clusterNames.length > 0) left.push(match)
    else for (const name of rule.condition.names) if (!values.has(name)) addTo(lacking, name, subject ?? 'the run')
  }
  return { met: bySubject(met), left: bySubject(left), lacking }
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function targetsOf({ scope, condition }: ResponseRule, { run, images, findings }: Facts): readonly Target[] {
  if (scope === 'run') return run
  if (scope === 'image') return images
  const needsImage = [...condition.names].some((name) => imageNames.has(name))
  return findings.filter(({ isOfImage, isVulnerability }) => (isOfImage || !needsImage) && (isVulnerability || scope !== 'vulnerability'))
}

/** Findings of one subject are one match, in the order of the report. */
function bySubject(matches: readonly Match[]): readonly Match[] {
  return [...Map.groupBy(matches, ({ subject }) => subject)].map(([subject, group]) => ({
    ...(subject === undefined ? {} : { subject }),
    locations: group[0]?.locations ?? [],
    findings: group.flatMap(({ findings }) => findings),
  }))
}
