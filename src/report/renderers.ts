/** Every format of a report, by name. */
import { html } from './html.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import { openvex } from './openvex.ts'
import type { Format, Renderer } from './renderer.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

export const renderers = { html, json, markdown, openvex, sarif, text } satisfies Record<Format, Renderer>
