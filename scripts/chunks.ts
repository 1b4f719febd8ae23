/**
 * Which modules share a file of the package. esbuild makes a file for each set of entries that share some; a command is made of a dozen entries, and
 * would load a hundred files, each of which takes Node as long as tens of kilobytes more. What the same runs load, one file has.
 */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Metafile, Plugin } from 'esbuild'

/** Modules that an entry imports besides its own, so that esbuild puts them into the file of those that it has anyway. */
export type MoreImports = ReadonlyMap<string, readonly string[]>

/** So much is loaded by whoever does not need it, rather than apart by whoever does; and so much a file in all. */
const smallBytes = 4 * 1024
const strangeBytes = 12 * 1024

interface Group {
  readonly files: string[]
  /** That load its files, or will. */
  readonly entries: Set<string>
  /** Of what some of them do not need. */
  strangeBytes: number
}

/** `runs`: entries (module paths) that are loaded together, by the name of what loads them. Throws where one is no entry of the build. */
export function sharedFiles(build: Metafile, runs: Readonly<Record<string, readonly string[]>>): MoreImports {
  const files = new Files(build.outputs)
  for (const [name, modules] of Object.entries(runs))
    for (const module of modules) if (!files.entries.has(module)) throw new Error(`run ${name}: ${module} is no entry`)
  const groups = groupsOf(files, runs)
  settle(groups, files)
  return importsOf(groups, build, files)
}

/** What a build without more imports made. */
class Files {
  readonly entries = new Set<string>()
  readonly shared: readonly string[]
  readonly #outputs: Metafile['outputs']
  /** Itself, and what it brings along. */
  readonly #needs: ReadonlyMap<string, ReadonlySet<string>>
  readonly #loadedBy = new Map<string, Set<string>>()

  constructor(outputs: Metafile['outputs']) {
    this.#outputs = outputs
    this.#needs = new Map(Object.keys(outputs).map((file) => [file, reachable(file, (from) => staticImports(outputs[from]?.imports))]))
    for (const [file, { entryPoint }] of Object.entries(outputs)) {
      if (entryPoint === undefined) continue
      this.entries.add(entryPoint)
      for (const loaded of this.needs([file])) this.#loadedBy.set(loaded, this.loadedBy(loaded).add(entryPoint))
    }
    // What has no module is esbuild's own, and all need it.
    this.shared = Object.keys(outputs)
      .filter((file) => outputs[file]?.entryPoint === undefined && this.modules(file).length > 0)
      .sort()
  }

