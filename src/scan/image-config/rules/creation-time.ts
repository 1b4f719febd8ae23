/** When an image says that it was made: https://github.com/opencontainers/image-spec/blob/main/config.md#properties */
import type { ImageRule } from '../rule.ts'

const dayMilliseconds = 86_400_000
/** Docker's first release was in March 2013: what is older is the fixed time of a reproducible build (1970, 1980, the year 1). */
const firstImages = Date.parse('2013-03-01T00:00:00Z')

export const creationTime: ImageRule = {
  id: 'image/creation-time',
  severity: 'low',
  title: 'Image was made long ago, or in the future',
  why: 'An image that nobody has built for years has the vulnerabilities of those years, whatever its packages are called. A time in the future is a clock or a label that nobody can trust: what is sorted by it takes the image for the newest.',
  fix: "Build the image again on today's base, and build regularly. For reproducible builds set SOURCE_DATE_EPOCH to the time of the commit, or to 0.",
  references: [
    'https://github.com/opencontainers/image-spec/blob/main/config.md#properties',
    'https://reproducible-builds.org/docs/source-date-epoch/',
  ],
  concerns: 'container',
  *check({ image, now }) {
    const created = Date.parse(image.config.created ?? '')
    if (Number.isNaN(created) || created < firstImages) return
    const content = { field: 'created' }
    const day = new Date(created).toISOString().slice(0, 10)
    const days = Math.floor((now.getTime() - created) / dayMilliseconds)
    if (created - now.getTime() > dayMilliseconds)
      yield { content, severity: 'medium', message: `image says that it was made on ${day}, which is in the future` }
    else if (days > 2 * 365) yield { content, message: `image was made on ${day}, ${Math.floor(days / 365)} years ago` }
  },
}
