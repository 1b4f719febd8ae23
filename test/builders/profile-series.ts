/** Profiles of the images of one repository, as honest work makes them one after the other: more kinds of repositories than images could be built for. */
import { random } from '../../src/scan/anomaly/forest.ts'
import type { ImageProfile } from '../../src/scan/profile.ts'

const day = 86_400_000

/** A name without numbers, which count as versions. */
function letters(number: number): string {
  return `${String.fromCharCode(97 + (number % 26))}${number >= 26 ? letters(Math.floor(number / 26) - 1) : ''}`
}

/** Sizes from 3 MB to 400 MB, up to a hundred packages, a step of days to months; helpers, ports, layers and whole bases come and go now and then. */
export function honestProfiles(seed: number, length: number): readonly ImageProfile[] {
  const next = random(seed * 7919)
  const upTo = (bound: number): number => Math.floor(next() * bound)
  const typeOf = (): string => (next() < 0.6 ? 'deb' : 'npm')
  let packages = Array.from({ length: 20 + upTo(100) }, (_, index) => ({ type: typeOf(), name: `p-${letters(index)}`, revision: 1 }))
  let binaries = Array.from({ length: upTo(5) }, (_, index) => ({ path: `srv/app-${letters(index)}`, entropy: 5.5 + next(), layer: '' }))
  const setuid = Array.from({ length: upTo(8) }, (_, index) => ({ path: `usr/bin/su-${letters(index)}`, isOwned: true, layer: '' }))
  const ports = next() < 0.7 ? ['8080/tcp'] : []
  const [gap, growth] = [1 + upTo(30), 0.01 + next() * 0.05]
  let [sizeBytes, time, layers, come] = [3e6 * Math.exp(next() * 5), Date.parse('2025-01-01'), 3 + upTo(8), 0]
  const add = (count: number, type?: string): void => {
    packages = [
      ...packages,
      ...Array.from({ length: count }, () => ({ type: type ?? typeOf(), name: `new-${letters(come++)}`, revision: 1 })),
    ]
    sizeBytes *= 1 + 0.01 * count
  }
  return Array.from({ length }, (_, index) => {
    time += gap * day * (0.3 + 4 * next() ** 2)
    sizeBytes *= 1 + growth * (1.2 * next() - 0.2)
    packages = packages.map((one) => (next() < 0.15 ? { ...one, revision: one.revision + 1 } : one))
    if (next() < 0.3) add(1 + upTo(next() < 0.2 ? 25 : 3))
    if (next() < 0.15) packages = packages.toSpliced(upTo(packages.length), 1)
    if (next() < 0.07) binaries.push({ path: `srv/tool-${letters(index)}`, entropy: 5.6 + next(), layer: '' })
    if (next() < 0.04) ports.push(`${9000 + index}/tcp`)
    if (next() < 0.06) layers += next() < 0.7 ? 1 : -1
    if (next() < 0.02) {
      layers = 4 + upTo(8)
      sizeBytes *= 0.8 + 0.5 * next()
      add(15, 'deb')
    }
    binaries = binaries.map((each) => ({ ...each, entropy: each.entropy + (next() - 0.5) * 0.05 }))
    return {
      digest: `image-${seed}-${index}`,
      created: new Date(time).toISOString(),
      packages: packages.map(({ type, name, revision }) => ({ type, name, version: `${revision}` })),
      networkServices: [],
      files: { setuid, binaries: [...binaries], worldWritable: 2, unpackedBytes: Math.round(2.5 * sizeBytes), omitted: 0 },
      ports: [...ports],
      user: 'app',
      entrypoint: ['/srv/app'],
      command: [],
      environment: [],
      sizeBytes: Math.round(sizeBytes),
      layers: Array.from({ length: layers }, (__, number) => `layer-${number}`),
      isWhole: true,
    }
  })
}

const backDoor = { path: 'usr/bin/.helper', isOwned: false, layer: '' }
const miner = { path: 'usr/lib/kworker', entropy: 7.9, layer: '' }

function withFiles(
  image: ImageProfile,
  more: Pick<NonNullable<ImageProfile['files']>, 'setuid' | 'binaries'>,
  sizeBytes = 0,
): ImageProfile {
  const { files } = image
  if (!files) return image
  const planted = { ...files, setuid: [...files.setuid, ...more.setuid], binaries: [...files.binaries, ...more.binaries] }
  return { ...image, files: planted, sizeBytes: image.sizeBytes + sizeBytes }
}

export const plantedCases: Readonly<Record<string, (image: ImageProfile) => ImageProfile>> = {
  'a setuid file and a packed miner': (image) =>
    withFiles(image, { setuid: [backDoor], binaries: [miner, { ...miner, path: backDoor.path, entropy: 6 }] }, 3e6),
  'a setuid file and a miner that is not packed': (image) =>
    withFiles(image, { setuid: [backDoor], binaries: [{ ...miner, entropy: 6.3 }] }, 3e6),
  'a setuid file alone': (image) => withFiles(image, { setuid: [backDoor], binaries: [] }),
  'a packed miner alone': (image) => withFiles(image, { setuid: [], binaries: [miner] }, 3e6),
}
