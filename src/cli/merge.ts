import { readdir, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { Command } from 'commander'
import { quote, UsageError } from '../findings.ts'
import type { TelemetryOptions } from '../publish/observability/telemetry.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports, writeText } from './output.ts'
import { addTelemetryOptions, openTelemetry } from './telemetry.ts'

interface MergeOptions extends TelemetryOptions {
  readonly path?: string
  readonly verdictFile?: string
  readonly resultsDirectory?: string
}

export const mergeCommand: MakeCommand = (setStatus) => {
  const destinations: Destination[] = []
  const command = new Command('merge')
    .description('Join the reports of all shards of a plan into the one that a single run would have given.')
    .argument('<report...>', 'reports of `check --shard I/N --format json`, or folders of them')
    .option('--path <folder>', 'the folder of the repository that was judged: files are named from the repository’s root')
    .option('--verdict-file <file>', 'write the verdict alone to this file, as a pipeline’s result')
    .option('--results-directory <folder>', 'write the results there, one file each, as Tekton takes them')
  return addOutputOptions(addTelemetryOptions(command), destinations).action(
    async (files: readonly string[], { path, verdictFile, resultsDirectory, ...options }: MergeOptions) => {
      const wanted = checkDestinations(destinations)
      const telemetry = await openTelemetry(options)
      const prefix = prefixOf(path || '.')
      const [{ mergeReports }, { readShardReport }, { relocate }] = await Promise.all([
        import('../gate/merge.ts'),
        import('../gate/merge-read.ts'),
        import('../publish/github/place.ts'),
      ])
      const joined = mergeReports(await Promise.all((await reportFiles(files)).map(readShardReport)))
      const { report } = relocate({ report: joined, lines: () => [] }, prefix)
      await writeReports({ report, lines: () => [] }, wanted, options.logFormat !== 'json')
      await telemetry.finish(report)
      if (verdictFile) await writeText(report.verdict, verdictFile)
      if (resultsDirectory) await (await import('../publish/tekton/results.ts')).writeReportResults(resultsDirectory, report, new Date())
      setStatus(exitStatus[report.verdict])
    },
  )
}

/** `''`, or `deploy/`. */
function prefixOf(path: string): string {
  const folder = posix.normalize(path).replace(/\/+$/u, '')
  if (folder.startsWith('/') || folder.split('/').includes('..'))
    throw new UsageError(`--path ${quote(path)}: expected a folder of the repository`)
  return folder === '.' || folder === '' ? '' : `${folder}/`
}

/** Of a folder, the `.json` files in it, however deep. What cannot be read is told by who reads it. */
async function reportFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const isFolder = await stat(path).then(
        (status) => status.isDirectory(),
        () => false,
      )
      if (!isFolder) return [path]
      return (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.json')).map((name) => join(path, name))
    }),
  )
  return found.flat().sort()
}
