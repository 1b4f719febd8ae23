/** Secrets in ARG and ENV: https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import { hasSecretFormat, isPlaceholder, soundsSecret } from '../../literal-secrets.ts'
import type { Rule } from '../../rule.ts'

export const secretArgument: Rule<Dockerfile> = {
  id: 'dockerfile/secret-argument',
  severity: 'high',
  title: 'Secret in a build argument or environment variable',
  why: 'Values of `ARG` and `ENV` are kept in the image’s configuration and history: whoever can pull the image has the secret.',
  fix: 'Use a secret mount: `RUN --mount=type=secret,id=…`.',
  references: ['https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions) {
      if (instruction.name !== 'ARG' && instruction.name !== 'ENV') continue
      for (const { name, value } of assignments(instruction.arguments)) {
        const isArgument = instruction.name === 'ARG'
        if (value !== undefined && (hasSecretFormat(value) || (soundsSecret(name) && !isPlaceholder(value)))) {
          yield at(dockerfile, instruction, `${instruction.name} ${quote(name)} holds a secret`)
        } else if (soundsSecret(name) && (isArgument || /^["']?\$/.test(value ?? ''))) {
          yield at(
            dockerfile,
            instruction,
            `${instruction.name} ${quote(name)} takes a secret, which stays in the history of the image`,
            'medium',
          )
        }
      }
    }
  },
}

/** `NAME=value NAME=value`, or the older `NAME value`; an argument may have no value. */
function assignments(text: string): readonly { readonly name: string; readonly value: string | undefined }[] {
  const old = /^([A-Za-z_][\w.-]*)\s+([^=]*)$/.exec(text)
  if (old?.[1] !== undefined) return [{ name: old[1], value: old[2] }]
  return [...text.matchAll(/([A-Za-z_][\w.-]*)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*))?(?=\s|$)/g)].map(
    ([, name = '', value]) => ({
      name,
      value: value?.replace(/^(["'])(.*)\1$/s, '$2'),
    }),
  )
}
