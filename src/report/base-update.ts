/** What a newer base image would do for an image, in one line. Names in it are from outside: escape them. */
import type { Finding, ImageSubject } from '../findings.ts'
import { severityCounts } from './words.ts'

/** `a newer base alpine:3.20.6 would clear 3 high, 1 medium`; undefined where nothing newer is known. */
export function baseUpdateLine({ baseUpdate, digest }: ImageSubject, findings: readonly Finding[]): string | undefined {
  if (!baseUpdate || digest === undefined) return undefined
  const { adds, fixes, proposed } = baseUpdate
  const cleared = new Map(
    findings
      .filter(({ rule, subject }) => fixes.includes(rule) && subject.endsWith(`@${digest}`))
      .map((finding) => [finding.rule, finding]),
  )
  const clears = severityCounts([...cleared.values()]) || (fixes.length === 0 ? 'no vulnerability' : `${fixes.length}`)
  const brings = adds.length === 0 ? '' : `, and bring ${adds.length} that ${adds.length === 1 ? 'is' : 'are'} not there now`
  return `a newer base ${proposed.reference} would clear ${clears}${brings}`
}
