/** Chat services, their bots and their webhooks. */
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'
import { issued } from './issued.ts'

const webhook = 'writes into the channel as if it came from there'

export const discordToken: SecretKind = {
  id: 'discord-token',
  title: 'Discord bot token',
  severity: 'high',
  opens: 'acts as the bot, with all rights that it was given',
  revoke: 'Reset the token in the developer portal.',
  references: ['https://discord.com/developers/docs/reference#authentication'],
  anchors: ['discord', 'bot_token', 'bot m', 'bot n', 'bot o'],
  anyCase: true,
  expression: assigned('(?:discord|bot_token|bot)', '[MNO][A-Za-z\\d]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,38}', '(?![\\w.-])'),
  // The first part is the bot's number in base 64.
  isGenuine: (secret) => {
    const [number = ''] = secret.split('.')
    return /^\d{17,20}$/.test(Buffer.from(number, 'base64').toString('latin1'))
  },
  isCertain: true,
}

export const discordWebhook: SecretKind = issued({
  id: 'discord-webhook',
  title: 'Discord webhook',
  severity: 'medium',
  opens: webhook,
  revoke: 'Delete the webhook in the settings of the channel.',
  references: ['https://discord.com/developers/docs/resources/webhook'],
  anchors: ['/api/webhooks/'],
  expression: /(?<=discord(?:app)?\.com)\/api\/webhooks\/\d{17,20}\/(?<secret>[\w-]{60,70})(?![\w-])/dy,
})

export const slackAppToken: SecretKind = issued({
  id: 'slack-app-token',
  title: 'Slack app token',
  severity: 'high',
  opens: 'receives the events of the app in every workspace that installed it',
  revoke: 'Revoke it under the app’s basic information.',
  references: ['https://api.slack.com/concepts/token-types'],
  anchors: ['xapp-'],
  expression: /(?<![\w-])xapp-\d-[A-Z0-9]{8,14}-\d{10,14}-[0-9a-f]{64}(?![\w-])/y,
})

export const slackToken: SecretKind = issued({
  id: 'slack-token',
  title: 'Slack token',
  severity: 'high',
  opens: 'reads and writes messages and files as its bot or user',
  revoke: 'Revoke it with `auth.revoke`, or uninstall the app from the workspace.',
  references: ['https://api.slack.com/concepts/token-types'],
  anchors: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxe.xox', 'xoxc-', 'xoxd-'],
  expression:
    /(?<![\w.-])(?:xoxb-\d{8,14}-(?:\d{8,14}-)?[0-9A-Za-z]{18,34}|xox[pars]-(?:\d{8,14}-){2,3}[0-9a-f]{28,64}|xox[ocs]-\d{8,14}-\d{8,14}-\d{8,14}-[0-9a-f]{32,64}|xoxe(?:\.xox[bp])?-\d-[0-9A-Za-z]{120,200})(?![\w-])/y,
})

export const slackWebhook: SecretKind = issued({
  id: 'slack-webhook',
  title: 'Slack webhook',
  severity: 'medium',
  opens: webhook,
  revoke: 'Remove the webhook in the settings of the app.',
  references: ['https://api.slack.com/messaging/webhooks'],
  anchors: ['hooks.slack.com/'],
  expression:
    /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<secret>[A-Z0-9]{8,12}\/[A-Z0-9]{8,20}\/[0-9A-Za-z]{18,48})(?![\w-])/dy,
})

export const teamsWebhook: SecretKind = issued({
  id: 'teams-webhook',
  title: 'Microsoft Teams webhook',
  severity: 'medium',
  opens: webhook,
  revoke: 'Remove the connector from the channel.',
  references: ['https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook'],
  anchors: ['.webhook.office.com/webhookb2/'],
  expression: /\.webhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/(?<secret>[0-9a-f]{32})\/[0-9a-f-]{36}/dy,
})

export const telegramToken: SecretKind = {
  id: 'telegram-token',
  title: 'Telegram bot token',
  severity: 'high',
  opens: 'reads what is written to the bot, and answers for it',
  revoke: 'Have a new token made by BotFather’s `/revoke`.',
  references: ['https://core.telegram.org/bots/features#botfather'],
  anchors: [':AAA', ':AAB', ':AAC', ':AAD', ':AAE', ':AAF', ':AAG', ':AAH'],
  expression: /(?<=(?<![\w-])(?:bot)?(?<lead>\d{8,10})):AA[A-H][\w-]{32}(?![\w-])/dy,
  isCertain: true,
  inBinaries: true,
}
