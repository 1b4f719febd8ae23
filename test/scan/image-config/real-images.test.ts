/** The conformance images, each as the only layer of an image with nothing configured: what is said of them, and how grave it is. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../../src/policy/read.ts'
import { imageConfigCheck } from '../../../src/scan/image-config/check.ts'
import { readEvidence } from '../../../src/scan/read-evidence.ts'
import { memoryImage } from '../memory-image.ts'

const folder = new URL('../../../../shared/conformance/images/', import.meta.url)
const now = new Date('2026-06-15T12:00:00Z')

/** Of an image that has no configuration at all. */
const unconfigured = ['low image/no-health-check', 'low image/no-source', 'medium image/root-user']
const past = [...unconfigured, 'medium image/end-of-life'].sort()

const images: Readonly<Record<string, readonly string[]>> = {
  'almalinux-8-bdb': unconfigured,
  'almalinux-9-sqlite': unconfigured,
  'alpine-3.11-aged': past,
  'alpine-3.15.11': past,
  'alpine-3.20.3': past,
  'amazonlinux-2023-sqlite': unconfigured,
  'debian-11-aged': unconfigured,
  'debian-12': unconfigured,
  'debian-12-status.d': unconfigured,
  'rhel-8.8-bdb': unconfigured,
  'sles-15.3-ndb': past,
}

describe.skipIf(!existsSync(folder))('conformance images (../shared/conformance/images)', () => {
  test.each(Object.entries(images))('%s has nothing high', async (name, expected) => {
    const { image, source } = memoryImage([readFileSync(new URL(`${name}.tar.gz`, folder))])
    const evidence = await readEvidence(image, source, { signal: new AbortController().signal })
    const { problems, gaps } = imageConfigCheck.check({ image, evidence, policy: defaultPolicy(), now })
    expect(problems.map(({ severity, rule }) => `${severity} ${rule}`).sort()).toEqual(expected)
    expect(gaps).toEqual([])
  })
})
