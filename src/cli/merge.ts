import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import type { TelemetryOptions } from '../publish/observability/telemetry.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports, writeText } from './output.ts'
import { addTelemetryOptions, openTelemetry } from './telemetry.ts'

interface MergeOptions extends TelemetryOptions {
  readonly verdictFile?: string
  readonly resultsDirectory?: string
}

export const mergeCommand: MakeCommand = (setStatus) => {
  const destinations: Destination[] = []
  const command = new Command('merge')
    .description('Join the reports of all shards of a plan into the one that a single run would have given.')
    .argument('<report...>', 'reports of `check --shard I/N --format json`, or folders of them')
    .option('--verdict-file <file>', 'write the verdict alone to this file, as a pipeline’s result')
    .option('--results-directory <folder>', 'write the results there, one file each, as Tekton takes them')
  return addOutputOptions(addTelemetryOptions(command), destinations).action(
    async (files: readonly string[], { verdictFile, resultsDirectory, ...options }: MergeOptions) => {
      const wanted = checkDestinations(destinations)
      const telemetry = await openTelemetry(options)
      const [{ mergeReports }, { readShardReport }] = await Promise.all([import('../gate/merge.ts'), import('../gate/merge-read.ts')])
      const report = mergeReports(await Promise.all((await reportFiles(files)).map(readShardReport)))
      await writeReports({ report, lines: () => [] }, wanted, options.logFormat !== 'json')
      await telemetry.finish(report)
      if (verdictFile) await writeText(report.verdict, verdictFile)
      if (resultsDirectory) await (await import('../publish/tekton/results.ts')).writeReportResults(resultsDirectory, report, new Date())
      setStatus(exitStatus[report.verdict])
    },
  )
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
