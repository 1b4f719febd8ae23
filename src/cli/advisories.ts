import { Command, Option } from 'commander'
import type { DatabaseDescription } from '../advisories/describe-database.ts'
import { UsageError } from '../findings.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { callOptions, type SharedOptions } from './options.ts'
import { writeText } from './output.ts'
import { addSignerOptions, readSigners, type SignerOptions } from './signer-options.ts'

export const advisoriesCommand: MakeCommand = (setStatus) => {
  const command = new Command('advisories').description('Make, fetch or describe a local advisory database.')
  command
    .command('build')
    .description('Make a database from OSV records.')
    .argument(
      '<source...>',
      'zips, folders, addresses in the layout of OSV’s bucket; a KEV catalogue (.json) and EPSS scores (.csv, .csv.gz)',
    )
    .requiredOption('--output <file>', 'the database')
    .addOption(
      new Option('--ecosystem <name>', 'of a bucket, only this; repeatable').argParser(
        (value: string, values: readonly string[] | undefined) => [...(values ?? []), value],
      ),
    )
    .option('--offline', 'reach no network')
    .action(async (sources: string[], options: { output: string; ecosystem?: readonly string[]; offline?: boolean }) => {
      const [{ buildDatabase }, { withHost }] = await Promise.all([import('../advisories/build-database.ts'), import('./host.ts')])
      const progress = (message: string) => void process.stderr.write(`portcullis: ${message}\n`)
      const { output, ecosystem } = options
      const settings = { output, sources, progress, ...(ecosystem ? { ecosystems: ecosystem } : {}) }
      const built = await withHost(options, ({ http, now, signal }) => asUsage(buildDatabase({ ...settings, http, now }, signal)))
      await writeText(described(built), undefined)
      setStatus(exitStatus.pass)
    })
  addSignerOptions(
    command
      .command('pull')
      .description('Fetch a database that was pushed to a registry, checking its signature.')
      .argument('<reference>', 'the artifact')
      .option('--output <file>', 'the database', 'advisories.db')
      .option('--policy <file...>', 'the policy that names who may sign it'),
  ).action(async (reference: string, options: SignerOptions & SharedOptions & { output: string }) => {
    const signers = await readSigners(options)
    const [{ prepareScan }, { pullAdvisories }, { withHost }] = await Promise.all([
      import('../gate/prepare.ts'),
      import('../gate/pull-advisories.ts'),
      import('./host.ts'),
    ])
    const { output, key: _, ...shared } = options
    const call = { ...callOptions(shared), checks: 'signatures', signers }
    const pulled = await withHost(options, async (host) => asUsage(pullAdvisories(reference, output, await prepareScan(call, host))))
    await writeText(`${pulled.isNew ? 'pulled' : 'kept'} ${pulled.digest}\n${described(pulled.description)}`, undefined)
    setStatus(exitStatus.pass)
  })
  command
    .command('info')
    .description('Describe a database: its sources, dates and counts.')
    .argument('<file>', 'the database')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (file: string, { format }: { format: string }) => {
      const { describeDatabase } = await import('../advisories/describe-database.ts')
      const description = await asUsage(describeDatabase(file))
      await writeText(format === 'json' ? `${JSON.stringify(description, undefined, 2)}\n` : described(description), undefined)
      setStatus(exitStatus.pass)
    })
  return command
}

/** Nothing is judged here: what does not work is said in one line. */
async function asUsage<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function described(description: DatabaseDescription): string {
  const { format, built, newest, records, unread, packages, exploited, scores, sources, ecosystems } = description
  const width = Math.max(0, ...ecosystems.map(({ name }) => name.length))
  return `format     ${format}
built      ${built}
newest     ${newest || 'no record'}
records    ${records} for ${packages} packages${unread > 0 ? `; ${unread} documents could not be read` : ''}
exploited  ${exploited} known exploited vulnerabilities
scores     ${scores} EPSS scores
sources
${sources.map(({ name, records: count, modified }) => `  ${name}: ${count} records${modified ? `, of ${modified}` : ''}\n`).join('')}ecosystems
${ecosystems.map(({ name, records: count }) => `  ${name.padEnd(width)}  ${count}\n`).join('')}`
}
