/** A Mermaid flow chart of what a change opens and closes: https://mermaid.js.org/syntax/flowchart.html */

import type { ReachabilityChange } from './changes.ts'
import type { Edge } from './reachability.ts'

/** More arrows than this nobody reads; what is left out is counted. */
const edgesLimit = 60

export function diagramOf({ added, removed }: ReachabilityChange): string {
  const shown = [...added.map((edge) => ({ edge, arrow: '==>' })), ...removed.map((edge) => ({ edge, arrow: '-.->' }))]
  const drawn = shown.slice(0, edgesLimit)
  const names = [...new Set(drawn.flatMap(({ edge }) => [edge.from, edge.to]))].sort()
  const nodes = names.map((name, index) => `  n${index}["${label(name)}"]`)
  const arrows = drawn.map(
    ({ edge, arrow }) => `  n${names.indexOf(edge.from)} ${arrow}|"${portLabel(edge, arrow)}"| n${names.indexOf(edge.to)}`,
  )
  const rest = shown.length - drawn.length
  return ['flowchart LR', ...nodes, ...arrows, ...(rest > 0 ? [`  rest["${rest} more"]`] : [])].join('\n')
}

function portLabel({ ports }: Edge, arrow: string): string {
  return `${arrow === '==>' ? '' : 'closed '}${label(ports.join(', '))}`
}

/** Names come from manifests: what Mermaid or Markdown could read as syntax becomes an entity. */
function label(text: string): string {
  return text.slice(0, 120).replace(/[^A-Za-z0-9 ._/:,-]/gu, (character) => `#${character.codePointAt(0)};`)
}
