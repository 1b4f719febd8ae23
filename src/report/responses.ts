/** What the policy's response rules asked for, as renderers tell it: one line an action, with the subjects that it is about. */
import type { PolicyResponse, Report } from '../findings.ts'
import { shortSubject } from './words.ts'

export interface ResponseLine {
  readonly state: PolicyResponse['state']
  /** `alert by slack` */
  readonly action: string
  readonly condition: string
  readonly detail: string
  /** Shortened; empty for the run as a whole. */
  readonly subjects: readonly string[]
}

export const responseWords = {
  failed: 'failed',
  'handed-over': 'handed over',
  nobody: 'nobody',
  taken: 'taken',
  waiting: 'waiting',
} as const satisfies Record<PolicyResponse['state'], string>

/** In the order of the report. */
export function responseLines({ responses = [] }: Report): readonly ResponseLine[] {
  const groups = Map.groupBy(responses, ({ condition, action, channel, state, detail }) =>
    JSON.stringify([condition, action, channel, state, detail]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { condition, action, channel, state, detail } = first
    const subjects = group.flatMap(({ subject }) => (subject === undefined ? [] : [shortSubject(subject)]))
    return [
      { state, action: channel === undefined ? action : `${action} by ${channel}`, condition, detail, subjects: [...new Set(subjects)] },
    ]
  })
}
