/** ADD from the net: https://docs.docker.com/reference/dockerfile/#add---checksum */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const remoteAdd: Rule<Dockerfile> = {
  id: 'dockerfile/remote-add',
  severity: 'medium',
  title: 'ADD downloads what nobody has checked',
  why: 'What the address gives at build time goes into the image, whatever it is by then: no digest says what was meant.',
  fix: 'Give `ADD` a `--checksum=sha256:…`, or for a git repository a commit.',
  references: ['https://docs.docker.com/reference/dockerfile/#add'],
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions) {
      if (instruction.name !== 'ADD' || instruction.flags.has('checksum')) continue
      const words = instruction.exec ?? instruction.arguments.split(/\s+/)
      for (const source of words.slice(0, -1)) {
        const isRemote = /^(?:https?:\/\/|git@|ssh:\/\/|git:\/\/)/i.test(source)
        if (!isRemote || /#[0-9a-f]{40}(?::|$)/.test(source)) continue
        yield at(
          dockerfile,
          instruction,
          `ADD downloads ${quote(source)} without a checksum`,
          source.startsWith('http://') ? 'high' : undefined,
        )
      }
    }
  },
}
