/** The identity of a finding: the same after lines shifted, after an image was rebuilt under another tag, and on every machine. */
import { createHash } from 'node:crypto'
import type { Problem } from '../findings.ts'

/** A problem with the subject that it is counted under: an image without tag and digest, so that a rebuild does not make it new. */
export interface Identified {
  readonly problem: Problem
  readonly identity: string
}

/** One fingerprint for each, in order. Problems that nothing tells apart are counted, so that the second of two is a finding of its own. */
export function fingerprints(all: readonly Identified[]): string[] {
  const seen = new Map<string, number>()
  return all.map(({ problem, identity }) => {
    const parts = [problem.check, problem.rule, identity, detailOf(problem)]
    const key = JSON.stringify(parts)
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    return createHash('sha256')
      .update(count === 0 ? key : `${key}#${count}`)
      .digest('hex')
      .slice(0, 32)
  })
}

function detailOf(problem: Problem): string {
  if (problem.anchor !== undefined) return problem.anchor
  // The version is left out: an update that does not fix a vulnerability does not make it new.
  if (problem.package) return problem.package.purl.replace(/@[^?#]*/u, '').replace(/[?#].*$/u, '')
  // What an image check says may name digests and versions; one of a rule is enough for an image.
  return problem.locations === undefined ? '' : problem.message
}
