import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { quote, UsageError } from '../findings.ts'
import type { VerdictStatement } from '../publish/attest/statement.ts'
import { version } from '../version.ts'
import { writeWhole } from '../write-file.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'

interface AttestOptions {
  readonly push?: readonly string[]
  readonly statements?: string
  readonly imageOnly?: boolean
  readonly offline?: boolean
}

/** The exit status is that of the report's verdict; `incomplete` where it could not be attested. */
export const attestCommand: MakeCommand = (setStatus) =>
  new Command('attest')
    .description(
      'Attest the verdict of a report for each image in it, as in-toto statements for cosign or Chains to sign. Fails as the report does.',
    )
    .argument('<report>', 'a report of `check`, `scan` or `merge --format json`')
    .addOption(
      new Option(
        '--push <prefix>',
        'push the statement beside each image below this registry or repository, or `all`; repeatable',
      ).argParser((value: string, values: readonly string[] | undefined) => [...(values ?? []), value]),
    )
    .option('--statements <folder>', 'write the statements, and their predicates alone, there')
    .option('--image-only', 'leave out what the report says of other images, of manifests and of files')
    .option('--offline', 'reach no network')
    .action(async (file: string, options: AttestOptions) => {
      const prefixes = (options.push ?? []).filter((prefix) => prefix !== '')
      if (options.push === undefined && options.statements === undefined)
        throw new UsageError('attest: neither --push nor --statements is given: nothing would be attested')
      const bytes = await readFile(file).catch((error: Error) => {
        throw new UsageError(`${quote(file)}: ${error.message}`, { cause: error })
      })
      const [{ readReport }, { judgedImages, narrowed, verdictStatement }] = await Promise.all([
        import('../publish/github/report-schema.ts'),
        import('../publish/attest/statement.ts'),
      ])
      const report = readReport(bytes)
      const whole: unknown = JSON.parse(bytes.toString())
      const { createHash } = await import('node:crypto')
      const facts = { report, reportSha256: createHash('sha256').update(bytes).digest('hex'), version, now: new Date() }
      const statements = judgedImages(report).map((image) => ({
        image,
        statement: verdictStatement(image, { ...facts, whole: options.imageOnly ? narrowed(whole, image) : whole }),
      }))
      if (options.statements)
        await writeStatements(
          options.statements,
          statements.map(({ statement }) => statement),
        )
      const isWhole = prefixes.length === 0 || (await push(statements, prefixes, options))
      setStatus(!isWhole && report.verdict === 'pass' ? exitStatus.incomplete : exitStatus[report.verdict])
    })

/** Tells on standard output what was pushed; false where anything could not be. */
async function push(
  statements: Parameters<typeof import('../publish/attest/push-statements.ts').pushStatements>[0],
  prefixes: readonly string[],
  { offline = false }: AttestOptions,
): Promise<boolean> {
  const [{ isBelow, problemText, pushStatements }, { withHost }] = await Promise.all([
    import('../publish/attest/push-statements.ts'),
    import('./host.ts'),
  ])
  const wanted = statements.filter(({ image }) => isBelow(image, prefixes))
  const attached = await withHost({ offline }, (host) => pushStatements(wanted, host))
  for (const each of attached) {
    const { reference, digest } = each.image
    if (each.digest !== undefined)
      process.stdout.write(`${reference.includes('@') ? reference : `${reference}@${digest}`} ${each.digest}\n`)
    else process.stderr.write(`portcullis: ${problemText(each)}\n`)
  }
  if (wanted.length === 0)
    process.stderr.write(`portcullis: no image of the report is below ${prefixes.map((each) => quote(each)).join(', ')}\n`)
  return attached.every(({ digest }) => digest !== undefined)
}

/** `sha256-<hex>.json` the statement, `sha256-<hex>.predicate.json` what `cosign attest --predicate` takes; another name of the same digest has a number besides. */
async function writeStatements(folder: string, statements: readonly VerdictStatement[]): Promise<void> {
  const seen = new Map<string, number>()
  for (const statement of statements) {
    const [[algorithm, hex] = []] = Object.entries(statement.subject[0].digest)
    const count = (seen.get(`${hex}`) ?? 0) + 1
    seen.set(`${hex}`, count)
    const name = `${algorithm}-${hex}${count > 1 ? `-${count}` : ''}`
    try {
      await writeWhole(join(folder, `${name}.json`), `${JSON.stringify(statement)}\n`)
      await writeWhole(join(folder, `${name}.predicate.json`), `${JSON.stringify(statement.predicate)}\n`)
    } catch (error) {
      throw new UsageError(`--statements ${quote(folder)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
}
