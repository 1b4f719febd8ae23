import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { osvRecord } from '../builders/advisories.ts'
import { folderOf, reportOf } from '../builders/command.ts'
import { imageSeries, minerAndBackDoor } from '../builders/image-series.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'

const length = 20
const seeds = Array.from({ length: 20 }, (_, index) => index + 1)
/** Of a package that no image has, so that the ecosystem is known. */
const records = Array.from({ length: 12 }, (_, index) =>
  osvRecord({ id: `CVE-2024-${index + 1}`, name: 'other', events: ['introduced 0'], ecosystem: `Alpine:v3.${18 + index}` }),
)

let registry: TestRegistry
let folder: Awaited<ReturnType<typeof folderOf>>

/** Twenty repositories of twenty images each by honest work, and the same three times with something planted in the newest. */
beforeAll(async () => {
  registry = await startRegistry()
  const references: string[] = []
  for (const seed of seeds) {
    const series = imageSeries(seed, length)
    for (const { tag, image } of series) registry.push(`honest-${seed}`, tag, image)
    references.push(`honest-${seed}:${series.at(-1)?.tag}`)
    if (seed > 3) continue
    for (const { tag, image } of series.slice(0, -1)) registry.push(`planted-${seed}`, tag, image)
    const last = imageSeries(seed, length, minerAndBackDoor).at(-1)
    if (last) registry.push(`planted-${seed}`, last.tag, last.image)
    references.push(`planted-${seed}:${last?.tag}`)
  }
  const pods = references.map(
    (reference) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${reference.replace(/:.*/u, '')} }\nspec: { containers: [{ name: main, image: '${registry.host}/${reference}' }] }\n`,
  )
  folder = await folderOf({
    'tree/pods.yaml': pods.join('---\n'),
    ...Object.fromEntries(records.map((record) => [`advisories/${record.id}.json`, JSON.stringify(record)])),
  })
}, 120_000)
afterAll(async () => {
  await registry.close()
  await folder.remove()
})

const call = (...more: string[]) => [
  'check',
  `${folder.directory}/tree`,
  '--checks',
  'images',
  '--advisories',
  `${folder.directory}/advisories`,
  ...more,
]
const anomalous = ({ subjects }: Report) =>
  subjects.filter(({ anomaly }) => anomaly?.is_anomaly).map(({ reference }) => reference.replace(/^.*\/|:[^:]*$/gu, ''))

describe('check --anomaly, over series of twenty images in a registry', () => {
  let report: Report
  beforeAll(async () => {
    report = (await reportOf(call('--anomaly', '--cache', `${folder.directory}/cache`))).report
  }, 240_000)

  test('finds a miner and a setuid file that were planted, and nothing in twenty series of honest updates', () => {
    expect(anomalous(report)).toEqual(['planted-1', 'planted-2', 'planted-3'])
  })

  test('holds each against the nineteen before it, and says what made it so', () => {
    expect(new Set(report.subjects.map(({ anomaly }) => anomaly?.history))).toEqual(new Set([length - 1]))
    for (const { anomaly } of report.subjects.filter(({ reference }) => reference.includes('planted'))) {
      expect(anomaly?.because.join('\n')).toContain('1 setuid or setgid file ("usr/bin/passwd2") that no earlier image had')
      expect(anomaly?.because.join('\n')).toContain('"usr/lib/.cache/kworker" looks packed or encrypted')
    }
  })

  test('has a finding at the line of each, and none elsewhere', () => {
    const findings = report.findings.filter(({ rule }) => rule === 'image/anomaly')
    expect(findings.map(({ severity, locations }) => [severity, locations.length])).toEqual(Array.from({ length: 3 }, () => ['medium', 1]))
    expect(findings.every(({ subject }) => subject.includes('/planted-'))).toBe(true)
  })

  test('reads nothing of the earlier images again where the cache has them', async () => {
    registry.pageSize = 7
    const before = registry.seen.length
    const { report: again } = await reportOf(call('--anomaly', '--cache', `${folder.directory}/cache`))
    const blobs = registry.seen.slice(before).filter(({ path, method }) => method === 'GET' && path.includes('/blobs/'))
    // Of each image its configuration.
    expect({ blobs: blobs.length, anomalous: anomalous(again) }).toEqual({
      blobs: report.subjects.length * length,
      anomalous: anomalous(report),
    })
  }, 120_000)

  test('is not needed where the cache knows enough: --cache alone tells the same', async () => {
    const before = registry.seen.length
    const { report: again } = await reportOf(call('--cache', `${folder.directory}/cache`))
    const lists = registry.seen.slice(before).filter(({ path }) => path.includes('/tags/list'))
    expect({ lists: lists.length, scores: again.subjects.map(({ anomaly }) => anomaly) }).toEqual({
      lists: 0,
      scores: report.subjects.map(({ anomaly }) => anomaly),
    })
  }, 120_000)
})

test('scan --anomaly says the same of one image', async () => {
  const advisories = ['--advisories', `${folder.directory}/advisories`]
  const { report } = await reportOf(['scan', `${registry.host}/planted-2:1.${length - 1}.0`, '--anomaly', ...advisories])
  expect(anomalous(report)).toEqual(['planted-2'])
}, 60_000)
