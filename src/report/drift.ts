/** What changed in an image against the base's, and how far it is from its earlier ones, in one line each. Names in them are from outside: escape them. */
import type { Drift, DriftList, ImageSubject } from '../findings.ts'
import { count, someOf } from './words.ts'

const mostNames = 3
const longestName = 80
const longestReference = 300

/** `against shop:1.4: packages 3 added, 5 changed; setuid files 1 added (usr/bin/x); ports 1 added (9090/tcp); user 1000 → root`. Undefined where nothing changed. */
export function driftLine({ drift }: Pick<ImageSubject, 'drift'>): string | undefined {
  if (!drift) return undefined
  const parts = [...packagePart(drift), ...driftParts(drift), ...userPart(drift), ...sizePart(drift), ...layerPart(drift)]
  return `against ${drift.from.reference.slice(0, longestReference)}: ${parts.join('; ') || 'nothing that is compared changed'}`
}

/** Those of the parts that no other words tell: without packages, user and size. */
export function driftParts(drift: Drift): readonly string[] {
  const { binaries, entrypoint, environment, networkServices, ports, setuid } = drift
  return [
    ...listPart('setuid files', setuid),
    ...listPart('binaries of no package', binaries),
    ...listPart('network services', networkServices),
    ...listPart('ports', ports),
    ...(entrypoint ? ['another entry point'] : []),
    ...environmentPart(environment),
  ]
}

/** `unlike 19 earlier images (score -0.83): …`; `like 19 earlier images (score -0.41)`. Undefined where it was not held against any. */
export function anomalyLine({ anomaly }: Pick<ImageSubject, 'anomaly'>): string | undefined {
  if (!anomaly) return undefined
  const { anomaly_score, because, history, is_anomaly } = anomaly
  const against = `${count(history, 'earlier image')} (anomaly score ${anomaly_score})`
  if (!is_anomaly) return `like its ${against}`
  return `unlike its ${against}${because.length === 0 ? '' : `: ${because.join('; ')}`}`
}

function packagePart({ packages }: Drift): readonly string[] {
  if (!packages) return []
  const { added, removed, changed, omitted = 0 } = packages
  const counts = [
    ...(added.length > 0 ? [`${number(added.length)} added`] : []),
    ...(removed.length > 0 ? [`${number(removed.length)} removed`] : []),
    ...(changed.length > 0 ? [`${number(changed.length)} changed`] : []),
    ...(omitted > 0 ? [`${number(omitted)} more`] : []),
  ]
  return [`packages ${counts.join(', ')}`]
}

function listPart(what: string, list: DriftList | undefined): readonly string[] {
  if (!list) return []
  const { added, removed, omitted = 0 } = list
  return [
    `${what} ${[
      ...(added.length > 0 ? [`${number(added.length)} added (${named(added)})`] : []),
      ...(removed.length > 0 ? [`${number(removed.length)} removed (${named(removed)})`] : []),
      ...(omitted > 0 ? [`${number(omitted)} more`] : []),
    ].join(', ')}`,
  ]
}

function environmentPart(environment: Drift['environment']): readonly string[] {
  if (!environment) return []
  const { changed, ...list } = environment
  const [names] = list.added.length + list.removed.length > 0 ? listPart('environment', list) : []
  if (changed.length === 0) return names === undefined ? [] : [names]
  const values = `${number(changed.length)} changed (${named(changed)})`
  return [names === undefined ? `environment ${values}` : `${names}, ${values}`]
}

function userPart({ user }: Drift): readonly string[] {
  return user ? [`user ${user.from.slice(0, longestName)} → ${user.to.slice(0, longestName)}`] : []
}

function sizePart({ sizeBytes }: Drift): readonly string[] {
  const words = sizeBytes && sizeWords(sizeBytes.from, sizeBytes.to)
  return words === undefined ? [] : [words]
}

/** `+12 MB`: of the compressed layers. Nothing below a tenth of a megabyte. */
export function sizeWords(before: number, after: number): string | undefined {
  const megabytes = Math.round((after - before) / 1e5) / 10
  if (megabytes === 0) return undefined
  const amount = Math.abs(megabytes).toLocaleString('en-US', { maximumFractionDigits: Math.abs(megabytes) < 10 ? 1 : 0 })
  return `${megabytes > 0 ? '+' : '−'}${amount} MB`
}

function layerPart({ layers }: Drift): readonly string[] {
  return layers ? [`${number(layers.shared)} of ${count(layers.to, 'layer')} shared`] : []
}

function named(names: readonly string[]): string {
  return someOf(
    names.map((name) => name.slice(0, longestName)),
    mostNames,
  )
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
