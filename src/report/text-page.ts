/** What the parts of the terminal's report share. */
import { widthOf, wrap } from './columns.ts'
import type { Paint } from './paint.ts'
import type { RenderContext } from './renderer.ts'

/** Characters of one message; what is longer came from outside and is cut. */
export const longestText = 600

export interface Page {
  readonly context: RenderContext
  readonly paint: Paint
  /** Columns. */
  readonly width: number
  /** Secrets covered. */
  readonly lines: RenderContext['lines']
  /** What to do, as this section has already told it. */
  readonly told: Set<string>
}

/** `content` on lines of the page's width, the first after `first` and the rest after `next`. Nothing for no content. */
export function* wrapped(first: string, next: string, content: string, width: number, style = (text: string) => text): Iterable<string> {
  if (content === '') return
  for (const [index, line] of wrap(content, width - widthOf(next)).entries()) yield `${index === 0 ? first : next}${style(line)}`
}
