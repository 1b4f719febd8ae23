/** Colours of a terminal, or none. */
import type { Severity, Verdict } from '../findings.ts'

export type Style = 'bold' | 'dim' | 'plain' | Severity | Verdict

/** ECMA-48 SGR parameters; the sixteen colours that every theme has. */
const parameters: Record<Style, string> = {
  bold: '1',
  dim: '2',
  plain: '',
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '34',
  unknown: '35',
  pass: '1;32',
  block: '1;31',
  incomplete: '1;33',
}

export type Paint = (style: Style, text: string) => string

export function painter(colour: boolean): Paint {
  return (style, text) => (colour && text !== '' && parameters[style] !== '' ? `\x1b[${parameters[style]}m${text}\x1b[0m` : text)
}
