/** Where reports go: `--format` and `--output` in pairs, text on standard output by default. */
import { type Command, Option } from 'commander'
import { quote, UsageError } from '../findings.ts'
import type { GateResult } from '../gate/run.ts'
import type { Format } from '../report/renderer.ts'
import { renderers, withoutTexts } from '../report/renderers.ts'
import { version } from '../version.ts'
import { writeWhole } from '../write-file.ts'

const formats: readonly Format[] = ['text', 'json', 'sarif', 'markdown', 'html', 'openvex']

export interface Destination {
  readonly format: Format
  /** Absent: standard output. */
  readonly file?: string
}

/** An `--output` belongs to the `--format` before it; the order of the call is kept by one list for both. */
export function addOutputOptions(command: Command, destinations: Destination[]): Command {
  return command
    .addOption(
      new Option('--format <format>', `${formats.join(', ')}; repeatable, each with its own --output`).argParser((value: string) =>
        addFormat(value, destinations),
      ),
    )
    .addOption(
      new Option('--output <file>', 'where the format before it goes instead of standard output').argParser((value: string) =>
        addOutput(value, destinations),
      ),
    )
}

function addFormat(value: string, destinations: Destination[]): string {
  if (!formats.includes(value as Format)) throw new UsageError(`--format: ${quote(value)}, expected one of ${formats.join(', ')}`)
  destinations.push({ format: value as Format })
  return value
}

function addOutput(file: string, destinations: Destination[]): string {
  const last = destinations.pop()
  if (last?.file !== undefined)
    throw new UsageError(`--output ${quote(file)}: no --format before it that is not written to ${quote(last.file)} already`)
  destinations.push({ format: last?.format ?? 'text', file })
  return file
}

/** Throws UsageError when two reports would be mixed on standard output. */
export function checkDestinations(destinations: readonly Destination[]): readonly Destination[] {
  if (destinations.filter(({ file }) => file === undefined).length > 1)
    throw new UsageError('--format: more than one without an --output of its own')
  return destinations.length === 0 ? [{ format: 'text' }] : destinations
}

/** Files are written beside and renamed, so that a report is whole or not there. */
export async function writeReports(
  { report, lines }: GateResult,
  destinations: readonly Destination[],
  tellsVerdict = true,
): Promise<void> {
  // The version orders are loaded for packages alone.
  const versions = report.findings.some((finding) => finding.package) ? { newest: (await import('../report/newest.ts')).newestVersion } : {}
  const today = new Date().toISOString().slice(0, 10)
  const { stdout, stderr, env } = process
  const isExplained = report.findings.length > 0 && destinations.some(({ format }) => !withoutTexts.has(format))
  const rules = isExplained ? (await import('../gate/rule-texts.ts')).ruleTexts() : new Map()
  for (const { format, file } of destinations) {
    const colour = file === undefined && stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
    const render = await renderers[format]()
    const text = [...render(report, { lines, width: stdout.columns ?? 100, colour, version, rules, today, ...versions })].join('')
    await writeText(text, file)
  }
  if (tellsVerdict && destinations.every(({ file }) => file !== undefined))
    stderr.write(`portcullis: ${report.verdict}: ${report.reasons[0] ?? ''}\n`)
}

/** To this file, or to standard output. */
export async function writeText(text: string, file: string | undefined): Promise<void> {
  await (file === undefined ? writeAll(process.stdout, text) : writeNamed(file, text))
}

/** A reader that leaves early changes no verdict; any other failure leaves the report unsaid, which is never a pass. */
function writeAll(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((done, failed) => {
    const ended = (error?: (Error & { code?: string }) | null): void => {
      if (!error || error.code === 'EPIPE') done()
      else failed(new Error(`standard output: ${error.message}`, { cause: error }))
    }
    // Some streams throw what nobody listens for, besides calling back.
    stream.on('error', ended)
    stream.write(text, ended)
  })
}

async function writeNamed(file: string, text: string): Promise<void> {
  try {
    await writeWhole(file, text)
  } catch (error) {
    throw new UsageError(`--output ${quote(file)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
