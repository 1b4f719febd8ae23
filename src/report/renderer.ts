/** What a renderer is: the same report gives the same bytes. */
import type { Location, Report, RuleText } from '../findings.ts'

export type Format = 'html' | 'json' | 'markdown' | 'openvex' | 'sarif' | 'text'

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
  /** By rule id: why and how to fix. Trusted text. */
  readonly rules?: ReadonlyMap<string, RuleText>
  /** The newest of these versions, in the order of that package's ecosystem; undefined where the order cannot be told. */
  newest?(purl: string, versions: readonly string[]): string | undefined
  /** Where a place of the judged tree can be seen: an `https:` address. */
  link?(location: Location): string | undefined
  /** Where the judged tree lies in its repository, such as `services/shop/`; for receivers that know the repository alone. Empty at its root. */
  readonly rootPath?: string
  /** The day of the run, `YYYY-MM-DD`; waivers that end soon are told apart by it. */
  readonly today?: string
}

export type Renderer = (report: Report, context: RenderContext) => Iterable<string>
