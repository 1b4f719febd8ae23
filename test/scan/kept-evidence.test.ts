import { expect, test } from 'vitest'
import { encodeEvidence, evidenceVersion, packageEvidenceVersion } from '../../src/scan/evidence-codec.ts'
import { createEvidenceKeeper } from '../../src/scan/kept-evidence.ts'
import type { LayerEvidence } from '../../src/scan/layer-evidence.ts'

const evidence = (path: string): LayerEvidence => ({ entries: `f${path}\0\0`, entryCount: 1, files: [], remarks: [], gaps: [] })
const large = (path: string) => evidence(path.repeat(1000))

test('evidence stays as it was read, for everybody, while there is room', () => {
  const keeper = createEvidenceKeeper([evidenceVersion])
  const one = evidence('a')
  const kept = keeper.keep({ plain: one })
  expect([keeper.take(kept), keeper.take(kept)]).toEqual([one, one])
  expect([keeper.take(kept) === one, kept.encoded]).toEqual([true, undefined])
})

test('the oldest is encoded when a newer one needs its room, and says the same', () => {
  const keeper = createEvidenceKeeper([evidenceVersion], 3000)
  const [first, second, third] = ['a', 'b', 'c'].map((path) => keeper.keep({ plain: large(path) }))
  if (!first || !second || !third) throw new Error('three were kept')
  expect([first, second, third].map(({ plain }) => plain === undefined)).toEqual([true, false, false])
  expect(keeper.take(first)).toEqual({ version: evidenceVersion, ...large('a') })
  expect(keeper.take(first)).toEqual({ version: evidenceVersion, ...large('a') })
  expect(first.plain).toBeUndefined()
})

test('what is too large to stay is plain for the first who asks alone', () => {
  const keeper = createEvidenceKeeper([evidenceVersion, packageEvidenceVersion], 100)
  const one = large('a')
  const kept = keeper.keep({ plain: one })
  expect(keeper.take(kept)).toBe(one)
  expect(kept.plain).toBeUndefined()
  expect(keeper.take(kept)).toEqual({ version: packageEvidenceVersion, ...one })
})

test('what was encoded for somebody else takes no room, and damaged bytes are no evidence', () => {
  const keeper = createEvidenceKeeper([evidenceVersion], 100)
  const kept = keeper.keep({ plain: large('a'), encoded: encodeEvidence(large('a')) })
  expect(keeper.take(kept)).toEqual(large('a'))
  expect([kept.plain, keeper.take(kept)?.entries]).toEqual([undefined, large('a').entries])
  expect(keeper.take(keeper.keep({ encoded: new Uint8Array(3) }))).toBeUndefined()
})

test.each<Partial<LayerEvidence>>([
  {
    files: [
      {
        path: 'a',
        format: 'python',
        packages: [{ kind: 'package', type: 'pypi', name: 'a'.repeat(1000), version: '1' }],
        owns: '',
        gaps: [],
      },
    ],
  },
  {
    files: [
      {
        path: 'a',
        format: 'dpkg-files',
        packages: [],
        owns: '',
        diversions: [{ kind: 'diverts', path: 'a', to: 'b'.repeat(1000), owner: ':' }],
        gaps: [],
      },
    ],
  },
  { gaps: [{ message: 'a'.repeat(1000) }] },
  { remarks: [{ path: 'a'.repeat(1000), remarks: [] }] },
])('a long text takes its room wherever it is: %o', (some) => {
  const keeper = createEvidenceKeeper([evidenceVersion], 1000)
  const one = { ...evidence('a'), ...some }
  expect([keeper.hasRoom(evidence('a')), keeper.hasRoom(one)]).toEqual([true, false])
  expect(keeper.keep({ plain: one }).encoded).toBeDefined()
})
