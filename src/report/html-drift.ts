/** What changed in an image against the base's, as a list; names in it are from outside. */
import type { Drift } from '../findings.ts'
import { driftLine } from './drift.ts'
import { type Markup, markup } from './html-markup.ts'

const mostNames = 200

/** The line that all renderings have, and below it the packages, a line each. */
export function driftMarkup(drift: Drift): Markup {
  const { added = [], removed = [], changed = [] } = drift.packages ?? {}
  const packages = [
    ...added.map(({ name, type, version }) => `+ ${name} ${version} (${type})`),
    ...removed.map(({ name, type, version }) => `− ${name} ${version} (${type})`),
    ...changed.map(({ from, name, to, type }) => `${name} ${from} → ${to} (${type})`),
  ]
  const command = drift.entrypoint && `starts ${words(drift.entrypoint.to)}, before ${words(drift.entrypoint.from)}`
  const more = packages.length - mostNames
  return markup`${driftLine({ drift })}${command === undefined ? undefined : markup`<div><code>${command}</code></div>`}${
    packages.length === 0
      ? undefined
      : markup`<details><summary>${packages.length} packages</summary><ul class="links">${packages
          .slice(0, mostNames)
          .map(
            (line) => markup`<li>${line}</li>`,
          )}${more > 0 ? markup`<li>${more} more in the page’s data</li>` : undefined}</ul></details>`
  }`
}

function words(command: readonly string[]): string {
  return command.join(' ') || 'nothing'
}
