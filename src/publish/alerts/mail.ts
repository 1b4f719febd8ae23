/** A plain text message. RFC 5322, RFC 2045, RFC 2047 */

import { escapeTerminal } from '../../report/escape.ts'
import type { Alert } from './alert.ts'
import { alertLines, headline } from './alert.ts'

export interface Envelope {
  readonly from: string
  readonly to: readonly string[]
}

const subjectLimit = 150

/** Addresses are the policy's, which has looked at them; all else is encoded, so that no text ends a header. */
export function mailMessage(alert: Alert, { from, to }: Envelope, id: string, now: Date): string {
  const subject = `Portcullis: ${headline(alert)}: ${alert.severity}: ${alert.condition}`
  const text = alertLines(alert, escapeTerminal).join('\r\n')
  return [
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    `From: ${from}`,
    `To: ${to.join(',\r\n ')}`,
    `Message-ID: <${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    `Subject: ${encodedWords(escapeTerminal(subject).slice(0, subjectLimit).toWellFormed())}`,
    // RFC 3834 5: no robot answers it.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    folded(Buffer.from(`${text}\r\n`).toString('base64')),
    '',
  ].join('\r\n')
}

/** RFC 2047 2: 75 characters a word and 76 a line, with the header's name; 36 bytes are 48 of base64. No word splits a character. */
function encodedWords(text: string): string {
  const words: string[] = []
  let bytes: Buffer = Buffer.alloc(0)
  const end = (): void => {
    if (bytes.length > 0) words.push(`=?utf-8?B?${bytes.toString('base64')}?=`)
  }
  for (const character of text) {
    const next = Buffer.from(character)
    if (bytes.length + next.length > 36) {
      end()
      bytes = next
    } else bytes = Buffer.concat([bytes, next])
  }
  end()
  return words.join('\r\n ')
}

function folded(base64: string): string {
  return base64.replace(/.{76}(?=.)/g, '$&\r\n')
}
