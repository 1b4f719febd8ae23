/** What is inside one image, and which of it is known to be vulnerable. */
import { findVulnerabilities } from '../advisories/find.ts'
import type { Package, Problem } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import type { ImageSource } from '../oci/source.ts'
import type { EvidenceGap, ImageEvidence } from '../scan/evidence.ts'
import { type ImageProfile, profileOf } from '../scan/profile.ts'
import { readEvidence } from '../scan/read-evidence.ts'
import { problemCover } from '../scan/secrets/cover-problem.ts'
import { messageOf } from './errors.ts'
import type { ImageRequest } from './request.ts'
import { judgeMalware } from './scan-malware.ts'

export interface Contents {
  readonly packages: readonly Package[]
  /** Undefined where they are not known. */
  readonly vulnerabilities?: readonly Problem[]
  /** What else is wrong with what is in it, and with its configuration. */
  readonly problems?: readonly Problem[]
  /** What it is compared with other images by. */
  readonly profile?: ImageProfile
  readonly gaps: readonly string[]
}

const longestInstruction = 500

/** Never rejects for what the image does: that is a gap. */
export async function readContents(image: Image, source: ImageSource, request: ImageRequest): Promise<Contents> {
  if (!request.checks.has('images')) return { packages: [], gaps: [] }
  try {
    // Loaded while an engine is waited for.
    const [{ contentChecks }] = await Promise.all([import('../scan/content-checks.ts'), request.malware?.scan.open(image.layers)])
    const evidence = await evidenceOf(image, source, request)
    const malware = request.malware && (await judgeMalware(image, evidence, request.malware))
    const found = await findVulnerabilities(evidence, request.advisories, request.signal)
    const { policy, now } = request
    const judged = contentChecks.map(({ check }) => check({ image, evidence, policy, now }))
    const cover = problemCover(image)
    return {
      packages: evidence.packages,
      vulnerabilities: found.problems.map((problem) => cover(withInstruction(problem, image))),
      problems: [...judged.flatMap(({ problems }) => problems), ...(malware?.problems ?? [])].map(cover),
      profile: profileOf(image, evidence),
      gaps: [
        ...evidence.gaps.map(describeGap),
        ...found.gaps.map(({ message }) => message),
        ...judged.flatMap(({ gaps }) => gaps),
        ...(malware?.gaps ?? []),
      ],
    }
  } catch (error) {
    return { packages: [], gaps: [messageOf(error)] }
  }
}

async function evidenceOf(image: Image, source: ImageSource, request: ImageRequest): Promise<ImageEvidence> {
  const { layerPass, sbom, signal } = request
  if (!sbom) return readEvidence(image, source, { signal, ...(layerPass && { pass: layerPass }) })
  const { readAttestedSbom } = await import('./attested-sbom.ts')
  return readAttestedSbom(sbom, image, source, request)
}

function describeGap({ layer, path, line, message }: EvidenceGap): string {
  const place = path === undefined ? layer : `${path}${line === undefined ? '' : `:${line}`}`
  return place === undefined ? message : `${place}: ${message}`
}

/** A layer is known by the instruction that made it: that is where a reader mends it. */
function withInstruction(problem: Problem, { layers }: Image): Problem {
  const { package: affected } = problem
  const instruction = layers.find(({ descriptor }) => descriptor.digest === affected?.layer)?.createdBy
  if (affected === undefined || instruction === undefined) return problem
  return { ...problem, package: { ...affected, instruction: instruction.slice(0, longestInstruction) } }
}
