/** The inventory of one image as a document of software components: evidence alone, nothing is judged. */
import { UsageError } from '../findings.ts'
import { type Image, openImages } from '../oci/image.ts'
import { type OpenSource, openSource } from '../oci/sources.ts'
import { readEvidence } from '../scan/read-evidence.ts'
import { instructionCover } from '../scan/secrets/cover-problem.ts'
import { version } from '../version.ts'
import { messageOf } from './errors.ts'
import { mirrorsOf } from './mirrors.ts'
import type { ImageRequest } from './request.ts'

export interface InventoryDocument {
  readonly document: string
  /** What could not be read: the document is not complete then. */
  readonly gaps: readonly string[]
}

/** `sourceDateEpoch`: seconds since 1970 that stand in for the clock, as https://reproducible-builds.org/specs/source-date-epoch/ has it. */
export async function inventory(
  text: string,
  format: 'cyclonedx' | 'spdx',
  request: ImageRequest,
  sourceDateEpoch: string | undefined,
): Promise<InventoryDocument> {
  const { access, http, policy, policyDirectory, platform, signal, now } = request
  const timestamp = sourceDateEpoch === undefined ? now : dateOf(sourceDateEpoch)
  let opened: OpenSource | undefined
  try {
    opened = await openSource(text, { http, mirrors: mirrorsOf(policy, policyDirectory), ...access, signal })
    const { source, reference } = opened
    const [image] = await openImages(source, reference, platform, signal)
    if (!image) throw new UsageError(`${text}: no image for the platform ${platform}`)
    const evidence = await readEvidence(image, source, { signal, ...(request.layerPass && { pass: request.layerPass }) })
    const { renderCycloneDx, renderSpdx } = await import('../scan/sbom/formats.ts')
    const render = format === 'spdx' ? renderSpdx : renderCycloneDx
    return {
      document: render(withoutSecrets(image), evidence, { timestamp: timestamp.toISOString(), version }),
      gaps: evidence.gaps.map(({ path, layer, message }) => `${text}: ${path ?? layer ?? ''}: ${message}`),
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    return { document: '', gaps: [`${text}: ${messageOf(error)}`] }
  } finally {
    await opened?.close()
  }
}

/** A document goes further than the image that it describes. */
function withoutSecrets(image: Image): Image {
  const cover = instructionCover(image)
  const layers = image.layers.map((layer) => (layer.createdBy === undefined ? layer : { ...layer, createdBy: cover(layer.createdBy) }))
  return { ...image, layers }
}

function dateOf(epoch: string): Date {
  if (!/^\d{1,12}$/u.test(epoch)) throw new UsageError(`SOURCE_DATE_EPOCH: expected seconds since 1970, found ${JSON.stringify(epoch)}`)
  return new Date(Number(epoch) * 1000)
}
