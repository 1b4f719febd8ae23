/** What the step leaves behind whatever GitHub allows: outputs, files, the job's summary and its annotations. */
import { resolve } from 'node:path'
import { quote, type Report, UsageError } from '../../findings.ts'
import { escapeMarkdown } from '../../report/escape.ts'
import { githubAnnotations } from '../../report/github-annotations.ts'
import { renderMarkdown } from '../../report/markdown.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { renderers } from '../../report/renderers.ts'
import { writeWhole } from '../../write-file.ts'
import type { ActionInputs } from './inputs.ts'
import type { Runner } from './runner.ts'

/** Characters: a step's summary has a mebibyte, and a character up to four bytes of it. */
const jobSummaryLimit = 250_000

const mostNotes = 20

/** What the run has to say besides its findings; Markdown. */
export function notesRemark({ notes = [] }: Report): readonly string[] {
  const lines = notes.slice(0, mostNotes).map((note) => `<sub>${escapeMarkdown(note)}</sub>`)
  if (notes.length > mostNotes) lines.push(`<sub>${notes.length - mostNotes} more notes.</sub>`)
  return lines.length === 0 ? [] : [lines.join('<br>\n')]
}

export interface OutputWorld {
  readonly inputs: ActionInputs
  readonly runner: Runner
  /** What the inputs' paths start from. */
  readonly directory: string
  /** What the job's summary says besides; Markdown. */
  readonly remarks?: readonly string[]
}

export async function writeOutputs(
  report: Report,
  context: RenderContext,
  { inputs, runner, directory, remarks = [] }: OutputWorld,
): Promise<void> {
  const { verdict, summary } = report
  const { blocking, critical, high, medium, low } = summary
  for (const [name, value] of Object.entries({ verdict, blocking, critical, high, medium, low })) runner.setOutput(name, String(value))
  for (const [output, format, file] of [
    ['report', 'json', inputs.reportFile],
    ['sarif', 'sarif', inputs.sarifFile],
  ] as const) {
    if (file === undefined) continue
    const render = await renderers[format]()
    await writeReport(resolve(directory, file), [...render(report, context)].join(''))
    runner.setOutput(output, file)
  }
  await runner.summarize([renderMarkdown(report, context, jobSummaryLimit).trimEnd(), ...remarks, ''].join('\n\n'))
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeWhole(file, text)
  } catch (error) {
    throw new UsageError(`${quote(file)} cannot be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** Annotations of the job, where the token allows nothing that stands at the lines of the change. */
export function annotateJob(report: Report, context: RenderContext, runner: Runner): void {
  for (const command of githubAnnotations(report, context)) runner.command(command)
}

/** A run that ends without a report. */
export async function writeFailure(reason: string, runner: Runner): Promise<void> {
  runner.setOutput('verdict', 'incomplete')
  await runner.summarize(`## Portcullis: not judged\n\n${escapeMarkdown(reason)}\n`)
}
