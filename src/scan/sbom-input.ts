/** A CycloneDX or SPDX document in place of an image's layers. Whether who made it is trusted is decided elsewhere. */
import type { Package } from '../findings.ts'
import { readText } from '../formats/text.ts'
import type { ImageEvidence } from './evidence.ts'
import { parseSbom, type SbomPackage } from './sbom/parse.ts'

/** `path` is the document's name in messages. Throws SyntaxError and RangeError for what is no such document, or larger than 256 MiB. */
export async function readSbomInput(body: AsyncIterable<Uint8Array>, path: string): Promise<ImageEvidence> {
  const { packages, distribution, gaps } = parseSbom(JSON.parse(await readText(body, limitBytes)))
  const unique = new Map(packages.map((one) => toPackage(one, path)).map((one) => [`${one.purl}\0${one.path}`, one]))
  return {
    ...(distribution ? { distribution } : {}),
    packages: [...unique].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one),
    gaps: gaps.map((message) => ({ path, message })),
  }
}

const limitBytes = 256 * 1024 * 1024

/** The document's own name and no layer, where it does not say which. */
function toPackage(one: SbomPackage, documentPath: string): Package {
  const { kind: _, qualifiers: __, source = one.name, sourceVersion = one.version, layer = '', path = documentPath, ...rest } = one
  return { ...rest, source, sourceVersion, layer, path }
}
