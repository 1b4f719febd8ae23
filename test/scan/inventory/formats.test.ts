import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { formats } from '../../../src/scan/inventory/formats.ts'

test('the list has every format of its folder, in alphabetical order, each with a test', async () => {
  const names = formats.map(({ name }) => name)
  const folder = await readdir(new URL('../../../src/scan/inventory/', import.meta.url))
  const tests = await readdir(new URL('.', import.meta.url))
  const files = folder.filter((file) => file !== 'format.ts' && file !== 'formats.ts').map((file) => file.replace(/\.ts$/, ''))
  expect(names).toEqual(files.sort())
  expect(names.filter((name) => !tests.includes(`${name}.test.ts`))).toEqual([])
})
