/** What of an image is compared with other images of its repository: a small plain value, made of its configuration and its evidence. */
import { createHash } from 'node:crypto'
import type { Image } from '../oci/image.ts'
import type { ImageEvidence } from './evidence.ts'
import { type FileProfile, fileProfile } from './file-profile.ts'
import { networkServices } from './network-services.ts'

/** Changes whenever the same image gives another profile. */
export const profileVersion = 'portcullis.image-profile/1'

export interface ImageProfile {
  /** Of the manifest of one platform: what the profile is a function of. */
  readonly digest: string
  /** As the configuration says it; many builders write one fixed time. */
  readonly created?: string
  /** Without those that one name and version of one type stand for already; sorted. */
  readonly packages: readonly ProfilePackage[]
  /** Names of the packages among them that are made to answer a network. */
  readonly networkServices: readonly string[]
  /** Absent where layers were not read. */
  readonly files?: FileProfile
  /** `8080/tcp`, sorted. */
  readonly ports: readonly string[]
  /** Empty for root. */
  readonly user: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  /** Sorted by name. Values may be secret: a digest of each tells whether it changed, and is not kept. */
  readonly environment: readonly { readonly name: string; readonly valueDigest?: string }[]
  /** Of the layers as they are stored. */
  readonly sizeBytes: number
  /** Digests, from the base up. */
  readonly layers: readonly string[]
  /** Whether all of it was read: what was not may hold anything. */
  readonly isWhole: boolean
}

export interface ProfilePackage {
  /** The purl type. */
  readonly type: string
  readonly name: string
  readonly version: string
}

/** Pure: the same image gives the same profile. */
export function profileOf(image: Image, evidence: ImageEvidence): ImageProfile {
  const { config, layers, manifestDigest } = image
  const files = evidence.files && fileProfile(evidence.files, evidence)
  return {
    digest: manifestDigest,
    ...(config.created === undefined ? {} : { created: config.created }),
    packages: packagesOf(evidence),
    networkServices: networkServices(evidence.packages),
    ...(files && { files }),
    ports: [...new Set(config.exposedPorts.map(portText))].sort(),
    user: userOf(config.user),
    entrypoint: config.entrypoint ?? [],
    command: config.cmd ?? [],
    environment: environmentOf(config.env),
    sizeBytes: layers.reduce((sum, { descriptor }) => sum + descriptor.size, 0),
    layers: layers.map(({ descriptor }) => descriptor.digest),
    isWhole: evidence.gaps.length === 0,
  }
}

function packagesOf({ packages }: ImageEvidence): readonly ProfilePackage[] {
  const distinct = new Map(packages.map(({ type, name, version }) => [`${type}\0${name}\0${version}`, { type, name, version }]))
  return [...distinct].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
}

/** What stands last holds. */
function environmentOf(entries: readonly string[]): ImageProfile['environment'] {
  const values = new Map(entries.map((entry) => [entry.split('=', 1)[0] ?? '', entry] as const))
  return [...values]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, entry]) => ({ name, valueDigest: createHash('sha256').update(entry).digest('hex') }))
}

/** A port without a protocol is TCP's. https://github.com/opencontainers/image-spec/blob/main/config.md#properties */
function portText(port: string): string {
  return port.includes('/') ? port.toLowerCase() : `${port}/tcp`
}

/** `root`, `0` and `0:0` are the user that an image has where it names none. */
export function userOf(user = ''): string {
  return /^(?:root|0+)?(?::.*)?$/u.test(user) ? '' : user
}
