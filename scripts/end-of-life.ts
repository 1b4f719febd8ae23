/** Compacts the release cycles of distributions and base images (endoflife.date, as JSON by image name) into the table that the end-of-life rules read. */
import { readFileSync, writeFileSync } from 'node:fs'

interface Release {
  readonly releaseCycle: string
  readonly eol?: string | boolean
  readonly eoes?: string | boolean
}

const [source] = process.argv.slice(2)
if (source === undefined) {
  console.error('usage: node scripts/end-of-life.ts end-of-life.json')
  process.exit(2)
}

const products: Record<string, { readonly releases: readonly Release[] }> = JSON.parse(readFileSync(source, 'utf8'))
const rows = Object.entries(products)
  .filter(([image]) => image !== 'kubernetes')
  .map(([image, { releases }]) => {
    const cycles = releases.flatMap((release) => {
      const end = endOf(image, release)
      return end === undefined ? [] : [`${release.releaseCycle} ${end}`]
    })
    return `  ['${image}', '${cycles.join(', ')}'],`
  })

/** Debian's long-term support is open to all; what others call extended support is sold. */
function endOf(image: string, { eol, eoes }: Release): string | undefined {
  const dates = [eol, image === 'debian' ? eoes : undefined].filter((date) => typeof date === 'string')
  return dates.sort().at(-1)
}

const text = `/** Release cycles and the last day of their support, by image name; made by \`scripts/end-of-life.ts\` from https://endoflife.date. */
export const releaseCycles: readonly (readonly [image: string, cycles: string])[] = [
${rows.join('\n')}
]
`
writeFileSync(new URL('../src/release-cycles.ts', import.meta.url), text)
