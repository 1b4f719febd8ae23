import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { reportResults, writeReportResults, writeResults } from '../../../src/publish/tekton/results.ts'
import { finding, image, report, vulnerability } from '../../builders/report.ts'
import { temporaryFolder } from '../../builders/tree.ts'

const now = new Date('2026-01-01T10:00:00.123Z')
const digest = (index: number) => `sha256:${index.toString(16).padStart(64, '0')}`

describe('the results of a report', () => {
  test('fit beside each other into the message of a pod, however many images and reasons there are', () => {
    const subjects = Array.from({ length: 2000 }, (_, index) =>
      image({ reference: `registry.example.com/app-${index}:1`, digest: digest(index) }),
    )
    const results = reportResults(report({ subjects, reasons: ['不'.repeat(5000)] }), now)
    // Tekton's own form of the message: https://github.com/tektoncd/pipeline/blob/main/pkg/termination/write.go
    const message = JSON.stringify([...results].map(([key, value]) => ({ key, value, type: 1 })))
    expect(Buffer.byteLength(message)).toBeLessThan(4096)
    expect(JSON.parse(results.get('images') ?? '').length).toBeGreaterThan(5)
  })

  test('name each image by its digest, once, as Chains reads it', () => {
    const subjects = [
      image(),
      image(),
      image({ reference: `a.example/b@${digest(1)}`, digest: digest(1) }),
      { ...image(), reference: 'gone:1', digest: undefined },
    ]
    const results = reportResults(report({ subjects: subjects as never }), now)
    expect(JSON.parse(results.get('images') ?? '')).toEqual([`ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)}`, `a.example/b@${digest(1)}`])
  })

  test.each([
    ['SUCCESS', report()],
    ['FAILURE', report({ findings: [finding()] })],
    ['WARNING', report({ findings: [finding({ severity: 'low', blocking: false })] })],
    ['ERROR', report({ gaps: [{ subject: 'a', message: 'b', locations: [] }] })],
    ['SKIPPED', report({ coverage: { files: { judged: 0, skipped: 0 }, objects: 0, dockerfiles: 0, images: { judged: 0, failed: 0 } } })],
  ])('say %s in the form of Konflux', (result, some) => {
    expect(JSON.parse(reportResults(some, now).get('TEST_OUTPUT') ?? '')).toMatchObject({ result, timestamp: '2026-01-01T10:00:00+00:00' })
  })

  test('count vulnerabilities apart by whether a version mends them, without those that are waived', () => {
    const findings = [
      vulnerability('CVE-1', { fixed: '2' }),
      vulnerability('CVE-2'),
      vulnerability('CVE-3', {}, { state: 'waived' }),
      finding(),
    ]
    const none = { critical: 0, medium: 0, low: 0, unknown: 0 }
    expect(JSON.parse(reportResults(report({ findings }), now).get('SCAN_OUTPUT') ?? '')).toEqual({
      vulnerabilities: { ...none, high: 1 },
      unpatched_vulnerabilities: { ...none, high: 1 },
    })
  })

  test('are one file each, and nothing half written is left', async () => {
    using folder = temporaryFolder()
    await writeReportResults(folder.path, report(), now)
    expect((await readdir(folder.path)).sort()).toEqual(['SCAN_OUTPUT', 'TEST_OUTPUT', 'counts', 'images', 'report-digest', 'verdict'])
    expect(await readFile(`${folder.path}/verdict`, 'utf8')).toBe('pass')
  })
})

test('a folder that cannot be written is a wrong call that names it', async () => {
  using folder = temporaryFolder({ file: '' })
  await expect(writeReportResults(`${folder.path}/file/results`, report(), now)).rejects.toThrow(
    /^--results-directory ".*file\/results": ENOTDIR/u,
  )
})

test.runIf(existsSync('/proc/self'))('a folder that can never be made is a wrong call too', async () => {
  await expect(writeReportResults('/proc/absent/results', report(), now)).rejects.toThrow(
    /^--results-directory "\/proc\/absent\/results": ENOENT/u,
  )
})

test('results over the limit are refused before one is written', async () => {
  using folder = temporaryFolder()
  await expect(writeResults(folder.path, new Map([['shards', 'x'.repeat(4000)]]))).rejects.toThrow('4000 bytes')
  expect(await readdir(folder.path)).toEqual([])
})
