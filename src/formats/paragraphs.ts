/** Paragraphs of `Key: value` lines, parted by empty lines, as dpkg and apk keep their databases. deb-control(5), "Syntax" */

export interface Paragraph {
  /** In the order of the file; a key may come again (apk). Continuation lines are joined with a line feed. */
  readonly fields: readonly (readonly [key: string, value: string])[]
  /** Of its first line, counting from 1. */
  readonly line: number
  /** Lines that are neither a field nor a continuation, and a last line that the file's end cut off. */
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

/** One paragraph, in bytes: the longest real ones (a package of firmware with all its files) have some hundred kilobytes. */
const paragraphLimit = 16 * 1024 * 1024

/** Throws RangeError for a paragraph above 16 MiB. */
export async function* paragraphs(body: AsyncIterable<Uint8Array>): AsyncGenerator<Paragraph> {
  const decoder = new TextDecoder()
  const collector = new Collector()
  // Joined only when a line's end has come, so that a line without one costs no more than its length.
  let rest: string[] = []
  let restLength = 0
  for await (const chunk of body) {
    const text = decoder.decode(chunk, { stream: true })
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const done = collector.line(rest.join('') + text.slice(start, end))
      if (done) yield done
      rest = []
      restLength = 0
      start = end + 1
    }
    rest.push(text.slice(start))
    restLength += text.length - start
    collector.hold(restLength)
  }
  const cut = rest.join('') + decoder.decode()
  if (cut !== '') collector.cut(cut)
  const last = collector.line('')
  if (last) yield last
}

class Collector {
  private fields: [string, string][] = []
  private faults: { line: number; message: string }[] = []
  private lines = 0
  private firstLine = 1
  private size = 0

  /** Takes a line; gives the paragraph that an empty line ends. */
  line(text: string): Paragraph | undefined {
    this.lines++
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    if (line.trim() === '') return this.finish()
    if (this.fields.length === 0 && this.faults.length === 0) this.firstLine = this.lines
    this.hold(line.length)
    this.size += line.length
    const last = this.fields.at(-1)
    const colon = line.indexOf(':')
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (last) last[1] += `\n${line.slice(1)}`
      else this.fault('continuation line without a field before it')
    } else if (colon > 0) this.fields.push([line.slice(0, colon), line.slice(colon + 1).trim()])
    else this.fault('line without a field name')
    return undefined
  }

  /** The file ends in the middle of this line. */
  cut(text: string): void {
    this.line(text)
    this.fault('file ends in the middle of a line')
  }

  hold(more: number): void {
    if (this.size + more > paragraphLimit)
      throw new RangeError(`paragraph at line ${this.firstLine} is longer than ${paragraphLimit} bytes`)
  }

  private fault(message: string): void {
    this.faults.push({ line: this.lines, message })
  }

  private finish(): Paragraph | undefined {
    const { fields, faults, firstLine: line } = this
    this.fields = []
    this.faults = []
    this.size = 0
    return fields.length > 0 || faults.length > 0 ? { fields, faults, line } : undefined
  }
}
