/** A Dockerfile within a Compose file. https://docs.docker.com/reference/compose-file/build/#dockerfile_inline */
import { type Gap, quote } from '../findings.ts'
import { withTriggers } from '../formats/dockerfile/triggers.ts'
import { type DockerfileOptions, parseDockerfile } from '../formats/dockerfile.ts'
import type { Field } from '../formats/field.ts'
import { candidateKind } from './candidates.ts'
import { gapAt, gapsOf, type NamedDockerfile } from './file-reading.ts'
import { dockerfileImageUses } from './image-uses.ts'
import { folderOf, resolvePath } from './path.ts'
import type { Dockerfile, ImageUse } from './repository.ts'

export interface InlineDockerfile {
  readonly dockerfiles: readonly Dockerfile[]
  readonly imageUses: readonly ImageUse[]
  readonly gaps: readonly Gap[]
}

/** `build` is that of a service, `lines` are the file's. */
export function readInlineDockerfile(file: string, build: Field, lines: readonly string[]): InlineDockerfile {
  const field = build.at('dockerfile_inline')
  if (typeof field.value !== 'string') return { dockerfiles: [], imageUses: [], gaps: [] }
  const { startLine } = field.location()
  const isBlock = /:\s*\|[-+\d]*\s*(?:#.*)?$/.test(lines[startLine - 1] ?? '')
  // Lines of other styles are not those of the file.
  if (!isBlock && field.value.trimEnd().includes('\n')) {
    const message = 'dockerfile_inline is not read: a literal block (|) was expected'
    return { dockerfiles: [], imageUses: [], gaps: [gapAt(file, startLine, message)] }
  }
  // Empty lines in front give each instruction the line that it has in the file. Compose makes `$` of `$$`.
  const text = '\n'.repeat(isBlock ? startLine : startLine - 1) + field.value.replaceAll('$$', '$')
  const source = withTriggers(parseDockerfile(text, argumentsOf(build)))
  const dockerfile = { file, source }
  // Columns are those of the text, which is indented in the file.
  const imageUses = [...dockerfileImageUses(dockerfile, text.split('\n'))].map(({ reference, user, role, location }) => ({
    reference,
    user,
    role,
    location: { file, startLine: location.startLine, endLine: location.endLine },
  }))
  return { dockerfiles: [dockerfile], imageUses, gaps: gapsOf(file, source.errors) }
}

/** The Dockerfile that a build names, and the gap where it is built from what is not in the tree. `read` puts variables in. */
export function readBuild(
  file: string,
  build: Field,
  read: (text: string) => string | undefined,
): { readonly named: readonly NamedDockerfile[]; readonly gaps: readonly Gap[] } {
  const context = build.kind === 'scalar' ? build : build.at('context')
  const place = read(String(context.value ?? '.'))
  const line = (field: Field) => field.location().startLine
  const isElsewhere =
    place !== undefined && (/^(?:https?|git|ssh):|^git@|^github\.com\//.test(place) || resolvePath(folderOf(file), place) === undefined)
  if (isElsewhere)
    return {
      named: [],
      gaps: [gapAt(file, line(context), `build context ${quote(place)} is not in the tree: what it is built from is not judged`)],
    }
  const dockerfile = build.at('dockerfile')
  const name = typeof dockerfile.value === 'string' ? read(dockerfile.value) : undefined
  const path = place === undefined || name === undefined ? undefined : resolvePath(folderOf(file), `${place}/${name}`)
  const isNamed = path !== undefined && candidateKind(path) !== 'dockerfile'
  return { named: isNamed ? [{ path, line: line(dockerfile) }] : [], gaps: [] }
}

/** `args` as a map, or as a list of `NAME=value`. */
function argumentsOf(build: Field): DockerfileOptions {
  const given = build.at('args')
  const pairs = [
    ...given.entries().map(([name, { value }]) => [name, value] as const),
    ...given.items().map(({ value }) => splitPair(String(value))),
  ]
  // One without a value has that of whoever builds.
  return { arguments: new Map(pairs.flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, String(value)]]))) }
}

function splitPair(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
