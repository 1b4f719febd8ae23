/** References that a registry may point elsewhere tomorrow: https://kubernetes.io/docs/concepts/containers/images/#image-names */
import { quote } from '../../../findings.ts'
import type { ImageUse } from '../../../repo/repository.ts'
import { splitReference } from '../../reference.ts'
import type { Rule } from '../../rule.ts'

export const mutableTag: Rule<ImageUse> = {
  id: 'image/mutable-tag',
  severity: 'medium',
  title: 'Image is not pinned to a digest',
  why: 'A tag can be moved to other content after it was reviewed, scanned and signed; `latest`, or no tag at all, is moved as a matter of course.',
  fix: 'Name the image by its digest (`name:tag@sha256:…`); at the least, name the tag of one release.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  *check({ reference, location }) {
    const { tag, digest } = splitReference(reference)
    if (digest !== undefined) return
    const name = quote(reference)
    if (tag === undefined) yield { location, message: `image ${name} has neither a tag nor a digest, and means latest` }
    else if (tag === 'latest') yield { location, message: `image ${name} is whatever the tag latest names` }
    else yield { location, message: `image ${name} has a tag that can be moved, and no digest`, severity: 'low' }
  },
}
