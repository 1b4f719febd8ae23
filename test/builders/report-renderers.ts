/** Every renderer, loaded. */
import type { Format, Renderer } from '../../src/report/renderer.ts'
import { renderers as loaders } from '../../src/report/renderers.ts'

const loaded = await Promise.all(Object.entries(loaders).map(async ([format, load]) => [format as Format, await load()] as const))

export const renderers = Object.fromEntries(loaded) as Readonly<Record<Format, Renderer>>
