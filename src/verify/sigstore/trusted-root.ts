/** The authorities and logs of one Sigstore instance. https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify'
import { quote, UsageError } from '../../findings.ts'

/** Made once, used for all bundles of a run. */
export interface SigstoreRoot {
  /** Where it came from, for messages. */
  readonly name: string
  readonly material: TrustMaterial
  /** Further instances that are trusted alike. Their authorities and logs do not mix. */
  readonly others?: readonly SigstoreRoot[]
}

export function instancesOf({ others = [], ...first }: SigstoreRoot): readonly SigstoreRoot[] {
  return [first, ...others]
}

const mediaTypes = [
  'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
  'application/vnd.dev.sigstore.trustedroot.v0.1+json',
  'application/vnd.dev.sigstore.trustedroot.v0.2+json',
]

/** One trusted root, or several, one a line, as `gh attestation trusted-root` writes them. Throws UsageError for a file that is neither. */
export function readTrustedRoot(bytes: Uint8Array, name: string): SigstoreRoot {
  const lines = Buffer.from(bytes)
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '')
  const isOneEach = lines.length > 1 && lines.every((line) => line.trimStart().startsWith('{') && line.trimEnd().endsWith('}'))
  if (!isOneEach) return readInstance(bytes, name)
  const [first, ...others] = lines.map((line, index) => readInstance(Buffer.from(line), `${name}, line ${index + 1}`))
  if (!first) throw new TypeError('no line')
  return { ...first, others }
}

function readInstance(bytes: Uint8Array, name: string): SigstoreRoot {
  const where = `trusted root ${quote(name)}`
  let root: TrustedRoot
  let material: TrustMaterial
  try {
    root = TrustedRoot.fromJSON(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    material = toTrustMaterial(root, () => {
      throw new TypeError('keys are chosen before the library is asked')
    })
  } catch (cause) {
    throw new UsageError(`${where} does not parse`, { cause })
  }
  if (!mediaTypes.includes(root.mediaType))
    throw new UsageError(`${where}: expected media type ${quote(mediaTypes[0] ?? '')}, is ${quote(root.mediaType)}`)
  return { name, material }
}

/** Sigstore's public instance as it was when this program was built. `refreshTrustedRoot` has the newest. */
export async function embeddedTrustedRoot(): Promise<SigstoreRoot> {
  const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })
  const target = seeds[publicMirror].targets['trusted_root.json']
  return readTrustedRoot(Buffer.from(target, 'base64'), 'Sigstore public instance, embedded')
}

export const publicMirror = 'https://tuf-repo-cdn.sigstore.dev'
