/** Secrets in ARG and ENV: https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import { type Command, commandsOf } from '../../dockerfile/shell.ts'
import { hasSecretFormat, isNamedSecret, isPlaceholder, soundsSecret } from '../../literal-secrets.ts'
import type { Rule } from '../../rule.ts'

export const secretArgument: Rule<Dockerfile> = {
  id: 'dockerfile/secret-argument',
  severity: 'high',
  title: 'Secret in a build argument, environment variable or command',
  why: 'Values of `ARG` and `ENV`, and the commands of `RUN`, are kept in the image’s configuration and history: whoever can pull the image has the secret.',
  fix: 'Use a secret mount: `RUN --mount=type=secret,id=…`.',
  references: ['https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions) {
      if (instruction.name === 'RUN') {
        for (const name of new Set(commandsOf(instruction).flatMap(secretsOf)))
          yield at(dockerfile, instruction, `RUN has a secret in ${quote(name)}`)
      }
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

/** Variables and options of a command; the history of the image has all of it. */
function secretsOf({ words }: Command): readonly string[] {
  return words.flatMap((word) => {
    const [, name = '', value = ''] = /^(?:--?)?([A-Za-z_][\w-]{1,99})=(.{4,1000})$/s.exec(word) ?? []
    return isNamedSecret(name, value) ? [name] : []
  })
}

/** `NAME=value NAME=value`, or the older `NAME value`; an argument may have no value. */
function assignments(text: string): readonly { readonly name: string; readonly value: string | undefined }[] {
  const words = wordsOf(text.slice(0, limit))
  const [first = '', ...rest] = words
  if (words.length > 1 && !first.includes('=')) return [{ name: first, value: rest.join(' ') }]
  return words.map((word) => {
    const at = word.indexOf('=')
    return at < 0 ? { name: word, value: undefined } : { name: word.slice(0, at), value: word.slice(at + 1) }
  })
}

/** More of one instruction is not looked at. */
const limit = 64 * 1024

/** Words as a shell splits them, quotes taken away: one pass over the text. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  let quoted = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quoted === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (quoted === '' && (character === '"' || character === "'")) {
      quoted = character
      word ??= ''
    } else if (character === quoted) {
      quoted = ''
    } else if (character === '\\' && quoted !== "'") {
      at += 1
      word = (word ?? '') + (text[at] ?? '')
    } else {
      word = (word ?? '') + character
    }
  }
  return word === undefined ? words : [...words, word]
}
