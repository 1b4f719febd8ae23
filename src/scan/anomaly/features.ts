/**
 * What is compared: not an image with the others, which grow from one to the next, but each step of the series with the other steps. What counts in a step
 * is above all what no earlier image had, so that what comes and goes (a rollback, a file that returns) is nothing new.
 */
import type { ImageProfile } from '../profile.ts'
import { systemTypes } from '../system-types.ts'
import { nameOf, type Seen, withoutNumbers } from './seen.ts'

/** One image after another. */
export interface Step {
  readonly image: ImageProfile
  readonly before: ImageProfile
  /** What `before` and all that came before it had. */
  readonly seen: Seen
}

export interface Feature {
  readonly name: string
  /** What a step may differ from the usual one without being strange, in the feature's own unit; where the series itself varies more, that counts. */
  readonly tolerance: number
  /** Zero where nothing changed, or where it is not known. */
  value(step: Step): number
  /** What the step did, where the value is out of the ordinary. Names in it are quoted by the caller of `words`. */
  words(step: Step, show: (names: readonly string[]) => string): string
}

export const features: readonly Feature[] = [
  {
    name: 'age',
    // Four times as long as usual.
    tolerance: Math.log(4),
    value: (step) => Math.log1p(daysBetween(step) ?? 0),
    words: (step) => `it was made ${Math.round(daysBetween(step) ?? 0)} days after the image before it`,
  },
  {
    name: 'binaries',
    tolerance: 0.35,
    value: (step) => Math.log1p(newBinaries(step).length),
    words: (step, show) => `${counted(newBinaries(step), 'binary', 'binaries', show)} that no package owns and no earlier image had`,
  },
  {
    name: 'entropy',
    tolerance: 0.15,
    value: (step) => packedBinary(step)?.rise ?? 0,
    words: (step, show) => {
      const { path = '', entropy = 0 } = packedBinary(step) ?? {}
      return `${show([path])} looks packed or encrypted (${entropy.toFixed(2)} bits a byte), which no earlier binary did so much`
    },
  },
  {
    name: 'layers',
    // An instruction more is nothing, another base is little.
    tolerance: Math.log(2),
    value: ({ image, before }) => signedLog(image.layers.length - before.layers.length),
    words: ({ image, before }) => `${image.layers.length} layers, ${before.layers.length} before`,
  },
  {
    name: 'network-services',
    tolerance: 0.5,
    value: (step) => newServices(step).length,
    words: (step, show) => `${counted(newServices(step), 'network service', 'network services', show)} that no earlier image had`,
  },
  {
    name: 'packages',
    tolerance: 1,
    value: (step) => Math.log1p(newPackages(step, false).length),
    words: (step, show) => `${counted(newPackages(step, false), 'package', 'packages', show)} of languages that no earlier image had`,
  },
  {
    name: 'packages-gone',
    tolerance: 1,
    value: (step) => Math.log1p(gonePackages(step).length),
    words: (step, show) => `${counted(gonePackages(step), 'package', 'packages', show)} of the image before it gone`,
  },
  {
    name: 'ports',
    tolerance: 0.5,
    value: (step) => newPorts(step).length,
    words: (step, show) => `${counted(newPorts(step), 'port', 'ports', show)} exposed that no earlier image had`,
  },
  {
    name: 'root',
    tolerance: 0.25,
    value: ({ image, seen }) => (image.user === '' && !seen.hasRoot ? 1 : 0),
    words: () => 'it starts as root, and no earlier image did',
  },
  {
    name: 'setuid',
    tolerance: 0.08,
    // What a package brings so is a matter of the distribution.
    value: (step) =>
      Math.min(
        newSetuid(step).reduce((sum, { isOwned }) => sum + (isOwned ? 0.2 : 1), 0),
        2,
      ),
    words: (step, show) =>
      `${counted(
        newSetuid(step).map(({ path }) => path),
        'setuid or setgid file',
        'setuid or setgid files',
        show,
      )} that no earlier image had`,
  },
  {
    name: 'size',
    tolerance: Math.log(1.15),
    value: ({ image, before }) => growth(before.sizeBytes, image.sizeBytes),
    words: ({ image, before }) => `${megabytes(image.sizeBytes)}, ${megabytes(before.sizeBytes)} before`,
  },
  {
    name: 'system-packages',
    tolerance: 1,
    value: (step) => Math.log1p(newPackages(step, true).length),
    words: (step, show) => `${counted(newPackages(step, true), 'package', 'packages', show)} of the system that no earlier image had`,
  },
  {
    name: 'world-writable',
    tolerance: 0.5,
    value: (step) => Math.log1p(newlyWritable(step)),
    words: (step) => `${newlyWritable(step)} more paths that everybody may write to than any earlier image had`,
  },
]

