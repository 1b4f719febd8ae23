/** Compose services and their images. https://docs.docker.com/reference/compose-file/services/ */
import { quote } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { parseYaml } from '../formats/yaml.ts'
import { type FileReading, gapAt, gapsOf, type NamedDockerfile, skip } from './file-reading.ts'
import { imageUse } from './image-use.ts'
import { readBuild, readInlineDockerfile } from './inline-dockerfile.ts'
import { baseNameOf } from './path.ts'
import type { Dockerfile, ImageUse } from './repository.ts'

export function isComposeFile(path: string): boolean {
  return /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i.test(baseNameOf(path))
}

/** `environment` is the text of the `.env` file beside it; the variables of whoever will start the services are not known. */
export function readCompose(file: string, bytes: Uint8Array, environment: string): FileReading {
  const parsed = parseYaml(file, bytes, { dialect: 'core' })
  const services = parsed.documents.flatMap((document) => document.at('services').entries())
  const gaps = gapsOf(file, parsed.errors)
  if (services.length === 0 && gaps.length === 0) return skip(file, 'no Compose file: there are no services')
  const variables = readEnvironment(environment)
  const imageUses: ImageUse[] = []
  const inlineDockerfiles: Dockerfile[] = []
  const namedDockerfiles: NamedDockerfile[] = []
  for (const [name, service] of services) {
    const image = service.at('image')
    const inline = readInlineDockerfile(file, service.at('build'), parsed.lines)
    inlineDockerfiles.push(...inline.dockerfiles)
    imageUses.push(...inline.imageUses)
    const built = readBuild(file, service.at('build'), (text) => interpolate(text, variables))
    namedDockerfiles.push(...built.named)
    gaps.push(...inline.gaps, ...built.gaps)
    // The image of a service that is built here is the name of the result; its Dockerfile is judged itself.
    if (service.at('build').kind !== 'absent' || typeof image.value !== 'string') continue
    const reference = interpolate(image.value, variables)
    if (reference === undefined)
      gaps.push(gapAt(file, lineOf(image), `image ${quote(image.value)} of service ${quote(name, 60)}: a variable has no value`))
    else imageUses.push(...imageUse(image, file, reference))
  }
  const composeServices = services.map(([name, root]) => ({ file, name, root }))
  return { file, roots: [], imageUses, composeServices, inlineDockerfiles, namedDockerfiles, gaps, lines: () => parsed.lines }
}

function lineOf(field: Field): number {
  return field.location().startLine
}

/** `NAME=value` a line. https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax */
function readEnvironment(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)
    if (match) variables.set(match[1] ?? '', environmentValue(line.slice(match[0].length).trim()))
  }
  return variables
}

function environmentValue(text: string): string {
  const quoted = /^'([^']*)'|^"([^"]*)"/.exec(text)
  if (quoted) return quoted[1] ?? quoted[2] ?? ''
  const comment = text.search(/(?:^|\s)#/)
  return comment < 0 ? text : text.slice(0, comment).trimEnd()
}

const nestingLimit = 10
/** A reference has some hundred characters. */
const textLimit = 4096

/** `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}`, `${NAME:?message}`, `$$`; undefined where a variable has no value. */
function interpolate(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  if (text.length > textLimit) return undefined
  let unknown = false
  const replacement = (name: string, operator = '', word = '') => {
    const value = variables.get(name)
    const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'))
    if (operator.endsWith('+')) return isSet ? word : ''
    if (isSet) return value
    if (operator.endsWith('-')) return word
    unknown = true
    return ''
  }
  // A word may hold variables of its own: the innermost are replaced first.
  let result = text.replaceAll('$$', '\0')
  for (let depth = 0; depth < nestingLimit && result.includes('${'); depth++) {
    result = result.replace(/\$\{([A-Za-z_]\w*)(?:(:?[-+?])([^${}]*))?\}/g, (_, name, operator, word) => replacement(name, operator, word))
  }
  if (result.includes('${')) return undefined
  result = result.replace(/\$([A-Za-z_]\w*)/g, (_, name) => replacement(name)).replaceAll('\0', '$')
  return unknown ? undefined : result
}
