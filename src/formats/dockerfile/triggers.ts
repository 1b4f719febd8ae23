/** What `ONBUILD` keeps for the builds that begin with the image. https://docs.docker.com/reference/dockerfile/#onbuild */
import { type DockerfileSource, type Instruction, parseDockerfile } from '../dockerfile.ts'

/** The source with each of them behind its ONBUILD, on the same lines; they are in no stage. */
export function withTriggers(source: DockerfileSource): DockerfileSource {
  return { ...source, instructions: source.instructions.flatMap((instruction) => [instruction, ...triggerOf(instruction)]) }
}

function triggerOf({ name, arguments: text, hereDocuments, startLine, endLine }: Instruction): readonly Instruction[] {
  if (name !== 'ONBUILD') return []
  const [first] = parseDockerfile(text).instructions
  return first && first.name !== 'ONBUILD' ? [{ ...first, hereDocuments, startLine, endLine }] : []
}
