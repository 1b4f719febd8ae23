/** HTML as a value of its own: what is put into a template is escaped, unless it is markup already. */
import { escapeHtml } from './escape.ts'

export interface Markup {
  readonly html: string
}

export type Content = string | number | Markup | undefined | readonly Content[]

/** `markup\`<td>${text}</td>\``. Undefined is nothing. Attribute values must be in double quotes. */
export function markup(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { html: strings.map((string, index) => string + htmlOf(contents[index])).join('') }
}

function htmlOf(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'string') return escapeHtml(content)
  if (typeof content === 'number') return content.toLocaleString('en-US')
  return 'html' in content ? content.html : content.map(htmlOf).join('')
}

/** Text of ours, with pairs of backticks as code. */
export function prose(text: string): Markup {
  return markup`${text.split(/(`[^`]+`)/).map((part, index) => (index % 2 === 1 ? markup`<code>${part.slice(1, -1)}</code>` : part))}`
}

/** A link over https, or its label alone. */
export function anchor(address: string | undefined, label: Content): Markup {
  if (address === undefined || !URL.canParse(address)) return markup`${label}`
  const url = new URL(address)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return markup`${label}`
  return markup`<a href="${url.href}" rel="noreferrer noopener">${label}</a>`
}
