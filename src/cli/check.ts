import { Command, Option } from 'commander'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSharedOptions, callOptions, type SharedOptions } from './options.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports, writeText } from './output.ts'

interface CheckOptions extends SharedOptions {
  readonly verdictFile?: string
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
    .option('--verdict-file <file>', 'write the verdict alone to this file, as a pipeline’s result')
    .option('--checks <checks>', 'only these: images, signatures, manifests')
    .addOption(
      new Option('--image <image>', 'judge this image too; repeatable').argParser(
        (value: string, values: readonly string[] | undefined) => [...(values ?? []), value],
      ),
    )
  return addOutputOptions(addSharedOptions(command), destinations).action(
    async (path: string, { verdictFile, ...options }: CheckOptions) => {
      const wanted = checkDestinations(destinations)
      const [{ prepareCheck }, { check }, { withHost }] = await Promise.all([
        import('../gate/prepare.ts'),
        import('../gate/run.ts'),
        import('./host.ts'),
      ])
      const result = await withHost(options, async (host) => check(await prepareCheck(path, callOptions(options), host)))
      await writeReports(result, wanted)
      if (verdictFile) await writeText(result.report.verdict, verdictFile)
      setStatus(exitStatus[result.report.verdict])
    },
  )
}
