/** What each kind of secret says to the person whom it stops. */
import type { RuleText, Severity } from '../../findings.ts'
import type { SecretKind } from './kind.ts'
import { secretKinds } from './kinds.ts'

/** A value in the configuration whose name alone says that it is a secret. */
export const configuredSecret = {
  id: 'configured-value',
  title: 'Secret by its name in the image configuration',
  severity: 'medium' as Severity,
  opens: 'has what the program has, whatever that is: only the name says that it is a secret',
  revoke: 'Find out what it opens, and change it there.',
  references: ['https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  isPassword: true as const,
}

type Told = Pick<SecretKind, 'id' | 'title' | 'severity' | 'opens' | 'revoke' | 'references'>

const buildReference = 'https://docs.docker.com/build/building/secrets/'

export function secretRule(id: string): string {
  return `secret/${id}`
}

export function secretRuleText({ id, title, severity, opens, revoke, references }: Told): RuleText {
  const mount = `RUN --mount=type=secret,id=${id},env=${id.replaceAll('-', '_').toUpperCase()} …`
  return {
    id: secretRule(id),
    severity,
    title,
    why: `Whoever has it ${opens}. An image keeps it in its layer when a later one deletes the file, and a repository in its history: everybody who can pull the one or read the other has it.`,
    fix: `${revoke} Then keep it out of what is built: a secret mount of BuildKit (\`${mount}\`) gives it to one instruction and leaves nothing behind, and what a program needs when it runs comes from a Secret. Rebuild, and delete the tags that still have it.`,
    references: [...references, buildReference],
  }
}

export const secretRuleTexts: readonly RuleText[] = [...secretKinds, configuredSecret].map(secretRuleText)
