/** Where an image comes from: https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys */
import type { ImageRule } from '../rule.ts'

/** The specification's key, then what builders wrote before it. */
const keys = [
  ['org.opencontainers.image.source', 'org.label-schema.vcs-url', 'vcs-url', 'io.openshift.build.source-location'],
  ['org.opencontainers.image.revision', 'org.label-schema.vcs-ref', 'vcs-ref', 'io.openshift.build.commit.id'],
] as const

export const noSource: ImageRule = {
  id: 'image/no-source',
  severity: 'low',
  title: 'Image does not say which source it was built from',
  why: 'When the image has a flaw, somebody has to find the repository and the commit that it was made of. Without them that is a guess, and nobody can build it again to compare.',
  fix: 'Set the labels `org.opencontainers.image.source` and `org.opencontainers.image.revision` when the image is built; docker/metadata-action and most build systems do.',
  references: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys'],
  concerns: 'container',
  *check({ image: { annotations, config } }) {
    const missing = keys.filter((names) => !names.some((name) => annotations.get(name) || config.labels.get(name))).map(([name]) => name)
    if (missing.length > 0) yield { content: { field: 'Labels' }, message: `image has no ${missing.join(' and no ')}` }
  },
}
