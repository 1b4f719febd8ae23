/** Images of the page: digest, signature, and by layer the packages, with the findings of each. */
import type { Finding, ImageSubject, Package } from '../findings.ts'
import { baseUpdateLine } from './base-update.ts'
import { anomalyLine } from './drift.ts'
import { driftMarkup } from './html-drift.ts'
import { riskRows } from './html-findings.ts'
import { anchor, type Markup, markup } from './html-markup.ts'
import { compareText } from './order.ts'
import { placeText } from './places.ts'
import type { RenderContext } from './renderer.ts'
import { riskWords } from './risk.ts'
import { count, severityCounts, shortDigest } from './words.ts'

const mostPlaces = 20
const mostPackages = 2_000

/** `findings` as `findingsByImage` has them. */
export function imageMarkup(image: ImageSubject, findings: ReadonlyMap<string, readonly Finding[]>, context: RenderContext): Markup {
  const own = findings.get(image.digest ?? image.reference) ?? []
  const update = baseUpdateLine(image, own)
  const anomaly = anomalyLine(image)
  const places = image.locations
    .slice(0, mostPlaces)
    .map((location) => markup`<li>${anchor(context.link?.(location), placeText(location))}</li>`)
  const more = image.locations.length - places.length
  return markup`
<div class="image" role="listitem"><details>
<summary><span class="signature ${image.signature}">${image.signature}</span> <span class="what"><code>${image.reference}</code></span> <span class="where">${severityCounts(own) || 'no findings'}${image.risk === undefined ? '' : ` · ${riskWords([image])}`}</span></summary>
<div class="body"><dl>
<dt>Digest</dt><dd><code>${image.digest ?? 'not resolved'}</code></dd>
${image.signatureMessage === undefined ? undefined : markup`<dt>Signature</dt><dd>${image.signatureMessage}</dd>`}
${update === undefined ? undefined : markup`<dt>Base image</dt><dd>${update}</dd>`}
${image.drift === undefined ? undefined : markup`<dt>Changed</dt><dd>${driftMarkup(image.drift)}</dd>`}
${anomaly === undefined ? undefined : markup`<dt>History</dt><dd>${anomaly}</dd>`}
${image.platform === undefined ? undefined : markup`<dt>Platform</dt><dd>${image.platform}</dd>`}
<dt>Packages</dt><dd>${image.packages ?? 'not read'}</dd>
${riskRows([image])}${places.length === 0 ? undefined : markup`<dt>Used at</dt><dd><ul class="links">${places}${more > 0 ? markup`<li>${more} more</li>` : undefined}</ul></dd>`}
</dl>
${layersMarkup(image, own)}
</div></details></div>`
}

/** Findings by the digest that their subject ends with, or by the whole subject where it has none. */
export function findingsByImage(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ subject }) => subject.slice(subject.lastIndexOf('@') + 1))
}

interface Row {
  readonly name: string
  readonly version: string
  readonly layer: string
  readonly path: string
  readonly type: string
}

/** All packages where the report has the inventory, else those with findings. */
function layersMarkup(image: ImageSubject, findings: readonly Finding[]): Markup {
  const rows = image.inventory === undefined ? affectedRows(findings) : image.inventory.map(inventoryRow)
  if (rows.length === 0) return markup``
  const byPackage = Map.groupBy(
    findings.filter((finding) => finding.package !== undefined),
    ({ package: affected }) => JSON.stringify([affected?.name, affected?.version]),
  )
  let left = mostPackages
  return markup`${[...Map.groupBy(rows, (row) => row.layer)].map(([layer, all]) => {
    const shown = all.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version)).slice(0, left)
    left -= shown.length
    const title = layer === '' ? 'layer not known' : shortDigest(layer)
    const words = image.inventory === undefined ? `${count(all.length, 'package')} with findings` : count(all.length, 'package')
    return markup`<details class="layer"${rows.length <= 30 ? markup` open` : undefined}><summary><code>${title}</code> ${words}</summary><div class="scroll" tabindex="0" role="region" aria-label="${`packages of ${title}`}"><table><thead><tr><th>Package</th><th>Version</th><th>Type</th><th>Findings</th><th>File</th></tr></thead><tbody>${shown.map(
      (row) =>
        markup`<tr><td>${row.name}</td><td>${row.version}</td><td>${row.type}</td><td>${severityCounts(byPackage.get(JSON.stringify([row.name, row.version])) ?? [])}</td><td>${row.path}</td></tr>`,
    )}</tbody></table></div>${shown.length < all.length ? markup`<p>${all.length - shown.length} more in the page’s data.</p>` : undefined}</details>`
  })}`
}

function inventoryRow({ layer, name, path, type, version }: Package): Row {
  return { name, version, layer, path, type }
}

function affectedRows(findings: readonly Finding[]): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const { package: affected } of findings) {
    if (affected === undefined) continue
    const { layer = '', name, path = '', purl, version } = affected
    rows.set(JSON.stringify([name, version, layer, path]), {
      name,
      version,
      layer,
      path,
      type: /^pkg:([a-z0-9.+-]+)\//i.exec(purl)?.[1] ?? '',
    })
  }
  return [...rows.values()]
}
