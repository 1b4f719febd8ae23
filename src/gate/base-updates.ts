/** What a newer base image would do for the images that are built on the present one: which findings go, and which come. */
import type { ImageSubject, Problem } from '../findings.ts'
import { quote, severities } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import { transports } from '../oci/sources.ts'
import type { ImageUse, Repository } from '../repo/repository.ts'
import { baseImageOf, isBelow } from '../scan/base-image.ts'
import type { BaseProposal, ProposeBase } from './base-proposal.ts'
import { baseUpdateRule } from './base-update-rule.ts'
import type { ImageJudgement } from './judge-image.ts'
import { mapLimited } from './once.ts'
import type { PlacedProblem } from './place.ts'

export type BaseUpdate = NonNullable<ImageSubject['baseUpdate']>

export interface BaseAdvice {
  readonly updates: ReadonlyMap<ImageJudgement, BaseUpdate>
  readonly problems: readonly PlacedProblem[]
  readonly notes: readonly string[]
}

const basesAtOnce = 4

/** `uses` by reference: an image that a Dockerfile begins with is itself the base. `known`: what any of them may be built on. */
export async function adviseOnBases(
  images: readonly ImageJudgement[],
  uses: ReadonlyMap<string, readonly ImageUse[]>,
  repository: Pick<Repository, 'dockerfiles' | 'lines'>,
  propose: ProposeBase,
  known: readonly Image[],
): Promise<BaseAdvice> {
  const updates = new Map<ImageJudgement, BaseUpdate>()
  const notes = new Set<string>()
  const problems = new Map<ImageUse, PlacedProblem>()
  const advice = await mapLimited(images, basesAtOnce, async (judged) => {
    const froms = (uses.get(judged.reference) ?? []).filter((use) => isFrom(use, repository))
    const text = froms.length > 0 ? judged.reference : baseOf(judged.image, known)
    return { judged, froms, text, proposal: text === undefined || judged.gaps.length > 0 ? {} : await propose(text) }
  })
  for (const { judged, froms, text = '', proposal } of advice) {
    if (proposal.note !== undefined) notes.add(proposal.note)
    const found = compare(judged, froms.length > 0, text, proposal)
    if (typeof found === 'string') notes.add(found)
    else if (found) {
      updates.set(judged, found)
      for (const use of froms)
        if (isLiteral(use, repository) && !problems.has(use) && found.fixes.length > 0)
          problems.set(use, problemOf(use, judged, found, proposal, repository))
    }
  }
  return { updates, problems: [...problems.values()], notes: [...notes].sort() }
}

function baseOf(image: Image | undefined, known: readonly Image[]): string | undefined {
  const base = image && baseImageOf(image, known)
  // A transport names one image, and no series.
  if (base?.name === undefined || Object.keys(transports).some((name) => base.name?.startsWith(`${name}:`))) return undefined
  // A known image is proved by its layers; an annotation is text from outside.
  if (base.layers !== undefined) return base.name
  return base.digest === undefined || base.name.includes('@') ? base.name : `${base.name}@${base.digest}`
}

/** A clause where nothing can be compared; undefined where nothing is newer. */
function compare(
  judged: ImageJudgement,
  isBase: boolean,
  text: string,
  { current, proposed }: BaseProposal,
): BaseUpdate | string | undefined {
  const samePlatform = (each: ImageJudgement) => each.platform === judged.platform
  const [before, after] = [isBase ? judged : current?.find(samePlatform), proposed?.find(samePlatform)]
  if (!before?.image || !after?.image || after.digest === undefined || !judged.image) return undefined
  if (after.image.manifestDigest === before.image.manifestDigest) return undefined
  if (!isBase && !isBelow(before.image, judged.image))
    return `${judged.reference} is said to be built on ${text}, and does not begin with its layers: what a newer base would clear is not known`
  const layers = new Set(judged.image.layers.slice(0, before.image.layers.length).map(({ descriptor }) => descriptor.digest))
  const all = vulnerabilitiesOf(judged)
  const ofBase = all.filter(({ package: affected }) => affected?.layer !== undefined && layers.has(affected.layer))
  const remaining = idsOf([...vulnerabilitiesOf(after), ...all.filter((problem) => !ofBase.includes(problem))])
  const present = idsOf(all)
  return {
    current: text,
    proposed: { reference: after.reference, digest: after.digest },
    fixes: rulesOf(ofBase.filter((problem) => ![problem.rule, ...(problem.aliases ?? [])].some((id) => remaining.has(id)))),
    adds: rulesOf(vulnerabilitiesOf(after).filter((problem) => ![problem.rule, ...(problem.aliases ?? [])].some((id) => present.has(id)))),
  }
}