  needs(files: Iterable<string>): Set<string> {
    return new Set([...files].flatMap((file) => [...(this.#needs.get(file) ?? [])]))
  }

  loadedBy(file: string): Set<string> {
    return this.#loadedBy.get(file) ?? new Set()
  }

  bytes(files: Iterable<string>): number {
    return [...files].reduce((sum, file) => sum + (this.#outputs[file]?.bytes ?? 0), 0)
  }

  /** Node's own modules that are asked for: some take longer than any file. */
  externals(files: Iterable<string>): Set<string> {
    const imports = [...files].flatMap((file) => this.#outputs[file]?.imports ?? [])
    return new Set(imports.flatMap(({ path, external }) => (external ? [path] : [])))
  }

  modules(file: string): string[] {
    return Object.entries(this.#outputs[file]?.inputs ?? {}).flatMap(([module, { bytesInOutput }]) => (bytesInOutput > 0 ? [module] : []))
  }
}

/** Files of the same runs and of the same entries of no run; of small groups their files are with those of more, where these bear it. */
function groupsOf(files: Files, runs: Readonly<Record<string, readonly string[]>>): readonly Group[] {
  const runsOf = new Map([...files.entries].map((entry) => [entry, Object.keys(runs).filter((name) => runs[name]?.includes(entry))]))
  const labelsOf = (entries: Iterable<string>): Set<string> =>
    new Set([...entries].flatMap((entry) => (runsOf.get(entry)?.length ? (runsOf.get(entry) ?? []) : [entry])))

  const groups = new Map<string, Group>()
  for (const file of files.shared) {
    const entries = files.loadedBy(file)
    const key = [...labelsOf(entries)].sort().join(' ')
    const group = groups.get(key) ?? { files: [], entries: new Set(), strangeBytes: 0 }
    groups.set(key, group)
    group.files.push(file)
    for (const entry of entries) group.entries.add(entry)
  }
  const bySize = [...groups.values()].sort((left, right) => files.bytes(left.files) - files.bytes(right.files))
  for (const small of bySize) {
    const labels = labelsOf(small.entries)
    const homes = bySize.flatMap((home) => {
      const homeLabels = labelsOf(home.entries)
      if (home === small || home.files.length === 0 || !labels.isSubsetOf(homeLabels)) return []
      const strange = [...files.needs(small.files)].filter((file) => !homeLabels.isSubsetOf(labelsOf(files.loadedBy(file))))
      const bytes = files.bytes(strange)
      const isBorne = bytes <= smallBytes && home.strangeBytes + bytes <= strangeBytes
      return isBorne && files.externals(strange).isSubsetOf(files.externals(files.needs(home.files))) ? [{ home, bytes }] : []
    })
    const [nearest] = homes.sort((left, right) => left.home.entries.size - right.home.entries.size)
    if (!nearest) continue
    const { home, bytes } = nearest
    home.files.push(...small.files.splice(0))
    home.strangeBytes += bytes
    for (const entry of small.entries) home.entries.add(entry)
  }
  return bySize
}

/** Whoever loads a file loads what it needs. */
function settle(groups: readonly Group[], files: Files): void {
  const groupOf = new Map(groups.flatMap((group) => group.files.map((file) => [file, group] as const)))
  for (let isSettled = false; !isSettled; ) {
    isSettled = true
    for (const group of groups)
      for (const needed of files.needs(group.files)) {
        const other = groupOf.get(needed)
        if (!other || group.entries.isSubsetOf(other.entries)) continue
        for (const entry of group.entries) other.entries.add(entry)
        isSettled = false
      }
  }
}

function importsOf(groups: readonly Group[], { inputs }: Metafile, files: Files): MoreImports {
  const more = new Map([...files.entries].map((entry) => [entry, new Set<string>()]))
  for (const group of groups)
    for (const file of group.files)
      for (const entry of group.entries.difference(files.loadedBy(file)))
        for (const module of files.modules(file)) more.get(entry)?.add(module)
  // Of libraries those come along that are needed. What needs the entry would be evaluated before it.
  const mayCome = (entry: string) => (module: string) =>
    module.startsWith('src/') && !reachable(module, (from) => staticImports(inputs[from]?.imports)).has(entry)
  return new Map([...more].map(([entry, modules]) => [entry, [...modules].sort().filter(mayCome(entry))]))
}

function staticImports(imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[] = []): string[] {
  return imports.flatMap(({ path, kind, external }) => (kind === 'dynamic-import' || external ? [] : [path]))
}

function reachable(start: string, next: (from: string) => readonly string[]): Set<string> {
  const found = new Set([start])
  for (const each of found) for (const other of next(each)) found.add(other)
  return found
}

/** Adds them to the modules of the entries, behind their own. `root`: what paths start from. */
export function importing(more: MoreImports, root = '.'): Plugin {
  const byPath = new Map([...more].map(([entry, modules]) => [resolve(root, entry), modules]))
  return {
    name: 'importing',
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
        const modules = byPath.get(path) ?? []
        if (modules.length === 0) return undefined
        const lines = modules.map((module) => `import ${JSON.stringify(resolve(root, module))}\n`)
        return { contents: `${await readFile(path, 'utf8')}\n${lines.join('')}`, loader: 'ts', resolveDir: dirname(path) }
      })
    },
  }
}