const day = 86_400_000

function daysBetween({ image, before }: Step): number | undefined {
  const [now, then] = [Date.parse(image.created ?? ''), Date.parse(before.created ?? '')]
  return Number.isNaN(now) || Number.isNaN(then) ? undefined : Math.max(0, now - then) / day
}

function newBinaries({ image, seen }: Step): readonly string[] {
  return image.files?.binaries.map(({ path }) => path).filter((path) => !seen.binaries.has(withoutNumbers(path))) ?? []
}

/** What compiled code has at most: of 2,049 programs and libraries of Debian 12, 95 % have less than 5.91 in their first 64 KiB, all but one less than 6.45. */
const usualEntropy = 6.5

/** The binary whose entropy rose most: over what it had itself, or, where it is new, over what any had. */
function packedBinary({ image, seen }: Step): { path: string; entropy: number; rise: number } | undefined {
  const highest = Math.max(usualEntropy, ...seen.binaries.values())
  const rises = (image.files?.binaries ?? []).map(({ path, entropy }) => {
    const before = Math.max(seen.binaries.get(withoutNumbers(path)) ?? highest, usualEntropy)
    return { path, entropy, rise: Math.max(0, entropy - before) }
  })
  return rises.reduce<(typeof rises)[number] | undefined>((most, each) => (each.rise > (most?.rise ?? 0) ? each : most), undefined)
}

function newServices({ image, seen }: Step): readonly string[] {
  return image.networkServices.filter((name) => !seen.services.has(name))
}

function newPackages({ image, seen }: Step, ofSystem: boolean): readonly string[] {
  const fresh = image.packages.filter((one) => systemTypes.has(one.type) === ofSystem && !seen.packages.has(nameOf(one)))
  return distinct(fresh.map(({ name }) => name))
}

function gonePackages({ image, before }: Step): readonly string[] {
  const known = new Set(image.packages.map(nameOf))
  return distinct(before.packages.filter((one) => !known.has(nameOf(one))).map(({ name }) => name))
}

function newPorts({ image, seen }: Step): readonly string[] {
  return image.ports.filter((port) => !seen.ports.has(port))
}

function newSetuid({ image, seen }: Step): readonly { readonly path: string; readonly isOwned: boolean }[] {
  return image.files?.setuid.filter(({ path }) => !seen.setuid.has(withoutNumbers(path))) ?? []
}

function newlyWritable({ image, seen }: Step): number {
  return Math.max(0, (image.files?.worldWritable ?? 0) - seen.worldWritable)
}

function signedLog(difference: number): number {
  return Math.sign(difference) * Math.log1p(Math.abs(difference))
}

function growth(before: number, now: number): number {
  return before > 0 && now > 0 ? Math.log(now / before) : 0
}

function megabytes(sizeBytes: number): string {
  return sizeBytes < 1e6 ? `${Math.ceil(sizeBytes / 1e3)} kB` : `${(sizeBytes / 1e6).toFixed(1)} MB`
}

function counted(names: readonly string[], one: string, many: string, show: (names: readonly string[]) => string): string {
  return `${names.length} ${names.length === 1 ? one : many} (${show(names)})`
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
