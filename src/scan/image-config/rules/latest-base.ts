/** A base that is another one every week: https://docs.docker.com/build/building/best-practices/#pin-base-image-versions */
import { quote } from '../../../findings.ts'
import { parseReference } from '../../../oci/reference.ts'
import type { ImageRule } from '../rule.ts'

const key = 'org.opencontainers.image.base.name'

export const latestBase: ImageRule = {
  id: 'image/latest-base',
  severity: 'low',
  title: 'Image was built on whatever latest named',
  why: 'The next build of the same source begins with other content, which nobody has reviewed, and nobody can tell from the name which one this image has.',
  fix: 'Name a release of the base on the `FROM` line, at best with its digest.',
  references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  concerns: 'container',
  *check({ image: { annotations, config } }) {
    const name = annotations.get(key) ?? config.labels.get(key)
    if (name === undefined || name === '' || name === 'scratch' || !isLatest(name)) return
    yield { content: { field: annotations.has(key) ? 'annotations' : 'Labels' }, message: `base ${quote(name)} has no tag but latest` }
  },
}

function isLatest(name: string): boolean {
  try {
    const { tag, digest } = parseReference(name)
    return digest === undefined && (tag === undefined || tag === 'latest')
  } catch {
    // A label can say anything; what is no reference is no base that anybody can name.
    return false
  }
}
