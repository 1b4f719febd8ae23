/** References that a registry may point elsewhere tomorrow: https://kubernetes.io/docs/concepts/containers/images/#image-names */
import { quote, type Suggestion } from '../../../findings.ts'
import { splitReference } from '../../../oci/reference.ts'
import type { ImageUse, Repository } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'

export const mutableTag: Rule<ImageUse> = {
  id: 'image/mutable-tag',
  severity: 'medium',
  title: 'Image is not pinned to a digest',
  why: 'A tag can be moved to other content after it was reviewed, scanned and signed; `latest`, or no tag at all, is moved as a matter of course.',
  fix: 'Name the image by its digest (`name:tag@sha256:…`); at the least, name the tag of one release.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  *check(use, { repository, settings }) {
    const { reference, location } = use
    const { tag, digest } = splitReference(reference)
    if (digest !== undefined) return
    const name = quote(reference)
    const suggestion = pinned(use, settings.digests?.get(reference), repository)
    const detail = { location, ...(suggestion && { suggestion }) }
    if (tag === undefined) yield { ...detail, message: `image ${name} has neither a tag nor a digest, and means latest` }
    else if (tag === 'latest') yield { ...detail, message: `image ${name} is whatever the tag latest names` }
    else yield { ...detail, message: `image ${name} has a tag that can be moved, and no digest`, severity: 'low' }
  },
}

/** The line with the digest that was judged; only where the reference itself is written on it, once. */
function pinned({ location, literal, reference }: ImageUse, digest: string | undefined, repository: Repository): Suggestion | undefined {
  const line = repository.lines(location.file)[location.startLine - 1]
  if (digest === undefined || literal === undefined || line === undefined) return undefined
  const [start, end] = [literal.startColumn - 1, literal.endColumn - 1]
  const written = line.slice(start, end)
  const at = written.lastIndexOf(reference)
  if (at === -1) return undefined
  const after = start + at + reference.length
  return {
    startLine: location.startLine,
    endLine: location.startLine,
    replacement: `${line.slice(0, after)}@${digest}${line.slice(after)}`,
  }
}
