/** Of what changed between two images, what a reviewer must see. Packages that are newer, and what goes, are no problem. */
import { type Drift, type ImagePlace, type Problem, quote, type RuleText } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import type { ImageProfile } from '../scan/profile.ts'
import {
  binaryAddedRule,
  entrypointChangedRule,
  networkServiceAddedRule,
  portAddedRule,
  setuidAddedRule,
  userRootRule,
} from './drift-rules.ts'

/** Findings of one rule; what is more is one finding together. */
const mostOfRule = 20
const longestInstruction = 500

/** `after` and `image` are the head's; `cover` takes known secrets out of a text. */
export function driftProblems(
  drift: Drift,
  after: ImageProfile,
  image: Pick<Image, 'layers'> | undefined,
  cover: (text: string) => string,
): readonly Problem[] {
  const from = `the image that the base has here (${quote(drift.from.reference)})`
  const layers = new Map([...(after.files?.binaries ?? []), ...(after.files?.setuid ?? [])].map(({ path, layer }) => [path, layer]))
  const owned = new Set(after.files?.setuid.filter(({ isOwned }) => isOwned).map(({ path }) => path))
  const placed = (path: string): ImagePlace => placeOf(path, layers.get(path), image, cover)
  const problems: Problem[] = []
  const each = (rule: RuleText, added: readonly string[] = [], make: (name: string) => Partial<Problem> & { readonly message: string }) => {
    for (const name of added.slice(0, mostOfRule)) problems.push({ ...basics(rule), anchor: name, ...make(name) })
    const more = added.length - mostOfRule
    if (more > 0) problems.push({ ...basics(rule), anchor: '', message: `${more} more that are not in ${from}` })
  }
  each(setuidAddedRule, drift.setuid?.added, (path) => ({
    message: `${quote(path)} runs as its owner or group and is not so in ${from}; ${owned.has(path) ? 'a package of the system owns it' : 'no package owns it'}`,
    ...(owned.has(path) ? { severity: 'medium' as const } : {}),
    content: placed(path),
  }))
  each(binaryAddedRule, drift.binaries?.added, (path) => ({
    message: `${quote(path)} is a program that no package owns, and is not in ${from}`,
    content: placed(path),
  }))
  each(networkServiceAddedRule, drift.networkServices?.added, (name) => ({ message: `package ${quote(name)} is not in ${from}` }))
  each(portAddedRule, drift.ports?.added, (port) => ({
    message: `port ${quote(port)} is exposed, and is not in ${from}`,
    content: { field: 'ExposedPorts' },
  }))
  if (drift.user?.to === 'root')
    problems.push({
      ...basics(userRootRule),
      message: `the user is root, and is ${quote(drift.user.from)} in ${from}`,
      content: { field: 'User' },
    })
  if (drift.entrypoint)
    problems.push({
      ...basics(entrypointChangedRule),
      message: `it starts ${commandLine(drift.entrypoint.to)}, and ${commandLine(drift.entrypoint.from)} in ${from}`,
      content: { field: 'Entrypoint' },
      anchor: JSON.stringify(drift.entrypoint.to),
    })
  return problems
}

function basics({ id, severity, title }: RuleText): Pick<Problem, 'rule' | 'check' | 'severity' | 'title'> {
  return { rule: id, check: 'image-config', severity, title }
}

function placeOf(
  path: string,
  layer: string | undefined,
  image: Pick<Image, 'layers'> | undefined,
  cover: (text: string) => string,
): ImagePlace {
  const instruction = image?.layers.find(({ descriptor }) => descriptor.digest === layer)?.createdBy
  return {
    path,
    ...(layer === undefined ? {} : { layer }),
    ...(instruction === undefined ? {} : { instruction: cover(instruction).slice(0, longestInstruction) }),
  }
}

function commandLine(words: readonly string[]): string {
  return words.length === 0 ? 'nothing' : quote(words.join(' '))
}
