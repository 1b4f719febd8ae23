/** A layer read for examiners or a watcher alone: nothing that knows a package is loaded for it. */
import { type EntryVisitor, readLayer } from '../oci/layer.ts'
import type { EvidenceGap } from './evidence.ts'
import type { FileWatcher } from './examiner.ts'
import { examiners } from './examiners.ts'
import type { LayerEvidence } from './layer-evidence.ts'
import { defaultBounds, type LayerInput } from './layer-input.ts'
import { defaultRemarkBounds, LayerRemarks } from './layer-remarks.ts'

export type ExaminedLayer = Pick<LayerEvidence, 'remarks' | 'gaps'>

/** What examiners alone say of a layer whose packages are read elsewhere; gaps of the layer itself are told there. */
export async function examineLayer({ open, mediaType, signal, ...input }: LayerInput): Promise<ExaminedLayer> {
  const bounds = { ...defaultBounds, ...input.bounds }
  const gaps: EvidenceGap[] = []
  const remarks = new LayerRemarks(input.examiners ?? examiners, bounds, (gap) => gaps.push(gap))
  const visit: EntryVisitor = (entry) => {
    signal.throwIfAborted()
    remarks.replace(entry.path)
    return entry.type === 'file' ? remarks.open(entry) : undefined
  }
  await readLayer(open(), mediaType, visit, { maxEntries: bounds.maxEntries, onGap: () => {} })
  return { remarks: remarks.all(), gaps }
}

/** Reads a layer for a watcher alone, where its evidence is known already. Throws what the reading of the layer and the watcher throw. */
export async function watchLayer({ open, mediaType, signal, watcher }: LayerInput & { readonly watcher: FileWatcher }): Promise<void> {
  const remarks = new LayerRemarks([], defaultRemarkBounds, () => {})
  const visit: EntryVisitor = (entry) => {
    signal.throwIfAborted()
    return entry.type === 'file' ? remarks.open(entry, watcher) : undefined
  }
  await readLayer(open(), mediaType, visit, { maxEntries: defaultBounds.maxEntries, onGap: () => {} })
}
