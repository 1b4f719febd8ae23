/** What the job's runner takes from a step. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
import type { Annotation } from './annotations.ts'

export interface Runner {
  annotate(annotation: Annotation): void
  /** A line that the runner takes for a workflow command, with its end. */
  command(line: string): void
  /** A line of the log. */
  say(message: string): void
  /** For the step that cleans up after this one, whatever ends it. */
  saveState(name: string, value: string): void
  setOutput(name: string, value: string): void
  /** Markdown, appended to the job's summary. */
  summarize(markdown: string): Promise<void>
}
