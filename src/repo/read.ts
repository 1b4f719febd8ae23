/** Reads a tree: what it would put into a cluster, and what could not be told. */
import type { Gap } from '../findings.ts'
import type { DockerfileOptions } from '../formats/dockerfile.ts'
import { mapBounded } from './bounded.ts'
import { candidateKind } from './candidates.ts'
import { isComposeFile, readCompose } from './compose.ts'
import { type FileReading, gapAt, isJudged, type JudgedFile, readDockerfile, readManifest, skip, unreadable } from './file-reading.ts'
import { dockerfileImageUses, objectImageUses } from './image-uses.ts'
import type { FileContents, KnownFiles } from './known-files.ts'
import { objectOf, type TypedRoot } from './objects.ts'
import { comparePaths, folderOf } from './path.ts'
import type { PodTemplates } from './pod.ts'
import { isProgramSource } from './program-source.ts'
import { type RenderOptions, renderTree } from './render/render.ts'
import type { Dockerfile, ImageUse, KubernetesObject, Repository } from './repository.ts'
import { clusterScopes, type Scopes } from './scopes.ts'
import { referencedImageUses } from './tekton-references.ts'
import { folderLeavesTree, leavesTree, type Tree, type TreeFile } from './tree.ts'
import { isWorkflowFile, readWorkflow } from './workflow.ts'

export interface ReadOptions {
  /** Where kinds that Kubernetes does not know keep pods. */
  readonly podTemplates?: PodTemplates
  /** Build arguments for `FROM`, before the defaults in the files. */
  readonly buildArguments?: ReadonlyMap<string, string>
  /** The platform that is built for: `linux/amd64` where it is not said. */
  readonly platform?: string
  /** How charts and overlays are rendered. */
  readonly render?: RenderOptions
  /** Shared by trees of which one is a change of the other. */
  readonly known?: KnownFiles
}

const readsAtOnce = 16
const manifestLimitBytes = 32 << 20
const dockerfileLimitBytes = 1 << 20
const environmentLimitBytes = 1 << 16

/** Never throws for what is in the tree: it becomes a gap. Objects are in the order of files and of documents in them. */
export async function readRepository(tree: Tree, options: ReadOptions = {}): Promise<Repository> {
  let files: readonly TreeFile[]
  try {
    files = await tree.files()
  } catch (error) {
    return repositoryOf([], options, [{ subject: tree.name, message: messageOf(error), locations: [] }])
  }
  const candidates = files.filter(({ path, unreadable: reason }) => candidateKind(path) !== undefined || reason === folderLeavesTree)
  const known = new Set(candidates.map(({ path }) => path))
  const rendered = await renderTree(tree, files, options.render ?? {})
  const read = await mapBounded(
    candidates,
    readsAtOnce,
    async (file) => rendered.get(file.path) ?? (await readFile(tree, file, known, options)),
  )
  const named = await readNamedDockerfiles(tree, read, options)
  // A chart's helpers are no candidates by their name, and may be where a finding stands; an overlay that is named may be no file.
  const others = [...rendered.values()].filter((reading) => !known.has(reading.file) && (isJudged(reading) || reading.gaps.length > 0))
  const readings = [...read, ...named, ...others].sort((a, b) => comparePaths(a.file, b.file))
  const paths = new Set(files.map(({ path }) => path))
  return { ...repositoryOf(readings, options, []), hasFile: (path) => paths.has(path) }
}

/** Dockerfiles that another file names, whatever they are called. */
async function readNamedDockerfiles(tree: Tree, readings: readonly FileReading[], options: ReadOptions): Promise<readonly FileReading[]> {
  const named = readings.filter(isJudged).flatMap(({ file, namedDockerfiles = [] }) => namedDockerfiles.map((one) => ({ file, ...one })))
  const byPath = new Map(named.map((one) => [one.path, one]))
  return mapBounded([...byPath.values()], readsAtOnce, async ({ path, file, line }) => {
    try {
      const bytes = await tree.read(path, dockerfileLimitBytes)
      if (bytes !== undefined) return readDockerfile(path, bytes, dockerfileOptions(options))
      const reason = 'named as a Dockerfile, and not there'
      return { file: path, reason, gaps: [gapAt(file, line, `${path}: ${reason}`)] }
    } catch (error) {
      return unreadable(path, messageOf(error))
    }
  })
}

