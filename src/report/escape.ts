/** Text from outside, made harmless for each receiver. Every renderer passes such text through its one function here. */

/** What a terminal or a reader acts on and does not show: C0 and C1 controls, bidi and zero-width formats, private and unpaired code units. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** One line: white space runs (line ends too) are one space. */
const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()

const shown = (character: string): string => (character === '\ufe0f' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)

/** Invisible characters as `\u{…}`, so that no escape sequence or bidi override stays in force; one line. */
export function escapeTerminal(text: string): string {
  return oneLine(text).replace(invisible, shown)
}

/** The same for a line of code: its spaces stay as they are. Tabs are the caller's. */
export function escapeCode(text: string): string {
  return text.replace(invisible, shown)
}

/**
 * A printed line that a CI runner would take for a command of ours is broken up: `::command::` at its start, `##[command]` anywhere.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function guardCommands(line: string): string {
  return line
    .replace(/^((?:\s|\x1b\[[0-9;]*m)*):(?=:)/u, '$1: ')
    .replaceAll('##[', '## [')
    .replaceAll('##vso[', '##vso [')
}

/** JSON text with the same values that is safe to print: what a terminal would act on, and `##[` which a CI runner takes for a command, are JSON escapes. */
export function escapeJson(json: string): string {
  return json.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]|##(?=\[|vso\[)/gu, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

/** The text after `::command …::`. https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
export function escapeCommandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** A property of a workflow command. */
export function escapeCommandProperty(text: string): string {
  return escapeCommandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Element content and attribute values in quotes. What a CI runner takes for a command, where the page is printed, is written with entities. */
export function escapeHtml(text: string): string {
  return text
    .replace(invisible, (character) => (character === '\n' || character === '\t' ? character : shown(character)))
    .replace(/[&<>"'`]|:(?=:)|#(?=#\[|#vso\[)/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * A sentence for GitHub's Markdown, in a paragraph, a list or a table's cell: one line, nothing in it is a link, an image, HTML, a mention, a reference or a
 * heading. A backslash does not stop mentions, references and autolinks (they are found after rendering): a zero-width space does.
 * Pairs of single backticks stay code.
 */
export function escapeMarkdown(text: string): string {
  return escapeTerminal(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 && isCode(part) ? markdownCode(part.slice(1, -1)) : escapeProse(part).replaceAll('`', '\\`')))
    .join('')
}

/** A pipe in code is written differently in and outside of tables: with one it is not code. */
const isCode = (part: string): boolean => part.slice(1, -1).trim() !== '' && !part.includes('|')

/** One pass, so that nothing that was put in is escaped again. */
function escapeProse(text: string): string {
  return text.replace(active, (found) => {
    if (found === '&') return '&amp;'
    if (found === '<') return '&lt;'
    if (found === '>') return '&gt;'
    if (/^[\\*_[\]|~$]$/.test(found)) return `\\${found}`
    if (/^[-+=]$/.test(found)) return `\\${found}`
    return found + zeroWidth
  })
}

const zeroWidth = '&#8203;'

/**
 * An image's digest (`name@sha256:…`) is no mention and stays as it is, so that it can be copied. Emphasis, links, tables, strike-through, mathematics, HTML; list and heading marks at the start; mentions, references, addresses; `:name:` (an emoji) and
 * `::name::` (a workflow command at a line's start).
 */
const active =
  /[\\*_[\]|~$&<>#]|(?<![a-z0-9])@|@(?!sha(?:256|512):)|^[-+=]|^\d+(?=[.)](?:\s|$))|\bGH(?=-\d)|(?:mailto|xmpp):|www(?=\.)|:(?=\/\/)|(?<![a-z0-9]):(?=[:\w+-]+:)|^:(?=:)/gi

/** A name, a path or a version as Markdown code, with a fence longer than any run of backticks in it. For tables, see `markdownCell`. */
export function markdownCode(text: string): string {
  const line = escapeTerminal(text)
  if (line === '') return '` `'
  const fence = '`'.repeat(longestRun(line, '`') + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** The same in a cell of a table, where a pipe is a pipe in code too. A backslash before it would take its escape away. */
export function markdownCell(text: string): string {
  return markdownCode(text)
    .replace(/\\(?=\|)/g, '\\\u200b')
    .replaceAll('|', '\\|')
}

/** A fenced block that its content cannot close. Lines stay as they are. */
export function markdownFence(language: string, content: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(content, '`') + 1))
  return `${fence}${language}\n${content}\n${fence}`
}

/** An `https:` address as a link's target; undefined for any other. */
export function markdownAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined
  return url.href.replace(/[()<>[\]\\`|*_~@]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

function longestRun(text: string, character: string): number {
  let longest = 0
  let current = 0
  for (const each of text) {
    current = each === character ? current + 1 : 0
    longest = Math.max(longest, current)
  }
  return longest
}
