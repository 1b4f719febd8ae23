/** Google Cloud and Firebase. https://cloud.google.com/docs/authentication */
import type { SecretKind } from '../kind.ts'

export const firebaseServerKey: SecretKind = {
  id: 'firebase-server-key',
  title: 'Firebase messaging server key',
  severity: 'medium',
  opens: 'sends messages to every device of the application, where the old interface is still enabled',
  revoke: 'Disable the legacy Cloud Messaging API of the project.',
  references: ['https://firebase.google.com/docs/cloud-messaging/migrate-v1'],
  anchors: [':APA91b'],
  expression: /(?<=(?<![\w-])(?<lead>AAAA[\w-]{7})):APA91b[\w-]{134}(?![\w-])/dy,
  inBinaries: true,
}

export const gcpServiceAccountKey: SecretKind = {
  id: 'gcp-service-account-key',
  title: 'Google Cloud service account key',
  severity: 'critical',
  opens: 'acts as the service account, with all roles that it has',
  revoke: 'Delete the key under IAM, service accounts, and use workload identity federation.',
  references: ['https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys'],
  anchors: ['PRIVATE KEY-----'],
  expression: /(?<=\\?"private_key\\?"\s{0,4}:\s{0,4}\\?"-----BEGIN (?:RSA )?)PRIVATE KEY-----/y,
  block: {
    until: '-----END',
    limit: 8192,
    read: (text) => {
      const end = text.indexOf('-----END')
      const body = text.slice('PRIVATE KEY-----'.length, end).replace(/\\{1,2}[nr]|\s/g, '')
      const isKey = /^[A-Za-z0-9+/]{800,6000}={0,2}$/.test(body) && Buffer.from(body.slice(0, 4), 'base64')[0] === 0x30
      const account = /"client_email\\?"\s{0,4}:\s{0,4}\\?"[\w.-]{1,80}@[\w.-]{1,80}\.gserviceaccount\.com/.exec(text.slice(end))
      return isKey && account ? { secret: body, length: end + '-----END'.length } : undefined
    },
  },
  isCertain: true,
  inBinaries: true,
}

export const googleAccessToken: SecretKind = {
  id: 'google-access-token',
  title: 'Google OAuth access token',
  severity: 'medium',
  opens: 'acts as the user or service account for the hour that it lasts',
  revoke: 'Revoke the grant; the token ends by itself within the hour.',
  references: ['https://developers.google.com/identity/protocols/oauth2'],
  anchors: ['ya29.'],
  expression: /(?<![\w.-])ya29\.[\w-]{60,440}(?![\w-])/y,
}

export const googleApiKey: SecretKind = {
  id: 'google-api-key',
  title: 'Google API key',
  severity: 'medium',
  opens: 'uses the APIs that the key is not restricted for, at the project’s cost',
  revoke: 'Restrict the key to the APIs and callers that need it, or delete it.',
  references: ['https://cloud.google.com/docs/authentication/api-keys'],
  anchors: ['AIza'],
  expression: /(?<![\w-])AIza[\w-]{35}(?![\w-])/y,
  inBinaries: true,
}

export const googleOauthSecret: SecretKind = {
  id: 'google-oauth-secret',
  title: 'Google OAuth client secret',
  severity: 'medium',
  opens: 'speaks for the application when users grant it rights',
  revoke: 'Add a new secret to the client in Google Cloud’s console and disable this one.',
  references: ['https://support.google.com/cloud/answer/15549257'],
  anchors: ['GOCSPX-'],
  expression: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/y,
  inBinaries: true,
}

export const googleRefreshToken: SecretKind = {
  id: 'google-refresh-token',
  title: 'Google OAuth refresh token',
  severity: 'high',
  opens: 'makes access tokens of the user as long as nobody revokes it',
  revoke: 'Revoke the grant in the account’s security settings.',
  references: ['https://developers.google.com/identity/protocols/oauth2'],
  anchors: ['"1//0', "'1//0", '=1//0', ' 1//0'],
  expression: /["'= ](?<secret>1\/\/0[\w-]{40,120})(?![\w-])/dy,
}
