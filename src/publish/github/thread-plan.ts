/** What becomes of our threads when the findings have changed. Pure: nothing is asked and nothing is said here. */
import type { Finding, Gap } from '../../findings.ts'
import type { OurComment, OurThread } from './conversation.ts'
import type { Noted } from './notes.ts'

export interface ThreadPlan {
  /** Answered in the thread, then resolved. */
  readonly settle: readonly Answered[]
  /** Answered in the thread, then unresolved where it is resolved. */
  readonly reopen: readonly Answered[]
  /** Resolved by a person before: remembered without a word. */
  readonly remember: readonly Answered[]
}

export interface Answered {
  readonly thread: OurThread
  readonly noted: Noted
}

export function planThreads(threads: readonly OurThread[], findings: readonly Finding[], gaps: readonly Gap[]): ThreadPlan {
  const states = new Map(findings.map(({ fingerprint, state }) => [fingerprint, state]))
  const isHidden = hiddenBy(gaps)
  const plan = { settle: [] as Answered[], reopen: [] as Answered[], remember: [] as Answered[] }
  for (const thread of threads) {
    const found = thread.fingerprints.map((fingerprint) => states.get(fingerprint)).filter((state) => state !== undefined)
    const isOpen = found.some((state) => state !== 'waived')
    const isSettled = thread.noted?.note === 'fixed' || thread.noted?.note === 'waived'
    const answered = (note: Noted['note']): Answered => ({ thread, noted: { note, serial: (thread.noted?.serial ?? 0) + 1 } })
    if (isOpen) {
      if (isSettled) plan.reopen.push(answered('reopened'))
    } else if (!isSettled && !(found.length === 0 && isHidden(thread))) {
      const list = thread.isResolved ? plan.remember : plan.settle
      list.push(answered(found.length > 0 ? 'waived' : 'fixed'))
    }
  }
  return plan
}

/** What could not be read may still have the finding: it is not called fixed. */
function hiddenBy(gaps: readonly Gap[]): (thread: OurThread) => boolean {
  const isEverywhere = gaps.some(({ locations }) => locations.length === 0)
  const files = new Set(gaps.flatMap(({ locations }) => locations.map(({ file }) => file)))
  return ({ path }) => isEverywhere || files.has(path)
}

/** Threads all of whose findings have an older thread: two runs at once have posted both. Those that somebody answered stay. */
export function duplicateThreads(threads: readonly OurThread[]): readonly OurThread[] {
  const told = new Set<string>()
  const duplicates: OurThread[] = []
  for (const thread of threads.toSorted((left, right) => left.commentId - right.commentId)) {
    const isKnown = thread.fingerprints.length > 0 && thread.fingerprints.every((fingerprint) => told.has(fingerprint))
    if (isKnown && thread.replies.length === 0 && !thread.noted) duplicates.push(thread)
    else for (const fingerprint of thread.fingerprints) told.add(fingerprint)
  }
  return duplicates
}

export function duplicateSummaries(summaries: readonly OurComment[]): readonly OurComment[] {
  return summaries.toSorted((left, right) => left.id - right.id).slice(1)
}

/** Answers of one thread with the same number. */
export function duplicateAnswers(threads: readonly OurThread[]): readonly number[] {
  return threads.flatMap(({ answers }) => {
    const seen = new Set<number>()
    return answers
      .toSorted((left, right) => left.id - right.id)
      .filter(({ noted }) => seen.has(noted.serial) || !seen.add(noted.serial))
      .map(({ id }) => id)
  })
}
