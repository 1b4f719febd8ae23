/** What to do about a finding, by what is known of it and of where it runs: short, the most effective first. */
import type { Check, Problem } from '../../findings.ts'
import type { Exposure } from './exposure.ts'

const mostActions = 6
const longestName = 120

/** Rebuilding, fixing, and taking away what makes it worse. */
export function recommendedActions(
  problem: Pick<Problem, 'check' | 'rule' | 'package' | 'suggestion' | 'content' | 'knownExploited'>,
  exposure: Exposure | undefined,
): readonly string[] {
  return [...ownActions(problem), ...placeActions(problem, exposure)].slice(0, mostActions)
}

function ownActions({ check, rule, package: affected, suggestion, content }: Parameters<typeof recommendedActions>[0]): readonly string[] {
  if (check === 'vulnerability' && affected !== undefined) {
    const name = cut(affected.name)
    const fixed = affected.fixedAll ?? affected.fixed
    if (fixed !== undefined) return [`Upgrade ${name} to ${cut(fixed)}.`, 'Rebuild the image.']
    return [`Remove ${name} if it is not needed: no version is known to fix it.`]
  }
  if (suggestion !== undefined) return ['Apply the suggested change.']
  if (check === 'manifest' || check === 'dockerfile') return [`Mend it as \`portcullis rules ${cut(rule)}\` says.`]
  const removed = content?.removed ? ['Rebuild the image without the layer: what a later layer deletes still ships.'] : []
  return [...(actionsOf.get(check) ?? []), ...removed]
}

const actionsOf: ReadonlyMap<Check, readonly string[]> = new Map([
  ['malware', ['Do not run the image.', 'Rebuild it from sources that are trusted.', 'Find out how the file came in.']],
  ['secret', ['Revoke the secret and make a new one.', 'Give it to builds by a secret mount, and to pods by a Secret.']],
  ['signature', ['Use an image that a trusted signer has signed, or sign this one.']],
  ['attestation', ['Attest how the image was built.']],
  ['image-config', ['Rebuild the image with the setting mended.']],
])

/** What a manifest asks for is mended there; what is in an image is also held off from outside. */
function placeActions({ check, knownExploited }: Pick<Problem, 'check' | 'knownExploited'>, exposure: Exposure | undefined) {
  const pod = exposure?.pod
  if (pod === undefined || check === 'manifest' || check === 'dockerfile') return []
  const subject = cut(exposure?.subject ?? '')
  const [entrance] = pod.entrances
  const isUrgent = check === 'malware' || knownExploited === true
  const isStrong = pod.privileges.some(({ privilege }) => privilege !== 'possible-root' && privilege !== 'capability')
  const { level, account } = pod.rights
  return [
    ...(entrance !== undefined && isUrgent ? [`Close ${cut(entrance)} until it is fixed.`] : []),
    ...(check === 'malware' && pod.secrets.length > 0 ? [`Rotate the Secrets that ${subject} has.`] : []),
    ...(isStrong ? [`Drop the privileges of ${subject}.`] : []),
    ...(level === 'everything' || level === 'more' ? [`Take from service account ${cut(account)} the rights that it does not use.`] : []),
    ...(pod.isolated !== undefined && pod.isolated.length < 2 ? [`Add a NetworkPolicy that isolates ${subject}.`] : []),
  ]
}

function cut(text: string): string {
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text
}
