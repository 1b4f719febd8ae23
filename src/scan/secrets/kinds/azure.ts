/** Microsoft Azure. https://learn.microsoft.com/en-us/purview/sit-defn-all-creds */
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'

const storage = ['https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage']

export const azureClientSecret: SecretKind = {
  id: 'azure-client-secret',
  title: 'Microsoft Entra client secret',
  severity: 'critical',
  opens: 'signs in as the application, with all that it was granted',
  revoke: 'Delete the secret under the application’s certificates and secrets in Entra, and prefer a federated credential.',
  references: ['https://learn.microsoft.com/en-us/entra/identity-platform/how-to-add-credentials'],
  anchors: ['client_secret', 'clientsecret', 'client-secret', 'azure_secret', 'app_secret'],
  anyCase: true,
  expression: assigned('(?:client[_-]?secret|azure_secret|app_secret)', '[A-Za-z0-9_~.-]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}', '(?![\\w~.-])'),
  isCertain: true,
}

export const azureDevopsToken: SecretKind = {
  id: 'azure-devops-token',
  title: 'Azure DevOps token',
  severity: 'critical',
  opens: 'reads and changes repositories and pipelines of the organisation, as far as its scopes go',
  revoke: 'Revoke it under the user’s personal access tokens in Azure DevOps.',
  references: ['https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate'],
  anchors: ['JQQJ99'],
  expression: /(?<=(?<![A-Za-z0-9])(?<lead>[A-Za-z0-9]{52}))JQQJ99[A-Za-z0-9]{18}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/dy,
  isCertain: true,
  inBinaries: true,
}

export const azureSasToken: SecretKind = {
  id: 'azure-sas-token',
  title: 'Azure shared access signature',
  severity: 'high',
  opens: 'has the storage that it is for, until it expires',
  revoke: 'Rotate the account key that signed it, or revoke the stored access policy.',
  references: ['https://learn.microsoft.com/en-us/azure/storage/common/storage-sas-overview'],
  anchors: ['sv=20'],
  expression:
    /sv=20\d\d-\d\d-\d\d(?:&|&amp;|\\u0026)[\w%&=:.;\\-]{0,320}?\bsig=(?<secret>[A-Za-z0-9+/]{0,60}(?:(?:%2[bBfF]|%3[dD])[A-Za-z0-9+/]{0,60}){0,12}=?)(?![\w%])/dy,
  isGenuine: (secret) => Buffer.from(decodePercents(secret), 'base64').length === 32,
}

function decodePercents(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
}

export const azureSharedAccessKey: SecretKind = {
  id: 'azure-shared-access-key',
  title: 'Azure shared access key',
  severity: 'high',
  opens: 'sends and receives on the bus, hub or device registry that it is for',
  revoke: 'Regenerate the key of the shared access policy.',
  references: ['https://learn.microsoft.com/en-us/azure/service-bus-messaging/service-bus-sas'],
  anchors: ['SharedAccessKey='],
  expression: /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])/dy,
}

export const azureStorageKey: SecretKind = {
  id: 'azure-storage-key',
  title: 'Azure storage account key',
  severity: 'critical',
  opens: 'reads, changes and deletes all that the storage account or the Cosmos database holds',
  revoke: 'Rotate the account’s keys, and use managed identities.',
  references: storage,
  anchors: ['AccountKey='],
  expression: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])/dy,
  // The key of the storage emulator, which everybody has.
  isGenuine: (secret) => !secret.startsWith('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuF') && !secret.startsWith('C2y6yDjf5'),
  isCertain: true,
  inBinaries: true,
}
