/** Every format of a report, by name. Each is loaded when it is asked for: that of a terminal takes as long as a small tree. */
import type { Format, Renderer } from './renderer.ts'

export const renderers = {
  html: async () => (await import('./html.ts')).html,
  json: async () => (await import('./json.ts')).json,
  markdown: async () => (await import('./markdown.ts')).markdown,
  openvex: async () => (await import('./openvex.ts')).openvex,
  sarif: async () => (await import('./sarif.ts')).sarif,
  text: async () => (await import('./text.ts')).text,
} satisfies Record<Format, () => Promise<Renderer>>

/** Those that say nothing of rules but their ids: nobody has to load the texts for them. */
export const withoutTexts: ReadonlySet<Format> = new Set<Format>(['json', 'openvex'])
