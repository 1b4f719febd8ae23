/** The parts of a score: what a finding is, and where it runs. Pure; each part says why. */
import type { Problem, Risk, Severity } from '../../findings.ts'
import type { Exposure, PodExposure } from './exposure.ts'
import {
  checkWeights,
  epssWeights,
  fixWeight,
  importanceWeights,
  isolationWeights,
  knownExploited,
  most,
  type PartName,
  pointsPerScore,
  privilegeWeights,
  reachabilityWeight,
  rightsWeights,
  secretsWeight,
  severityWeights,
} from './points.ts'

export type Part = Risk['parts'][number]

/** Parts, and how many of their most points rest on something that is known. */
export interface Parts {
  readonly parts: readonly Part[]
  readonly knownPoints: number
}

/** What of a finding decides. `severity` is the policy's; `countsAs` is what an unrated one counts as, and the same where it is rated. */
export interface RatedProblem extends Pick<Problem, 'check' | 'score' | 'epss' | 'knownExploited'> {
  readonly severity: Severity
  readonly countsAs: Exclude<Severity, 'unknown'>
  readonly fixed?: string
}

export function problemParts(problem: RatedProblem): Parts {
  const severity = severityPart(problem)
  const exploitation = problem.check === 'vulnerability' ? exploitationPart(problem) : checkPart(problem)
  const { fixed } = problem
  const fix = fixed === undefined ? [] : [part('fix', fixWeight.points, `fixed in ${cut(fixed)}`)]
  return sum([severity, exploitation, { parts: fix, knownPoints: most.fix }])
}

function severityPart({ severity, countsAs, score }: RatedProblem): Parts {
  if (score !== undefined)
    return { parts: [part('severity', Math.round(score * pointsPerScore), `CVSS ${score.toFixed(1)}`)], knownPoints: most.severity }
  const { points } = severityWeights[countsAs]
  if (severity === 'unknown')
    return { parts: [part('severity', points, `rated by nobody, the policy counts it as ${countsAs}`)], knownPoints: 0 }
  return { parts: [part('severity', points, `rated ${countsAs}`)], knownPoints: most.severity }
}

/** Half of what is to know of exploitation is the catalogue, half is EPSS. */
function exploitationPart({ epss, knownExploited: isExploited }: RatedProblem): Parts {
  if (isExploited === true)
    return { parts: [part('exploitation', knownExploited.points, 'known to be exploited')], knownPoints: most.exploitation }
  const weight = epss === undefined ? undefined : epssWeights.find(({ from }) => epss >= from)
  const parts = weight && epss !== undefined ? [part('exploitation', weight.points, `EPSS ${Math.round(epss * 100)}%`)] : []
  const half = most.exploitation / 2
  return { parts, knownPoints: (isExploited === undefined ? 0 : half) + (epss === undefined ? 0 : half) }
}

function checkPart({ check }: RatedProblem): Parts {
  const weight = checkWeights.get(check)
  return {
    parts: weight === undefined ? [] : [part('exploitation', weight.points, weight.when)],
    knownPoints: most.exploitation,
  }
}

/** Nothing is made up of a place that is not known: no points, and no confidence. */
export function placeParts(exposure: Exposure | undefined): Parts {
  if (exposure === undefined) return { parts: [part('reachability', 0, 'where it runs is not known')], knownPoints: 0 }
  const { subject, namespace, importance, isImportanceKnown, pod } = exposure
  const weight = importanceWeights[importance]
  const words = `namespace ${cut(namespace)}, of which the policy says ${isImportanceKnown ? importance : 'nothing'}`
  // Kinds without a namespace are in none whose importance could be known.
  const ofNamespace =
    namespace === ''
      ? { parts: [], knownPoints: 0 }
      : {
          parts: weight.points === 0 ? [] : [part('namespace', weight.points, words)],
          knownPoints: isImportanceKnown ? most.namespace : most.namespace / 2,
        }
  if (pod === undefined)
    return sum([{ parts: [part('reachability', 0, `${cut(subject)} runs nothing itself`)], knownPoints: 0 }, ofNamespace])
  return sum([reachabilityPart(subject, pod), privilegesPart(pod), rightsPart(pod), isolationPart(pod), secretsPart(pod), ofNamespace])
}

function reachabilityPart(subject: string, { entrances, isolated }: PodExposure): Parts {
  const [first, ...others] = entrances
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    const because = `${cut(subject)} is reached from outside by ${cut(first)}${more}`
    return { parts: [part('reachability', reachabilityWeight.points, because)], knownPoints: most.reachability }
  }
  const isRefused = isolated?.includes('ingress')
  const because = `nothing of the tree lets traffic from outside in to ${cut(subject)}`
  // A way in may be described in another tree; what a policy refuses is refused wherever it comes from.
  return { parts: [part('reachability', 0, because)], knownPoints: isRefused ? most.reachability : most.reachability / 2 }
}

function privilegesPart({ privileges }: PodExposure): Parts {
  const known = { knownPoints: most.privileges }
  if (privileges.length === 0) return { parts: [], ...known }
  const points = Math.max(...privileges.map(({ privilege }) => privilegeWeights[privilege].points))
  const words = [...new Set(privileges.map(({ what }) => what))]
  const more = words.length > 4 ? ` and ${words.length - 4} more` : ''
  return { parts: [part('privileges', points, `${words.slice(0, 4).map(cut).join(', ')}${more}`)], ...known }
}

function rightsPart({ rights }: PodExposure): Parts {
  const { points } = rightsWeights[rights.level]
  return {
    parts: points === 0 ? [] : [part('rights', points, `service account ${cut(rights.account)} ${cut(rights.what)}`)],
    knownPoints: rights.isKnown ? most.rights : most.rights / 2,
  }
}

function isolationPart({ isolated }: PodExposure): Parts {
  if (isolated === undefined) return { parts: [], knownPoints: most['network policies'] }
  const weight = isolationWeights[isolated.length > 1 ? 2 : isolated.length > 0 ? 1 : 0]
  const because = isolated.length === 1 ? `only ${isolated.join('')} is isolated` : weight.when
  return {
    parts: weight.points === 0 ? [] : [part('network policies', weight.points, because)],
    knownPoints: isolated.length === 0 ? most['network policies'] / 2 : most['network policies'],
  }
}

function secretsPart({ secrets }: PodExposure): Parts {
  const [first, ...others] = secrets
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  const parts = first === undefined ? [] : [part('secrets', secretsWeight.points, `has the Secret ${cut(first)}${more}`)]
  return { parts, knownPoints: most.secrets }
}

export function pointsOf({ parts }: Pick<Parts, 'parts'>): number {
  return parts.reduce((total, { points }) => total + points, 0)
}

export function sum(all: readonly Parts[]): Parts {
  return { parts: all.flatMap(({ parts }) => parts), knownPoints: all.reduce((total, { knownPoints }) => total + knownPoints, 0) }
}

function part(name: PartName, points: number, because: string): Part {
  return { name, points, because }
}

const longestName = 160

/** Names come from manifests and may be of any length. */
function cut(text: string): string {
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text
}
