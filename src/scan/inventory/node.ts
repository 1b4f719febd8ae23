/** Installed packages of npm, pnpm and Yarn: the `package.json` of each folder of `node_modules`. https://docs.npmjs.com/cli/configuring-npm/package-json */
import { readJsonObject, textOf } from '../../formats/json-object.ts'
import type { PackageFormat } from './format.ts'

export const node: PackageFormat = {
  name: 'node',
  // pnpm's store (`node_modules/.pnpm/NAME@VERSION/node_modules/NAME`) and Yarn's unplugged packages have the same folders; links to them are not followed.
  reads: (path) => /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^@./][^/]*\/package\.json$/.test(path),
  async *read(file) {
    const document = await readJsonObject(file.body, limitBytes)
    const name = textOf(document.get('name'))
    const version = textOf(document.get('version'))
    // npm publishes nothing without them: a folder of a package's own tests, or one that no registry knows.
    if (!name || !version) return
    const licenses = licensesOf(document.get('license') ?? document.get('licenses'))
    yield { kind: 'package', type: 'npm', name, version, ...(licenses.length > 0 ? { licenses } : {}) }
  },
}

/** The largest real ones have some hundred kilobytes. */
const limitBytes = 4 * 1024 * 1024

/** An expression, or (older packages) an object or a list of objects with a `type`. */
function licensesOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(licensesOf)
  const type = (value as { type?: unknown } | null | undefined)?.type
  return typeof type === 'string' ? [type] : []
}
