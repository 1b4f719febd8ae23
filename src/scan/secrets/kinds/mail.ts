/** Services that send mail and messages. */
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'
import { issued } from './issued.ts'

const opens = 'sends mail in the owner’s name, and reads to whom it was sent'

export const brevoKey: SecretKind = issued({
  id: 'brevo-key',
  title: 'Brevo API key',
  severity: 'high',
  opens,
  revoke: 'Delete it under the account’s SMTP and API settings.',
  references: ['https://developers.brevo.com/docs/getting-started'],
  anchors: ['xkeysib-', 'xsmtpsib-'],
  expression: /(?<![\w-])x(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16}(?![\w-])/y,
})

export const mailchimpKey: SecretKind = {
  id: 'mailchimp-key',
  title: 'Mailchimp API key',
  severity: 'high',
  opens: 'reads the subscribers and writes to them',
  revoke: 'Disable it under the account’s API keys.',
  references: ['https://mailchimp.com/developer/marketing/guides/quick-start/'],
  anchors: ['-us1', '-us2', '-us3', '-us4', '-us5', '-us6', '-us7', '-us8', '-us9'],
  expression: /(?<=(?<![\w-])(?<lead>[0-9a-f]{32}))-us\d{1,2}(?![\w-])/dy,
  isCertain: true,
}

export const mailgunKey: SecretKind = {
  id: 'mailgun-key',
  title: 'Mailgun API key',
  severity: 'high',
  opens,
  revoke: 'Rotate it under the account’s API security.',
  references: ['https://documentation.mailgun.com/docs/mailgun/api-reference/authentication'],
  anchors: ['mailgun'],
  anyCase: true,
  expression: assigned('mailgun', '(?:key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})'),
  isCertain: true,
}

export const postmarkToken: SecretKind = {
  id: 'postmark-token',
  title: 'Postmark token',
  severity: 'medium',
  opens,
  revoke: 'Make a new token for the server and delete this one.',
  references: ['https://postmarkapp.com/developer/api/overview'],
  anchors: ['postmark', 'x-postmark-server-token'],
  anyCase: true,
  expression: assigned('postmark[\\w-]{0,20}(?:token|key)', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
}

export const sendgridKey: SecretKind = issued({
  id: 'sendgrid-key',
  title: 'SendGrid API key',
  severity: 'high',
  opens,
  revoke: 'Delete it under the account’s API keys.',
  references: ['https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys'],
  anchors: ['"SG.', "'SG.", '=SG.', ' SG.', ':SG.'],
  expression: /["'= :](?<secret>SG\.[\w-]{22}\.[\w-]{43})(?![\w-])/dy,
})

export const twilioKey: SecretKind = {
  id: 'twilio-key',
  title: 'Twilio auth token or key',
  severity: 'high',
  opens: 'sends messages and calls at the owner’s cost, and reads those of others',
  revoke: 'Rotate the auth token or delete the key in the console.',
  references: ['https://www.twilio.com/docs/iam/api-keys'],
  anchors: ['twilio'],
  anyCase: true,
  expression: assigned('twilio[\\w.-]{0,20}(?:token|secret|key|pass(?:word)?)', '(?:SK)?[0-9a-f]{32}'),
}
