/** What a pull request opens and closes in the network, as a diagram that GitHub draws. */
import type { Report } from '../findings.ts'
import { diagramOf } from '../manifests/reachability/diagram.ts'
import type { Section } from './markdown-section.ts'

/** Thick arrows are new, dotted ones are gone. Labels are escaped by the diagram itself, so that no name ends the fence. */
export function networkSection({ reachability }: Report): Section {
  return {
    title: 'Network paths',
    collapsed: true,
    lead: '',
    entries: reachability === undefined ? [] : [{ heading: '', text: `\`\`\`mermaid\n${diagramOf(reachability)}\n\`\`\`` }],
  }
}
