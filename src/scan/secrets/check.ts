/** Judges the secrets in an image: in the files of all its layers, and in its configuration. */
import { type ImagePlace, type Problem, quote, type Severity } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import type { ContentCheck, ContentInput } from '../content-check.ts'
import type { PlacedRemark } from '../examiner.ts'
import { type ConfiguredSecret, coverConfiguration, searchConfiguration } from './configuration.ts'
import { ownEngine } from './engine.ts'
import { type SecretRemark, secretRemarkKind } from './examiner.ts'
import type { SecretKind } from './kind.ts'
import { secretKinds } from './kinds.ts'
import { isPublished } from './places.ts'
import { secretRule, secretRuleTexts } from './rule-texts.ts'
import { noMoreThan, tellHash, tooManySecrets } from './told.ts'

/** What has more is told of by number; the worst come first. */
const maxProblems = 500
/** Of one secret, those where it is worst: the other files are counted. */
const maxFilesOfSecret = 5
const longestInstruction = 500

export const secretsCheck: ContentCheck = {
  name: secretRemarkKind,
  rules: secretRuleTexts,
  check(input) {
    const remarks = (input.evidence.remarks ?? []).filter(isSecretRemark)
    const search = searchConfiguration(input.image, ownEngine())
    const configured = search.secrets
    const cover = coverConfiguration(search)
    const problems = [
      ...configured.map((secret) => configuredProblem(secret, cover)),
      ...fileProblems(remarks, input, (layer) => instructionOf(layer, input.image, cover)),
    ].sort(byImportance)
    const isCut = remarks.filter(({ secret }) => secret === undefined).map(({ path }) => path)
    return {
      problems: problems.slice(0, maxProblems),
      gaps: [
        ...(problems.length > maxProblems ? [`${problems.length - maxProblems} more secrets are not listed`] : []),
        ...(search.isCut ? [tooManySecrets('the configuration')] : []),
        ...[...new Set(isCut)].map(tooManySecrets),
      ],
    }
  },
}

function isSecretRemark(remark: PlacedRemark): remark is PlacedRemark<SecretRemark> {
  return remark.kind === secretRemarkKind
}

const rank: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unknown']

function byImportance(left: Problem, right: Problem): number {
  return rank.indexOf(left.severity) - rank.indexOf(right.severity)
}

function configuredProblem(
  { kind, field, name, layer, instruction, hash, beginning }: ConfiguredSecret,
  cover: (text: string) => string,
): Problem {
  const where = name === undefined || name === '' ? '' : ` as ${quote(name, 80)}`
  return {
    rule: secretRule(kind.id),
    check: 'secret',
    severity: kind.severity,
    title: kind.title,
    message: `${kind.title} in ${placeNames[field] ?? field}${where} of the image’s configuration (${tellHash({ hash, beginning })})`,
    content: {
      field,
      ...(layer !== undefined && { layer }),
      ...(instruction !== undefined && { instruction: cover(instruction).slice(0, longestInstruction) }),
    },
    references: kind.references,
    anchor: `${kind.id} ${field} ${hash}`,
  }
}

const placeNames: Readonly<Record<string, string>> = {
  Cmd: 'the command',
  Entrypoint: 'the entry point',
  Env: 'the environment',
  Healthcheck: 'the health check',
  Labels: 'a label',
  history: 'the history',
}

type Found = PlacedRemark<SecretRemark>

function* fileProblems(
  remarks: readonly Found[],
  input: ContentInput,
  instructionOf: (layer: string) => string | undefined,
): Generator<Problem> {
  const kinds = new Map(secretKinds.map((kind) => [kind.id, kind]))
  const bySecret = Map.groupBy(
    remarks.filter(({ secret }) => secret !== undefined),
    ({ secret, hash }) => `${secret} ${hash}`,
  )
  for (const all of bySecret.values()) {
    const kind = kinds.get(all[0]?.secret ?? '')
    if (!kind) continue
    const files = [...Map.groupBy(all, ({ path }) => path).entries()].sort(([left], [right]) => (left < right ? -1 : 1))
    const problems = files.map(([path, places]) => fileProblem(kind, path, places, input, instructionOf)).sort(byImportance)
    const others = problems.length - maxFilesOfSecret
    for (const [index, problem] of problems.slice(0, maxFilesOfSecret).entries())
      yield others > 0 && index === maxFilesOfSecret - 1
        ? { ...problem, message: `${problem.message}; and in ${others} more files` }
        : problem
  }
}

/** The places are of one file: in many layers, where it was changed. The one that a container sees counts, else the last. */
function fileProblem(
  kind: SecretKind,
  path: string,
  places: readonly Found[],
  { evidence, now }: ContentInput,
  instructionOf: (layer: string) => string | undefined,
): Problem {
  const seen = places.findLast(({ isRemoved }) => !isRemoved) ?? places.at(-1)
  const { line, layer = '', isRemoved = false, hash = '', beginning, expires } = seen ?? {}
  const instruction = instructionOf(layer)
  const hasExpired = expires !== undefined && expires * 1000 < now.getTime()
  const isOwned = /^(?:usr|lib)\//.test(path) && (evidence.files?.isOwned(path) ?? false)
  const isPublic = (isPublished(path) || isOwned) && !kind.isCertain
  const [limit, because] = isPublic
    ? (['low', '; the file is part of a package, which was published with it'] as const)
    : hasExpired
      ? (['low', `; it expired on ${new Date(expires * 1000).toISOString().slice(0, 10)}`] as const)
      : line === undefined && kind.block
        ? (['medium', '; it is within a program, where libraries have keys that they test themselves with'] as const)
        : (['critical', ''] as const)
  const severity = noMoreThan(kind.severity, limit)
  const content: ImagePlace = {
    path,
    ...(line !== undefined && { line }),
    layer,
    ...(instruction !== undefined && { instruction }),
    ...(isRemoved && { removed: true }),
  }
  const removed = isRemoved ? ', which a later layer deletes or replaces: it still ships' : ''
  return {
    rule: secretRule(kind.id),
    check: 'secret',
    severity,
    title: kind.title,
    message: `${kind.title} in ${quote(path)}${line === undefined ? '' : `, line ${line}`}, layer ${layer.slice(0, 19)}…${removed} (${tellHash({ hash, ...(beginning !== undefined && { beginning }) })})${because}`,
    content,
    references: kind.references,
    anchor: `${kind.id} ${path} ${hash}`,
  }
}

function instructionOf(layer: string, { layers }: Image, cover: (text: string) => string): string | undefined {
  const instruction = layers.find(({ descriptor }) => descriptor.digest === layer)?.createdBy
  return instruction === undefined ? undefined : cover(instruction.slice(0, 64 * 1024)).slice(0, longestInstruction)
}
