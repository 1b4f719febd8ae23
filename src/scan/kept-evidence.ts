/** What a run holds of the layers that it read: evidence as it is, while there is little of it, and encoded from then on, since a run may see a thousand layers. */
import { decodeEvidence, encodeEvidence } from './evidence-codec.ts'
import type { LayerEvidence } from './layer-evidence.ts'

/** One of them at least. */
export interface KeptEvidence {
  encoded?: Uint8Array
  plain?: LayerEvidence
}

export interface EvidenceKeeper {
  /** What is larger has to be encoded before it is kept. */
  hasRoom(evidence: LayerEvidence): boolean
  /** What is plain alone is encoded when its room is needed: most runs end before, and nobody has asked for it again. */
  keep(kept: KeptEvidence): KeptEvidence
  /** Undefined where what is held was damaged. What is encoded is plain for whoever asks first. */
  take(kept: KeptEvidence): LayerEvidence | undefined
}

/** Roughly in bytes: a Debian with five hundred packages has half of it. */
const defaultRoom = 16 * 1024 * 1024

/** `versions`: what encoded evidence may be of, and last what is encoded here. */
export function createEvidenceKeeper(versions: readonly string[], room = defaultRoom): EvidenceKeeper {
  const plain: { readonly kept: KeptEvidence; readonly size: number }[] = []
  let used = 0
  const encode = (kept: KeptEvidence) => {
    if (kept.plain) kept.encoded = encodeEvidence(kept.plain, versions.at(-1))
  }
  return {
    hasRoom: (evidence) => sizeOf(evidence) <= room,
    keep(kept) {
      if (kept.encoded || !kept.plain) return kept
      const size = sizeOf(kept.plain)
      plain.push({ kept, size })
      used += size
      while (used > room) {
        const oldest = plain.shift()
        if (!oldest) break
        used -= oldest.size
        encode(oldest.kept)
        if (oldest.kept !== kept) delete oldest.kept.plain
      }
      return kept
    },
    take(kept) {
      const evidence = kept.plain ?? (kept.encoded && decodeEvidence(kept.encoded, versions))
      if (kept.encoded) delete kept.plain
      return evidence
    },
  }
}

const bytesOfItem = 300

/** Of all texts, wherever they are: a single package may have a name of megabytes. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, one) => sum + sizeOf(one), Array.isArray(value) ? 0 : bytesOfItem)
}
