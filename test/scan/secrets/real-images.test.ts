/** Real file systems: nothing that a distribution ships is somebody's secret. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../../src/policy/read.ts'
import { readEvidence } from '../../../src/scan/read-evidence.ts'
import { secretsCheck } from '../../../src/scan/secrets/check.ts'
import { memoryImage } from '../memory-image.ts'

const folder = new URL('../../../../shared/conformance/images/', import.meta.url)
const images = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.tar.gz')) : []

describe.skipIf(images.length === 0)('conformance images (../shared/conformance/images)', () => {
  test.each(images)('%s has none', async (name) => {
    const { image, source } = memoryImage([readFileSync(new URL(name, folder))])
    const evidence = await readEvidence(image, source, { signal: new AbortController().signal })
    const { problems, gaps } = secretsCheck.check({ image, evidence, policy: defaultPolicy(), now: new Date('2026-01-01') })
    expect(problems).toEqual([])
    expect(gaps).toEqual([])
  })
})
