import { Command, Option } from 'commander'
import { UsageError } from '../findings.ts'
import type { TelemetryOptions } from '../publish/observability/telemetry.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSharedOptions, callOptions, type SharedOptions } from './options.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports, writeText } from './output.ts'
import { addTelemetryOptions, openTelemetry } from './telemetry.ts'

interface CheckOptions extends SharedOptions, TelemetryOptions {
  readonly verdictFile?: string
  readonly resultsDirectory?: string
  readonly shard?: string
  readonly respond?: boolean
  readonly plan?: string
}

export const checkCommand: MakeCommand = (setStatus) => {
  const destinations: Destination[] = []
  const command = new Command('check')
    .description('Judge a working tree: what it would deploy, its images, their signatures, its manifests.')
    .argument('[path]', 'the tree, or one file of it', '.')
    .option(
      '--base <revision>',
      'the git revision to compare with: the policy is read there, and findings that it already has do not block',
    )
    .option('--base-updates', 'ask registries for newer base images, and say which findings they would clear')
    .option('--anomaly', 'read the earlier tags of each image, and say whether it is unlike them')
    .option('--verdict-file <file>', 'write the verdict alone to this file, as a pipeline’s result')
    .option('--results-directory <folder>', 'write the results there, one file each, as Tekton takes them')
    .option('--respond', 'send the alerts and hand-overs of the policy’s response rules; needs --base or --policy')
    .option('--shard <i/n>', 'only this part of the plan')
    .option('--plan <file>', 'the plan that the part is of, as `plan` wrote it; made anew without it')
    .option('--checks <checks>', 'only these: images, signatures, manifests')
    .addOption(
      new Option('--image <image>', 'judge this image too; repeatable').argParser(
        (value: string, values: readonly string[] | undefined) => [...(values ?? []), value],
      ),
    )
  return addOutputOptions(addTelemetryOptions(addSharedOptions(command)), destinations).action(
    async (path: string, { verdictFile, resultsDirectory, shard, plan, respond, ...options }: CheckOptions) => {
      const wanted = checkDestinations(destinations)
      const [{ prepareCheck }, { check }, { withHost }] = await Promise.all([
        import('../gate/prepare.ts'),
        import('../gate/run.ts'),
        import('./host.ts'),
      ])
      if (plan && !shard) throw new UsageError('--plan: needs the --shard of it')
      if (respond && shard) throw new UsageError('--respond: response rules are held against the report of all shards')
      // What stands in the judged tree itself has no say in where secrets of the environment go.
      if (respond && !options.base && !options.policy?.length)
        throw new UsageError('--respond: needs the --base or the --policy that may say so')
      const telemetry = await openTelemetry(options)
      const result = await withHost(options, async (host) => {
        const request = await prepareCheck(path, callOptions(options), telemetry.counting(host))
        const judged = await check(
          request,
          shard ? await (await import('../gate/plan-open.ts')).openPart(request, path, shard, plan) : undefined,
        )
        return respond ? (await import('./respond.ts')).respondAtDesk(judged, request, host) : judged
      })
      await writeReports(result, wanted, options.logFormat !== 'json')
      await telemetry.finish(result.report)
      if (verdictFile) await writeText(result.report.verdict, verdictFile)
      if (resultsDirectory)
        await (await import('../publish/tekton/results.ts')).writeReportResults(resultsDirectory, result.report, new Date())
      setStatus(exitStatus[result.report.verdict])
    },
  )
}
