/**
 * Annotations that excuse one object from one rule: `excuse.portcullis/pod.privileged: "2027-01-31 sets the clock of the node"`. They
 * count only as the base has them, so that no change can excuse itself.
 */

import type { Field } from '../formats/field.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'

export interface Excuse {
  readonly reason: string
  /** Its last day, `YYYY-MM-DD`. */
  readonly until: string
}

export const excusePrefix = 'excuse.portcullis/'

/** Undefined: without a date or a reason. */
export function readExcuse(text: string): Excuse | undefined {
  const [, until, reason] = /^(\d{4}-\d{2}-\d{2})\s+(\S.{2,})$/s.exec(text.slice(0, 1000).trim()) ?? []
  if (until === undefined || reason === undefined) return undefined
  const time = Date.parse(`${until}T00:00:00Z`)
  const isDate = !Number.isNaN(time) && new Date(time).toISOString().startsWith(until)
  return isDate ? { until, reason } : undefined
}

/** The annotations of an object, each with the id of the rule that it names. */
export function excusesOf({ root }: KubernetesObject): readonly { readonly rule: string; readonly field: Field }[] {
  return root
    .at('metadata', 'annotations')
    .entries()
    .filter(([key]) => key.startsWith(excusePrefix))
    .map(([key, field]) => ({ rule: key.slice(excusePrefix.length).replace('.', '/'), field }))
}

/** By subject and rule, what the base excuses on this day. */
export function excusesOn(base: Repository, today: string): (subject: string, rules: readonly string[]) => Excuse | undefined {
  const excuses = new Map<string, Excuse>()
  for (const object of base.objects) {
    for (const { rule, field } of excusesOf(object)) {
      const excuse = readExcuse(String(field.value ?? ''))
      if (excuse !== undefined && excuse.until >= today) excuses.set(`${object.subject}\n${rule}`, excuse)
    }
  }
  return (subject, rules) => rules.map((rule) => excuses.get(`${subject}\n${rule}`)).find((excuse) => excuse !== undefined)
}