async function readFile(
  tree: Tree,
  { path, linksTo, unreadable: reason }: TreeFile,
  candidates: ReadonlySet<string>,
  options: ReadOptions,
): Promise<FileReading> {
  // What a cluster is given through such a link is not seen; a link to nothing gives it nothing.
  if (reason !== undefined) return reason === leavesTree || reason === folderLeavesTree ? unreadable(path, reason) : skip(path, reason)
  if (linksTo !== undefined && candidates.has(linksTo)) return skip(path, `link to ${linksTo}, which is read itself`)
  const isDockerfile = candidateKind(path) === 'dockerfile'
  try {
    const blob = tree.blobOf?.(path)
    const known = blob === undefined ? undefined : options.known?.named(path, blob)
    if (known) return known
    const bytes = await tree.read(path, isDockerfile ? dockerfileLimitBytes : manifestLimitBytes)
    if (bytes === undefined) return unreadable(path, 'not there any more')
    if (isDockerfile && isProgramSource(path, bytes)) return skip(path, 'a program by its name, and no Dockerfile by its text')
    if (isDockerfile) return readDockerfile(path, bytes, dockerfileOptions(options))
    if (isComposeFile(path)) {
      const environment = await readEnvironmentFile(tree, folderOf(path))
      return both(readCompose(path, bytes, environment), readManifest(path, bytes))
    }
    const read = () => (isWorkflowFile(path) ? both(readWorkflow(path, bytes), readManifest(path, bytes)) : readManifest(path, bytes))
    return options.known ? options.known.reading(tree, path, bytes, read) : read()
  } catch (error) {
    return unreadable(path, messageOf(error))
  }
}

/** A name promises nothing: objects are found in a file that is called after something else. */
function both(named: FileReading, manifest: FileReading): FileReading {
  if (!isJudged(manifest) || manifest.roots.length === 0) return named
  return isJudged(named) ? { ...named, roots: manifest.roots, gaps: [...named.gaps, ...manifest.gaps] } : manifest
}

function dockerfileOptions({ buildArguments, platform }: ReadOptions): DockerfileOptions {
  return { ...(buildArguments ? { arguments: buildArguments } : {}), ...(platform ? { platform } : {}) }
}

/** The variables that Compose takes from beside its file; empty where there are none. */
async function readEnvironmentFile(tree: Tree, folder: string): Promise<string> {
  const bytes = await tree.read(folder === '' ? '.env' : `${folder}/.env`, environmentLimitBytes)
  return Buffer.from(bytes ?? []).toString('utf8')
}

function repositoryOf(readings: readonly FileReading[], options: ReadOptions, outerGaps: readonly Gap[]): Repository {
  const judged = readings.filter(isJudged)
  const skippedFiles = readings.flatMap((reading) => (isJudged(reading) ? [] : [{ file: reading.file, reason: reading.reason }]))
  const scopes = clusterScopes(judged.flatMap(({ roots }) => roots.filter(isDefinition).map(({ root }) => root)))
  const objects: KubernetesObject[] = []
  const dockerfiles: Dockerfile[] = judged.flatMap(({ inlineDockerfiles = [] }) => inlineDockerfiles)
  const imageUses: ImageUse[] = []
  for (const reading of judged) {
    const { dockerfile, imageUses: ownUses = [], lines } = reading
    const make = () => contentsOf(reading, scopes, options)
    const contents = options.known ? options.known.contents(reading, scopes, make) : make()
    // One by one: a file may have more of them than a call takes arguments.
    for (const object of contents.objects) objects.push(object)
    for (const use of [...ownUses, ...contents.imageUses]) imageUses.push(use)
    if (!dockerfile) continue
    dockerfiles.push(dockerfile)
    imageUses.push(...dockerfileImageUses(dockerfile, lines()))
  }
  for (const use of referencedImageUses(objects, imageUses)) imageUses.push(use)
  const linesOf = new Map(judged.map((reading) => [reading.file, reading.lines]))
  return {
    objects,
    dockerfiles,
    imageUses,
    composeServices: judged.flatMap(({ composeServices = [] }) => composeServices),
    workflows: judged.flatMap(({ file, workflows = [] }) => workflows.map((root) => ({ file, root }))),
    gaps: [...outerGaps, ...readings.flatMap(({ gaps }) => gaps)],
    coverage: { judged: judged.length, skipped: skippedFiles.length, skippedFiles },
    lines: (file) => linesOf.get(file)?.() ?? [],
  }
}

function isDefinition({ kind }: TypedRoot): boolean {
  return kind === 'CustomResourceDefinition'
}

function contentsOf({ file, roots, digest }: JudgedFile, scopes: Scopes, { podTemplates }: ReadOptions): FileContents {
  const objects = roots.map((root, index) =>
    objectOf(file, root, scopes, podTemplates, digest === undefined ? undefined : { digest, index }),
  )
  return { objects, imageUses: objects.flatMap((object) => [...objectImageUses(object)]) }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
