import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** Megabytes of new space that a process has in the end which lets forty megabytes of objects grow old. */
function newSpaceMegabytes(hold: boolean): number {
  const module = new URL('../../src/scan/young-generation.ts', import.meta.url)
  const script = `
    import v8 from 'node:v8'
    const { holdYoungGeneration } = await import(${JSON.stringify(module.href)})
    if (${hold}) holdYoungGeneration()
    const kept = []
    for (let index = 0; index < 400_000; index++) kept.push({ index, name: String(index) })
    const { space_size } = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
    console.log(kept.length > 0 ? space_size / 2 ** 20 : 0)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }))
}

test('the young generation of a running process is kept from growing', () => {
  expect(newSpaceMegabytes(false)).toBeGreaterThan(2 * newSpaceMegabytes(true))
})
