/** Why a finding matters and what to do: the rule's own text, or what is true of its whole check. */
import type { Check, Finding, RuleText } from '../findings.ts'
import type { Group } from './group.ts'
import type { RenderContext } from './renderer.ts'

export interface Help {
  readonly why: string
  readonly fix: string
  readonly references: readonly string[]
  /** True where the rule has no text of its own. */
  readonly general: boolean
}

export function helpOf(finding: Finding, context: RenderContext): Help {
  const rule: RuleText | undefined = context.rules?.get(finding.rule)
  const general = byCheck[finding.check]
  return {
    why: rule?.why ?? general.why,
    fix: rule?.fix ?? general.fix,
    references: [...new Set([...(rule?.references ?? []), ...(finding.references ?? [])])],
    general: rule === undefined,
  }
}

/** What to do about a group, in one sentence; of a package, the version to go to. Versions and names are from outside. */
export function fixOf(group: Group, context: RenderContext): string {
  const [first] = group.findings
  if (group.package === undefined) return helpOf(first, context).fix
  const { name, fixed, unfixed } = group.package
  if (fixed.length === 0) return `No fixed version of ${name} is known. Leave it out of the image, or waive it with a date.`
  const to = fixed.length === 1 ? `Update ${name} to ${fixed[0]}` : `Update ${name} to the newest of ${fixed.join(', ')}`
  return unfixed === 0 ? `${to}.` : `${to}; for ${unfixed} of ${group.findings.length} no fix is known.`
}

const byCheck: Record<Check, { readonly why: string; readonly fix: string }> = {
  vulnerability: {
    why: 'The image holds a version of this package that is known to be vulnerable: who reaches the program can use what is published about it.',
    fix: 'Update the package to a fixed version, or build on a newer base image.',
  },
  malware: {
    why: 'The image holds a file that is known to be malicious: it would run with all that its container may do.',
    fix: 'Do not run this image. Find out which layer brought the file, and build again from a source that you trust.',
  },
  secret: {
    why: 'Whoever can read this place has the secret, and the history keeps it after it was removed.',
    fix: 'Revoke the secret first, then take it out and read it from a secret store when the program runs.',
  },
  'image-config': {
    why: 'The configuration of the image decides with which rights and settings its program starts.',
    fix: 'Change the Dockerfile instruction that sets it, and build the image again.',
  },
  signature: {
    why: 'Without a signature that the policy trusts, nobody vouches that this digest is what was built.',
    fix: 'Sign the digest in the pipeline that builds it, or add its signer to the policy on the base branch.',
  },
  attestation: {
    why: 'The policy asks for proof of how this image was built, and the proof is missing or says something else.',
    fix: 'Attach the attestation in the pipeline that builds the image.',
  },
  manifest: {
    why: 'The object asks for more than it needs, and who takes the program has all of it.',
    fix: 'Take away what the program does not need.',
  },
  dockerfile: {
    why: 'What the Dockerfile does is in every image that is built from it.',
    fix: 'Change the instruction.',
  },
  policy: {
    why: 'The policy on the base branch denies this.',
    fix: 'Follow the policy, or change it on the base branch first.',
  },
}
