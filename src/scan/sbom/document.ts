/** What both SBOM formats say about an image: its names, and one identity for the same content. */
import { createHash } from 'node:crypto'
import { PackageURL } from 'packageurl-js'
import parseExpression from 'spdx-expression-parse'
import type { Image } from '../../oci/image.ts'
import type { ImageEvidence } from '../evidence.ts'

export interface SbomOptions {
  /** ISO 8601, the one thing that two documents of the same image differ in. */
  readonly timestamp: string
  /** Of Portcullis. */
  readonly version: string
}

/** As the registry knows it, without tag or digest; of an image that lies in a folder or a file the last part of its place alone, which is one machine's. */
export function imageName({ reference: { registry, repository } }: Image): string {
  return registry === '' ? repository.slice(repository.lastIndexOf('/') + 1) || 'image' : `${registry}/${repository}`
}

/** With its tag, where it has one. */
export function imageTitle(image: Image): string {
  const { tag } = image.reference
  return tag === undefined ? imageName(image) : `${imageName(image)}:${tag}`
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
export function imagePurl(image: Image): string {
  const { reference, manifestDigest, platform } = image
  const name = imageName(image)
  const qualifiers = {
    arch: platform.architecture,
    ...(reference.registry === '' ? {} : { repository_url: name.toLowerCase() }),
    ...(reference.tag ? { tag: reference.tag } : {}),
  }
  return new PackageURL('oci', undefined, name.slice(name.lastIndexOf('/') + 1), manifestDigest, qualifiers, undefined).toString()
}

/** A UUID (RFC 9562 5.8, version 8) of what the document says, the time aside: the same image read by the same version has the same. */
export function contentUuid(image: Image, evidence: ImageEvidence, { version }: SbomOptions): string {
  const { reference, manifestDigest } = image
  const hash = createHash('sha256')
    .update(JSON.stringify([version, reference.text, manifestDigest, evidence]))
    .digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Both formats want whole seconds of UTC. */
export function wholeSeconds(timestamp: string): string {
  return timestamp.replace(/\.\d+Z$/, 'Z')
}

/** Whether a licence is an expression of SPDX, or only a name that its package uses. */
export function isSpdxExpression(license: string): boolean {
  try {
    parseExpression(license)
    return true
  } catch {
    // It throws for nothing else.
    return false
  }
}
