/** The images of the conformance data, each as the only layer of an image: no package more and none fewer than the native tools list. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Package } from '../../src/findings.ts'
import { readEvidence } from '../../src/scan/read-evidence.ts'
import { memoryImage } from './memory-image.ts'

const folder = new URL('../../../shared/conformance/images/', import.meta.url)

const ofApk = ({ name, version, source }: Package) => [name, version, source].join('\t')
const ofDpkg = ({ name, version, source, sourceVersion }: Package) => [name, version, source, sourceVersion].join('\t')
const ofRpm = ({ name, version, architecture }: Package) => {
  const parts = /^(?:([0-9]+):)?(.+)-([^-]+)$/.exec(version)
  return [name, parts?.[1] ?? '(none)', parts?.[2], parts?.[3], architecture ?? '(none)'].join('\t')
}

const images: readonly [name: string, count: number, distribution: string, line: (one: Package) => string][] = [
  ['almalinux-8-bdb', 36, 'almalinux 8.6', ofRpm],
  ['almalinux-9-sqlite', 37, 'almalinux 9.1', ofRpm],
  ['alpine-3.11-aged', 14, 'alpine 3.11.0', ofApk],
  ['alpine-3.15.11', 14, 'alpine 3.15.11', ofApk],
  ['alpine-3.20.3', 14, 'alpine 3.20.3', ofApk],
  ['amazonlinux-2023-sqlite', 103, 'amzn 2023', ofRpm],
  ['debian-11-aged', 169, 'debian 11', ofDpkg],
  ['debian-12', 100, 'debian 12', ofDpkg],
  ['debian-12-status.d', 9, 'debian 12', ofDpkg],
  ['rhel-8.8-bdb', 1, 'rhel 8.8', ofRpm],
  ['sles-15.3-ndb', 35, 'sles 15.3', ofRpm],
]

describe.skipIf(!existsSync(folder))('conformance images (../shared/conformance/images)', () => {
  test.each(images)('%s has its %i packages', async (name, count, distribution, line) => {
    const { image, source, digests } = memoryImage([readFileSync(new URL(`${name}.tar.gz`, folder))])
    const evidence = await readEvidence(image, source, { signal: new AbortController().signal })
    const expected = readFileSync(new URL(`${name}.packages.tsv`, folder), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
    expect(evidence.packages.map(line).sort()).toEqual(expected.sort())
    expect(evidence.packages).toHaveLength(count)
    expect(`${evidence.distribution?.id} ${evidence.distribution?.version}`).toBe(distribution)
    expect(evidence.gaps).toEqual([])
    expect([...new Set(evidence.packages.map(({ layer }) => layer))]).toEqual(digests)
  })
})
