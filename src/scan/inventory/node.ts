/** Installed packages of npm, pnpm and Yarn: the `package.json` of each folder of `node_modules`. https://docs.npmjs.com/cli/configuring-npm/package-json */
import { membersOf, textOf } from '../../formats/json-object.ts'
import { readBytes, readText } from '../../formats/text.ts'
import { readZip } from '../../formats/zip.ts'
import type { FoundPackage, PackageFormat } from './format.ts'

export const node: PackageFormat = {
  name: 'node',
  endings: ['package.json', '.zip'],
  reads: (path) => installed.test(path) || yarnArchive.test(path),
  async *read(file) {
    if (!yarnArchive.test(file.path)) {
      yield* fromDocument(membersOf(JSON.parse(await readText(file.body, limitBytes))))
      return
    }
    const budget = { entries: 200_000, unpackedBytes: 64 * 1024 * 1024 }
    const wanted = (name: string, sizeBytes: number) => installed.test(name) && sizeBytes <= limitBytes
    for await (const result of readZip(await readBytes(file.body, archiveLimitBytes), wanted, budget)) {
      if ('fault' in result) yield { kind: 'gap', message: result.fault }
      else yield* fromDocument(membersOf(JSON.parse(new TextDecoder().decode(result.member.bytes))))
    }
  },
}

/** pnpm's store (`node_modules/.pnpm/NAME@VERSION/node_modules/NAME`) and Yarn's unplugged packages have the same folders; links to them are not followed. */
const installed = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^@./][^/]*\/package\.json$/
/** Yarn's Plug'n'Play runs packages from its cache, one zip each. https://yarnpkg.com/features/pnp */
const yarnArchive = /(?:^|\/)\.yarn\/(?:berry\/)?cache\/[^/]+\.zip$/

/** The largest real ones have some hundred kilobytes. */
const limitBytes = 4 * 1024 * 1024
const archiveLimitBytes = 128 * 1024 * 1024

function* fromDocument(document: ReadonlyMap<string, unknown> | undefined): Generator<FoundPackage> {
  if (!document) throw new SyntaxError('the root is not an object')
  const name = textOf(document.get('name'))
  const version = textOf(document.get('version'))
  // npm publishes nothing without them: a folder of a package's own tests, or one that no registry knows.
  if (!name || !version) return
  const licenses = licensesOf(document.get('license') ?? document.get('licenses'))
  yield { kind: 'package', type: 'npm', name, version, ...(licenses.length > 0 ? { licenses } : {}) }
}

/** An expression, or (older packages) an object or a list of objects with a `type`. */
function licensesOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(licensesOf)
  const type = (value as { type?: unknown } | null | undefined)?.type
  return typeof type === 'string' ? [type] : []
}
