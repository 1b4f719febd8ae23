/** `npm run bench [NAME…]`: the project's figures as medians, each beside its physical limit. Nothing here passes or fails. */
import { benchAdvisories } from './advisories.ts'
import { benchContents } from './contents.ts'
import { benchImages } from './images.ts'
import { benchObjects } from './objects.ts'
import { benchReview } from './review.ts'
import { benchSecrets } from './secrets.ts'
import { benchSpread } from './spread.ts'
import { benchStart } from './start.ts'
import { benchVerify } from './verify.ts'

const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  advisories: benchAdvisories,
  contents: benchContents,
  images: benchImages,
  objects: benchObjects,
  spread: () => benchSpread(),
  review: benchReview,
  secrets: benchSecrets,
  start: benchStart,
  verify: benchVerify,
}

const wanted = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name.padEnd(56)} median    min    max`)
  await bench()
}
