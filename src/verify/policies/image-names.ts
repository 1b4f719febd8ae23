/** The names by which cluster policies may mean an image. */
import type { Digest, Reference } from '../../oci/source.ts'
import type { AdmissionPolicy, ImagePattern } from './requirement.ts'

/** True where the policy speaks of this image. Every way in which a policy may write the name counts: in doubt, it applies. */
export function appliesTo({ images, except }: AdmissionPolicy, reference: Reference, digest: Digest): boolean {
  const names = namesOf(reference, digest)
  const isNamed = (pattern: ImagePattern) => names.some((name) => matchesImage(pattern, name))
  return images.some(isNamed) && !isSpared(except, reference)
}

/** In doubt, it is not spared: only its full name with its tag, or without one, counts. */
function isSpared(except: readonly ImagePattern[], { registry, repository, tag }: Reference): boolean {
  const name = `${registry}/${repository}${tag ? `:${tag}` : ''}`
  return except.some((pattern) => matchesImage(pattern, name))
}

function namesOf({ registry, repository, tag = 'latest', text }: Reference, digest: Digest): readonly string[] {
  const isHub = registry === 'docker.io' || registry === 'index.docker.io'
  const registries = isHub ? ['docker.io', 'index.docker.io'] : [registry]
  const repositories = isHub && repository.startsWith('library/') ? [repository, repository.slice('library/'.length)] : [repository]
  const bare = registries.flatMap((host) => repositories.map((path) => `${host}/${path}`))
  return [...bare.flatMap((name) => [`${name}:${tag}`, `${name}@${digest}`, `${name}:${tag}@${digest}`, name]), text]
}

function matchesImage({ text, stars }: ImagePattern, name: string): boolean {
  // policy-controller reads these two so. https://github.com/sigstore/policy-controller/blob/main/pkg/apis/glob/glob.go
  const pattern = stars === 'path' ? (short.get(text) ?? text) : text
  const parts = pattern.split(/(\*+|\?)/u).map((part) => {
    if (part.startsWith('*')) return stars === 'text' || part.length > 1 ? '.*' : '[^/]*'
    if (part === '?' && stars === 'text') return '.'
    return part.replace(/[\\^$.|?+()[\]{}/]/gu, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`, 'su').test(name)
}

const short = new Map([
  ['*', 'index.docker.io/library/*'],
  ['*/*', 'index.docker.io/*/*'],
])
