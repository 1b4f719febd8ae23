import { describe, expect, test } from 'vitest'
import { scoreAnomaly } from '../../../src/scan/anomaly/score.ts'
import type { ImageProfile } from '../../../src/scan/profile.ts'
import { honestProfiles, plantedCases } from '../../builders/profile-series.ts'

const seeds = Array.from({ length: 24 }, (_, index) => index + 1)
const lengths = [9, 20, 40] as const

function last(series: readonly ImageProfile[]): { readonly image: ImageProfile; readonly earlier: readonly ImageProfile[] } {
  const image = series.at(-1)
  if (!image) throw new Error('empty series')
  return { image, earlier: series.slice(0, -1) }
}

describe('a series of honest updates', () => {
  test.each(lengths)('of %i images has no anomaly at its end, whatever the seed', (length) => {
    const found = seeds.filter((seed) => {
      const { image, earlier } = last(honestProfiles(seed, length))
      return scoreAnomaly(image, earlier)?.is_anomaly !== false
    })
    expect(found).toEqual([])
  })

  test('has none at any of its images', () => {
    const series = honestProfiles(5, 30)
    expect(series.slice(8).filter((image, index) => scoreAnomaly(image, series.slice(0, index + 8))?.is_anomaly)).toEqual([])
  })
})

describe('something planted', () => {
  test.each(Object.entries(plantedCases))('is found in every series: %s', (_, plant) => {
    const missed = seeds.flatMap((seed) =>
      lengths.filter((length) => {
        const { image, earlier } = last(honestProfiles(seed, length))
        return !scoreAnomaly(plant(image), earlier)?.is_anomaly
      }),
    )
    expect(missed).toEqual([])
  })

  test('is told in words, the strongest first', () => {
    const { image, earlier } = last(honestProfiles(3, 20))
    const plant = plantedCases['a setuid file and a packed miner']
    const anomaly = plant && scoreAnomaly(plant(image), earlier)
    expect(anomaly?.because.slice(0, 2)).toEqual([
      '1 setuid or setgid file ("usr/bin/.helper") that no earlier image had',
      '"usr/lib/kworker" looks packed or encrypted (7.90 bits a byte), which no earlier binary did so much',
    ])
    expect(anomaly).toMatchObject({ is_anomaly: true, history: 19 })
    expect(anomaly?.confidence).toBeGreaterThan(0.6)
  })

  test('is no anomaly any more once an earlier image had it', () => {
    const { image, earlier } = last(honestProfiles(3, 20))
    const planted = plantedCases['a setuid file and a packed miner']?.(image) ?? image
    expect(scoreAnomaly({ ...planted, digest: 'next' }, [...earlier, planted])?.is_anomaly).toBe(false)
  })
})

test.each([
  [7, undefined],
  [8, 8],
  [50, 50],
  [70, 50],
])('of %i earlier images %j are compared', (count, compared) => {
  const { image, earlier } = last(honestProfiles(1, count + 1))
  expect(scoreAnomaly(image, earlier)?.history).toBe(compared)
})

test('the same images give the same score', () => {
  const { image, earlier } = last(honestProfiles(2, 20))
  expect(scoreAnomaly(image, earlier)).toEqual(scoreAnomaly(image, earlier))
})

test('what was not read makes the score less sure, and no anomaly', () => {
  const { image, earlier } = last(honestProfiles(2, 20))
  const { files: _, ...without } = image
  const [known, unknown] = [
    scoreAnomaly(image, earlier),
    scoreAnomaly(
      without,
      earlier.map(({ files: __, ...each }) => each),
    ),
  ]
  expect(unknown?.is_anomaly).toBe(false)
  expect(unknown?.confidence).toBeLessThan(known?.confidence ?? 0)
})

test('names from an image are quoted', () => {
  const { image, earlier } = last(honestProfiles(2, 20))
  const files = image.files && { ...image.files, setuid: [...image.files.setuid, { path: 'x\u001b[31m"y', isOwned: false, layer: '' }] }
  expect(scoreAnomaly({ ...image, ...(files && { files }) }, earlier)?.because[0]).toContain('"x\\u{1b}[31m\\"y"')
})
