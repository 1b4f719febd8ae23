/** Amazon Web Services. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
import type { SecretKind } from '../kind.ts'
import { bitsPerCharacter } from '../specimens.ts'
import { assigned } from './assigned.ts'

const references = ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html']

export const amazonMwsToken: SecretKind = {
  id: 'amazon-mws-token',
  title: 'Amazon MWS token',
  severity: 'high',
  opens: 'acts for the seller in the Marketplace Web Service',
  revoke: 'Revoke the authorisation in Seller Central.',
  references: ['https://developer-docs.amazon.com/sp-api'],
  anchors: ['amzn.mws.'],
  expression: /amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])/y,
  isCertain: true,
  inBinaries: true,
}

export const awsAccessKey: SecretKind = {
  id: 'aws-access-key',
  title: 'AWS access key',
  severity: 'high',
  opens: 'knows the account and the user, and with the secret key that mostly stands beside it acts with all the user’s rights',
  revoke: 'Deactivate the key in IAM, look into CloudTrail for what it was used for, and use a role in the place of a key.',
  references,
  anchors: ['AKIA', 'ABIA', 'ACCA'],
  expression: /(?<![A-Za-z0-9+/_-])A(?:KIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9+/=_-])/y,
  isGenuine: namesAccount,
  isCertain: true,
  inBinaries: true,
}

export const awsTemporaryKey: SecretKind = {
  id: 'aws-temporary-key',
  title: 'AWS temporary access key',
  severity: 'medium',
  opens: 'acts with the rights of the session until it ends, at most 36 hours after it began',
  revoke: 'Revoke the sessions of the role in IAM.',
  references,
  anchors: ['ASIA'],
  expression: /(?<![A-Za-z0-9+/_-])ASIA[A-Z2-7]{16}(?![A-Za-z0-9+/=_-])/y,
  isGenuine: (secret) => namesAccount(secret) && /[2-7]/.test(secret),
  inBinaries: true,
}

/** The sixteen characters are ten bytes in base 32, and bits 7 to 46 of the first six are the number of the account: twelve decimal digits. */
function namesAccount(key: string): boolean {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let bits = 0n
  for (const character of key.slice(4, 14)) bits = (bits << 5n) | BigInt(digits.indexOf(character))
  const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n
  return account > 0n && account <= 999_999_999_999n
}

export const awsBedrockKey: SecretKind = {
  id: 'aws-bedrock-key',
  title: 'Amazon Bedrock API key',
  severity: 'high',
  opens: 'calls the models of the account, at its cost',
  revoke: 'Reset or delete the key under the user’s service-specific credentials in IAM.',
  references: ['https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html'],
  // The base64 of `BedrockAPIKey-`.
  anchors: ['ABSKQmVkcm9ja0FQSUtleS'],
  expression: /ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{88,260}={0,2}(?![A-Za-z0-9+/=])/y,
  isCertain: true,
  inBinaries: true,
}

export const awsSecretKey: SecretKind = {
  id: 'aws-secret-key',
  title: 'AWS secret access key',
  severity: 'critical',
  opens: 'acts with all rights of the user or role, from anywhere',
  revoke: 'Deactivate the key in IAM, look into CloudTrail for what it was used for, and use a role in the place of a key.',
  references,
  anchors: ['aws_secret', 'secret_access_key', 'secretaccesskey', 'aws_access_secret', 'secret_key'],
  anyCase: true,
  expression: assigned('(?:aws_)?(?:secret_?access_?key|secret_key|secret|access_secret)', '[A-Za-z0-9+/]{40}'),
  // Base64 of thirty random bytes; a path or the hexadecimal digits of a hash have fewer bits, or no capital letters.
  isGenuine: (secret) => /[A-Z]/.test(secret) && /[a-z]/.test(secret) && /\d/.test(secret) && bitsPerCharacter(secret) > 4,
}
