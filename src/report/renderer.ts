/** What a renderer is: the same report gives the same bytes. */
import type { Report } from '../findings.ts'

export type Format = 'html' | 'json' | 'markdown' | 'sarif' | 'text'

/** What a renderer may know besides the report; no clock, no environment. */
export interface RenderContext {
  /** The lines of a judged file, without line ends; empty where they are not known. */
  lines(file: string): readonly string[]
  /** Columns of the terminal; text alone. */
  readonly width: number
  /** ANSI colours; text alone. */
  readonly colour: boolean
  /** The version of Portcullis. */
  readonly version: string
}

export type Renderer = (report: Report, context: RenderContext) => Iterable<string>
