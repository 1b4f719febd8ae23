/** Whether a VEX statement's product is an image, or a package in it. Purls: https://github.com/package-url/purl-spec */
import { PackageURL } from 'packageurl-js'
import type { AffectedPackage } from '../../findings.ts'
import type { VexComponent, VexProduct } from './statement.ts'

export interface VexImage {
  /** As it was written: `ghcr.io/acme/shop:1.4`. */
  readonly reference: string
  /** Registry and repository: `ghcr.io/acme/shop`. */
  readonly repository: string
  /** Of the image, and of the index that it was taken from. */
  readonly digests: readonly string[]
}

/** A product is the image, whole or in the parts that it names, or the package itself. */
export function isSameProduct(product: VexProduct, item: AffectedPackage | undefined, image: VexImage): boolean {
  if (item !== undefined && isSamePackage(product, item)) return true
  if (!isSameImage(product, image)) return false
  return product.components.length === 0 || (item !== undefined && product.components.some((component) => isSamePackage(component, item)))
}

function isSamePackage({ identifiers, versions }: VexComponent, item: AffectedPackage): boolean {
  if (versions !== undefined && !versions.includes(item.version)) return false
  const found = parsePurl(item.purl)
  return found !== undefined && identifiers.some((identifier) => identifier === item.purl || includes(parsePurl(identifier), found))
}

/** A purl without a version means all versions, and one with qualifiers only what has them. */
function includes(stated: PackageURL | undefined, found: PackageURL): boolean {
  if (stated === undefined) return false
  if (stated.type !== found.type || (stated.namespace ?? '') !== (found.namespace ?? '') || stated.name !== found.name) return false
  if (stated.version && stated.version !== found.version) return false
  return Object.entries(stated.qualifiers ?? {}).every(([key, value]) => found.qualifiers?.[key] === value)
}

function isSameImage({ identifiers, digests, versions }: VexComponent, image: VexImage): boolean {
  if (versions !== undefined && !versions.some((version) => image.digests.includes(version))) return false
  if (digests.length > 0) return digests.some((digest) => image.digests.includes(digest))
  return identifiers.some((identifier) => {
    const purl = parsePurl(identifier)
    if (purl !== undefined) return purl.type === 'oci' && isSameOci(purl, image)
    const at = identifier.indexOf('@')
    const name = at < 0 ? identifier : identifier.slice(0, at)
    if (at >= 0 && !image.digests.includes(identifier.slice(at + 1))) return false
    const reference = image.reference.split('@')[0] ?? ''
    return name === reference || name === image.repository
  })
}

/** The name alone could be anybody's image: a digest or the repository is needed. */
function isSameOci({ version, qualifiers }: PackageURL, image: VexImage): boolean {
  const repository = qualifiers?.repository_url
  const tag = qualifiers?.tag
  if (!version && !repository) return false
  if (version && !image.digests.includes(version)) return false
  if (repository && repository.replace(/^https?:\/\//, '').toLowerCase() !== image.repository.toLowerCase()) return false
  return !tag || !!version || image.reference.split('@')[0]?.endsWith(`:${tag}`) === true
}

function parsePurl(text: string): PackageURL | undefined {
  if (!text.startsWith('pkg:') || text.length > 2048) return undefined
  try {
    return PackageURL.fromString(text)
  } catch {
    // The library throws on what is no purl, and that is no package of ours.
    return undefined
  }
}