/** What VEX answers already is nothing that an update clears. */
function vulnerabilitiesOf({ problems }: ImageJudgement): readonly Problem[] {
  return problems.filter(({ check, vex }) => check === 'vulnerability' && vex === undefined)
}

function idsOf(problems: readonly Problem[]): ReadonlySet<string> {
  return new Set(problems.flatMap(({ rule, aliases = [] }) => [rule, ...aliases]))
}

function rulesOf(problems: readonly Problem[]): readonly string[] {
  return [...new Set(problems.map(({ rule }) => rule))].sort()
}

/** Images that files are copied from bring no layers. */
function isFrom({ role, location, reference }: ImageUse, { dockerfiles }: Pick<Repository, 'dockerfiles'>): boolean {
  const stages = dockerfiles.find(({ file }) => file === location.file)?.source.stages ?? []
  const { startLine } = location
  return role === 'base' && stages.some(({ base, from }) => base === reference && from.startLine <= startLine && startLine <= from.endLine)
}

function isLiteral({ literal, location, reference }: ImageUse, { lines }: Pick<Repository, 'lines'>): boolean {
  if (!literal) return false
  return lines(location.file)[location.startLine - 1]?.slice(literal.startColumn - 1, literal.endColumn - 1) === reference
}

function problemOf(
  { location, literal, reference, user }: ImageUse,
  judged: ImageJudgement,
  { proposed, fixes, adds }: BaseUpdate,
  { proposed: newer = [] }: BaseProposal,
  { lines }: Pick<Repository, 'lines'>,
): PlacedProblem {
  const line = lines(location.file)[location.startLine - 1] ?? ''
  const wanted = reference.includes('@') ? `${proposed.reference}@${proposed.digest}` : proposed.reference
  const replacement = literal && `${line.slice(0, literal.startColumn - 1)}${wanted}${line.slice(literal.endColumn - 1)}`
  const brought = adds.length === 0 ? '' : `, and bring ${severityWords(adds, newer)}`
  const message = `a newer base ${quote(proposed.reference)} would clear ${severityWords(fixes, [judged])} of ${quote(reference)}${brought}`
  const { rule, ...text } = { rule: baseUpdateRule.id, severity: baseUpdateRule.severity, title: baseUpdateRule.title }
  return {
    problem: {
      rule,
      check: 'dockerfile',
      ...text,
      message,
      // The same advice as long as the base is of this repository.
      anchor: judged.identity,
      ...(replacement === undefined
        ? {}
        : { suggestion: { startLine: location.startLine, endLine: location.startLine, replacement: replacement.replace(/\r$/, '') } }),
    },
    subject: user,
    identity: user,
    locations: [location],
  }
}

/** `3 high, 1 medium`: each identifier with the worst severity that it has. */
function severityWords(ids: readonly string[], images: readonly ImageJudgement[]): string {
  const problems = images.flatMap(vulnerabilitiesOf)
  const worst = ids.map((id) =>
    severities.find((severity) => problems.some((problem) => problem.rule === id && problem.severity === severity)),
  )
  return severities
    .map((severity) => ({ severity, number: worst.filter((each) => each === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}`)
    .join(', ')
}
