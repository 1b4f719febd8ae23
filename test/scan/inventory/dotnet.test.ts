import { expect, test } from 'vitest'
import { dotnet } from '../../../src/scan/inventory/dotnet.ts'
import { readFormat, summary } from './read-format.ts'

const path = 'app/Shop.deps.json'

test('packages and runtime packs are libraries of others, projects are not', async () => {
  const libraries = {
    'Shop/1.0.0': { type: 'project' },
    'Newtonsoft.Json/13.0.1': { type: 'package', sha512: 'x' },
    'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { type: 'runtimepack' },
    'System.Private/1.0.0.0': { type: 'reference' },
  }
  expect(await readFormat(dotnet, path, JSON.stringify({ libraries }))).toEqual([
    { kind: 'package', type: 'nuget', name: 'Newtonsoft.Json', version: '13.0.1' },
    { kind: 'package', type: 'nuget', name: 'Microsoft.NETCore.App.Runtime.linux-x64', version: '8.0.1' },
  ])
})

test('a library without a version is a gap', async () => {
  expect(summary(await readFormat(dotnet, path, '{"libraries": {"Nameless": {"type": "package"}}}'))).toEqual({
    packages: [],
    gaps: ['library without a name or a version'],
  })
})

test('a file that is cut short, or has no libraries, is an error', async () => {
  await expect(readFormat(dotnet, path, '{"libraries": {')).rejects.toThrow(SyntaxError)
  await expect(readFormat(dotnet, path, '{"libraries": []}')).rejects.toThrow('file has no libraries')
})
