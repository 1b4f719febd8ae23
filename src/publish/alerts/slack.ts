/** Slack's incoming webhooks, and what takes the same messages. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
import { escapeTerminal } from '../../report/escape.ts'
import { type Alert, alertLines } from './alert.ts'

/** Characters; Slack cuts longer texts. https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
const textLimit = 3500

const apart = '\u200b'

/** `mrkdwn: false` is Slack's own; others format nevertheless. */
export function slackBody(alert: Alert): string {
  const text = alertLines(alert, slackText).join('\n')
  return JSON.stringify({
    text: text.length > textLimit ? `${text.slice(0, textLimit).toWellFormed()}…` : text,
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
  })
}

/**
 * One line in which nothing mentions, links or formats. `<!channel>` and links need the three characters that are escaped; compatible receivers find
 * `@channel`, `#channel`, addresses and emphasis in plain text. https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function slackText(text: string): string {
  return escapeTerminal(text)
    .replace(/[@#*_~`]|:(?=\/\/)|(?<=:)(?=[\w+-]+:)|www(?=\.)|[[\]](?=\()/g, (found) => `${found}${apart}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
