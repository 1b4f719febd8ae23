/** Which of an image's vulnerabilities VEX statements answer. Whom to believe is the caller's decision: all statements given here count. */
import type { Problem } from '../../findings.ts'
import { isSameProduct, type VexImage } from './product.ts'
import type { VexStatement } from './statement.ts'

export interface VexAnswer {
  readonly problem: Problem
  /** Says `not_affected` or `fixed`, and is the latest that speaks of the problem. Several where an advisory is on several CVEs. */
  readonly statements: readonly VexStatement[]
}

/** Only those problems that are answered, in their order. */
export function answerByVex(problems: readonly Problem[], statements: readonly VexStatement[], image: VexImage): readonly VexAnswer[] {
  const byId = new Map<string, VexStatement[]>()
  for (const statement of statements) {
    for (const id of statement.vulnerability) byId.set(id, [...(byId.get(id) ?? []), statement])
  }
  return problems.flatMap((problem) => {
    if (problem.check !== 'vulnerability') return []
    const answers = namesOf(problem).map((ids) =>
      answerOf(
        ids.flatMap((id) => byId.get(id) ?? []),
        problem,
        image,
      ),
    )
    return answers.length > 0 && answers.every((answer) => answer !== undefined) ? [{ problem, statements: [...new Set(answers)] }] : []
  })
}

const isCve = (id: string): boolean => id.startsWith('CVE-')

/**
 * Sets of names, each of which must be answered. An advisory on several vulnerabilities has one set for each of its CVEs, which its own name
 * answers as well; else there is one set with all names.
 */
function namesOf({ rule, aliases = [] }: Problem): readonly (readonly string[])[] {
  const cves = aliases.filter(isCve)
  return isCve(rule) || cves.length === 0 ? [[rule, ...aliases]] : cves.map((cve) => [rule, cve])
}

/** The latest statement decides; of several at one time, one that says affected. */
function answerOf(candidates: readonly VexStatement[], problem: Problem, image: VexImage): VexStatement | undefined {
  const speaking = candidates.filter(({ products }) => products.some((product) => isSameProduct(product, problem.package, image)))
  const latest = Math.max(...speaking.map(timeOf))
  const deciding = speaking.filter((statement) => timeOf(statement) === latest)
  return deciding.every(({ status }) => status === 'fixed' || status === 'not_affected') ? deciding[0] : undefined
}

const timeOf = ({ timestamp }: VexStatement): number => Date.parse(timestamp) || 0
