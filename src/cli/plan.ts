import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { quote, UsageError } from '../findings.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSharedOptions, callOptions, type SharedOptions } from './options.ts'
import { writeText } from './output.ts'

interface PlanOptions extends SharedOptions {
  readonly shards: string
  readonly output?: string
  readonly resultsDirectory?: string
}

export const planCommand: MakeCommand = (setStatus) => {
  const command = new Command('plan')
    .description('Cut the work of one check into shards of even cost, as JSON; small work is one shard.')
    .argument('[path]', 'the tree, or one file of it', '.')
    .option('--shards <n>', 'at most so many, 1 to 256', '4')
    .option('--base <revision>', 'as for `check`')
    .option('--checks <checks>', 'as for `check`')
    .option('--base-updates', 'as for `check`')
    .option('--anomaly', 'as for `check`')
    .addOption(
      new Option('--image <image>', 'as for `check`; repeatable').argParser((value: string, values: readonly string[] | undefined) => [
        ...(values ?? []),
        value,
      ]),
    )
    .option('--output <file>', 'where the plan goes instead of standard output')
    .option('--results-directory <folder>', 'write the results `shards` and `plan-digest` there, one file each, as Tekton takes them')
  return addSharedOptions(command).action(async (path: string, { shards, output, resultsDirectory, ...options }: PlanOptions) => {
    const atMost = parseShards(shards)
    const [{ prepareCheck }, { makePlan }, { headOf }, { withHost }] = await Promise.all([
      import('../gate/prepare.ts'),
      import('../gate/plan.ts'),
      import('../gate/plan-revision.ts'),
      import('./host.ts'),
    ])
    const { plan } = await withHost(options, async (host) =>
      makePlan(await prepareCheck(path, callOptions(options), host), { atMost }, await headOf(resolve(path))),
    )
    await writeText(`${JSON.stringify(plan)}\n`, output || undefined)
    if (resultsDirectory) {
      const { writeResults } = await import('../publish/tekton/results.ts')
      await writeResults(
        resultsDirectory,
        new Map([
          ['shards', JSON.stringify(plan.shards)],
          ['plan-digest', plan.digest],
        ]),
      )
    }
    setStatus(exitStatus.pass)
  })
}

function parseShards(text: string): number {
  if (!/^[1-9]\d{0,2}$/u.test(text) || Number(text) > 256) throw new UsageError(`--shards ${quote(text)}: expected a number from 1 to 256`)
  return Number(text)
}
