/** The whole context in a layer: https://docs.docker.com/build/concepts/context/#dockerignore-files */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const wholeContext: Rule<Dockerfile> = {
  id: 'dockerfile/whole-context',
  severity: 'medium',
  title: 'Whole build context is copied, and no .dockerignore keeps anything out',
  why: 'The context is all of the directory: `.git` with its history, `.env`, keys and what else lies there goes into the image.',
  fix: 'Add a `.dockerignore`, or copy the files that are needed by name.',
  references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  *check(dockerfile, { repository }) {
    const { hasFile } = repository
    if (hasFile === undefined || ignoreFiles(dockerfile.file).some((file) => hasFile(file))) return
    const instructions = dockerfile.source.stages.flatMap((stage) => stage.instructions)
    for (const instruction of instructions) {
      if ((instruction.name !== 'COPY' && instruction.name !== 'ADD') || instruction.flags.has('from')) continue
      const words = instruction.exec ?? instruction.arguments.split(/\s+/)
      const source = words.slice(0, -1).find((word) => /^(?:\.\/?|\/|\*)$/.test(word))
      if (source !== undefined)
        yield at(dockerfile, instruction, `${quote(source)} is all of the build context, and there is no .dockerignore`)
    }
  },
}

/** The context may be the Dockerfile's own directory or any one above it. */
function ignoreFiles(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1)
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  return [`${file}.dockerignore`, '.dockerignore', ...folders.map((folder) => `${folder}/.dockerignore`)]
}
