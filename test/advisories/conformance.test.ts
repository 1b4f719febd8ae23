import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { directory } from '../../src/advisories/files-source.ts'
import { findVulnerabilities } from '../../src/advisories/find.ts'
import { conformance, hasConformance, imagesWithFindings, readExpected, readInventory } from './conformance-images.ts'

const signal = new AbortController().signal

describe.skipIf(!hasConformance)('the public images against the public advisories', () => {
  const source = directory(join(conformance, 'osv'))

  test.each(imagesWithFindings)('$name has the expected findings, no more and no fewer', async (image) => {
    const expected = readExpected(image)
    const { problems, gaps } = await findVulnerabilities(
      { packages: readInventory(image), distribution: image.distribution },
      [source],
      signal,
    )
    expect(gaps).toEqual([])
    const found = problems.flatMap((problem) =>
      [problem.rule, ...(problem.aliases ?? [])]
        .filter((id) => /^(ALPINE|ALSA|DSA)-/.test(id))
        .map((id) => `${problem.package?.name} ${id}`),
    )
    expect(found.toSorted()).toEqual(expected.map((finding) => `${finding.package} ${finding.advisory}`).toSorted())
  })
})
