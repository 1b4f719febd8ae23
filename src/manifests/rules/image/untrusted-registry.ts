/** The registries that the policy trusts: whole path segments, `*` within one segment. */
import { quote } from '../../../findings.ts'
import { splitReference } from '../../../oci/reference.ts'
import type { ImageUse } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'

export const untrustedRegistry: Rule<ImageUse> = {
  id: 'image/untrusted-registry',
  severity: 'high',
  title: 'Image comes from a registry that the policy does not trust',
  why: 'Whoever can push to the registry decides what runs: the policy names the registries where that is known.',
  fix: 'Copy the image to a trusted registry after review, or add its registry to the policy in a change of its own.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/'],
  *check({ reference, location }, { settings }) {
    if (settings.trustedRegistries === undefined) return
    const { registry, repository } = splitReference(reference)
    // Names of hosts are the same in capitals.
    const path = `${registry.toLowerCase()}/${repository}`
    if (settings.trustedRegistries.some((pattern) => isBelow(path, pattern))) return
    yield { location, message: `image ${quote(reference)} comes from ${quote(path)}, which is below no trusted registry` }
  },
}

/** True where the pattern's segments are the first segments of the path. */
function isBelow(path: string, pattern: string): boolean {
  const segments = path.split('/')
  const wanted = pattern.replace(/\/+$/, '').split('/')
  return wanted.length <= segments.length && wanted.every((part, index) => fits(segments[index] ?? '', part))
}

/** `*` is any run of characters, looked for from left to right: no backtracking. */
function fits(segment: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return segment === head
  if (!segment.startsWith(head) || !segment.endsWith(tail) || segment.length < head.length + tail.length) return false
  const end = segment.length - tail.length
  let from = head.length
  for (const part of rest) {
    const found = segment.indexOf(part, from)
    if (found < 0 || found + part.length > end) return false
    from = found + part.length
  }
  return true
}
