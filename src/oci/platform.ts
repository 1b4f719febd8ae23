/** Platforms and how a wish matches them. https://github.com/opencontainers/image-spec/blob/main/image-index.md#platform-variants */
import { quote } from '../findings.ts'
import { RegistryError } from './errors.ts'
import type { Platform } from './source.ts'

/** `os/arch[/variant]`. Throws RegistryError `malformed`. */
export function parsePlatformText(text: string): Platform {
  const [os, architecture, variant, ...more] = text.split('/')
  if (!os || !architecture || variant === '' || more.length > 0)
    throw new RegistryError('malformed', `${quote(text)} is not a platform: expected os/architecture or os/architecture/variant`)
  return normalise({ os, architecture, ...(variant ? { variant } : {}) })
}

export function formatPlatform(platform: Platform): string {
  return [platform.os, platform.architecture, ...(platform.variant ? [platform.variant] : [])].join('/')
}

/** Names that `uname` and Go use for the same thing become one; arm64 is v8 and arm is v7 when nothing is said, as in containerd. */
export function normalise(platform: Platform): Platform {
  const { os } = platform
  const named = architectureNames.get(platform.architecture) ?? { architecture: platform.architecture }
  const { architecture } = named
  const variant = platform.variant ?? named.variant ?? (architecture === 'arm' ? 'v7' : undefined)
  if (architecture === 'arm64' && (variant === 'v8' || variant === '8')) return { os, architecture }
  if (architecture === 'amd64' && variant === 'v1') return { os, architecture }
  return variant === undefined ? { os, architecture } : { os, architecture, variant: /^\d$/.test(variant) ? `v${variant}` : variant }
}

/** BuildKit puts attestations into an index under this platform: they are no image. */
export function isAttestationPlatform(platform: Platform): boolean {
  return platform.os === 'unknown' && platform.architecture === 'unknown'
}

/** Both normalised first. A wish without a variant takes the one without, or, in a second round (`exact: false`), any. */
export function matchesPlatform(wanted: Platform, actual: Platform, exact: boolean): boolean {
  const [left, right] = [normalise(wanted), normalise(actual)]
  if (left.os !== right.os || left.architecture !== right.architecture) return false
  return left.variant === right.variant || (!exact && wanted.variant === undefined)
}

const architectureNames: ReadonlyMap<string, { architecture: string; variant?: string }> = new Map([
  ['x86_64', { architecture: 'amd64' }],
  ['x86-64', { architecture: 'amd64' }],
  ['aarch64', { architecture: 'arm64' }],
  ['armhf', { architecture: 'arm', variant: 'v7' }],
  ['armel', { architecture: 'arm', variant: 'v6' }],
  ['i386', { architecture: '386' }],
])
