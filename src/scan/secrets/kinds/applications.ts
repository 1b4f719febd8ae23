/** Services that people work with: documents, designs, projects, identities. */
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'
import { issued } from './issued.ts'

const opens = 'reads and changes what the user may'
const revoke = 'Revoke it in the settings of the account.'

export const adobeSecret: SecretKind = issued({
  id: 'adobe-secret',
  title: 'Adobe client secret',
  severity: 'high',
  opens: 'acts as the integration',
  revoke: 'Add a new secret to the credential in the developer console and delete this one.',
  references: ['https://developer.adobe.com/developer-console/docs/guides/authentication/'],
  anchors: ['p8e-', 'p8e_'],
  expression: /(?<![\w-])p8e-[\w-]{32}(?![\w-])/y,
})

export const algoliaKey: SecretKind = {
  id: 'algolia-key',
  title: 'Algolia admin key',
  severity: 'medium',
  opens: 'changes and deletes the indices',
  revoke,
  references: ['https://www.algolia.com/doc/guides/security/api-keys/'],
  anchors: ['algolia'],
  anyCase: true,
  expression: assigned('algolia[\\w.-]{0,16}(?:admin|write|secret)[\\w.-]{0,10}key', '[0-9a-f]{32}'),
}

export const atlassianToken: SecretKind = issued({
  id: 'atlassian-token',
  title: 'Atlassian API token',
  severity: 'high',
  opens: 'reads and changes issues, pages and code as its user',
  revoke: 'Revoke it under the account’s API tokens.',
  references: ['https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/'],
  anchors: ['ATATT3xFfGF0', 'ATCTT3xFfGN0', 'ATCTT3xFfGF0'],
  expression: /(?<![\w-])AT(?:A|C)TT3xFfG[FN]0[\w-]{140,200}=[0-9A-F]{8}(?![\w-])/y,
})

export const bitbucketPassword: SecretKind = issued({
  id: 'bitbucket-password',
  title: 'Bitbucket app password',
  severity: 'high',
  opens: 'reads and changes repositories as its user',
  revoke: 'Revoke it under the account’s app passwords.',
  references: ['https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/'],
  anchors: ['ATBB'],
  expression: /(?<![\w+/-])ATBB[0-9A-Za-z]{32}(?![\w+/=-])/y,
})

export const cloudinaryUrl: SecretKind = {
  id: 'cloudinary-url',
  title: 'Cloudinary address with its secret',
  severity: 'high',
  opens: 'changes and deletes what the account stores',
  revoke,
  references: ['https://cloudinary.com/documentation/how_to_integrate_cloudinary'],
  anchors: ['cloudinary://'],
  expression: /cloudinary:\/\/\d{12,18}:(?<secret>[\w-]{24,32})@[\w-]{1,60}/dy,
  isCertain: true,
}

export const contentfulToken: SecretKind = issued({
  id: 'contentful-token',
  title: 'Contentful management token',
  severity: 'high',
  opens,
  revoke,
  references: ['https://www.contentful.com/developers/docs/references/authentication/'],
  anchors: ['CFPAT-'],
  expression: /(?<![\w-])CFPAT-[\w-]{43}(?![\w-])/y,
})

export const duffelToken: SecretKind = issued({
  id: 'duffel-token',
  title: 'Duffel token',
  severity: 'high',
  opens: 'books flights at the owner’s cost',
  revoke,
  references: ['https://duffel.com/docs/api/overview/authentication'],
  anchors: ['duffel_live_'],
  expression: /(?<![\w-])duffel_live_[\w-]{43}(?![\w-])/y,
})

export const figmaToken: SecretKind = issued({
  id: 'figma-token',
  title: 'Figma token',
  severity: 'high',
  opens: 'reads, and may comment on, the files of the user',
  revoke,
  references: ['https://www.figma.com/developers/api#access-tokens'],
  anchors: ['figd_'],
  expression: /(?<![\w-])figd_[\w-]{40}(?![\w-])/y,
})

export const frameioToken: SecretKind = issued({
  id: 'frameio-token',
  title: 'Frame.io token',
  severity: 'high',
  opens,
  revoke,
  references: ['https://developer.adobe.com/frameio/guides/'],
  anchors: ['fio-u-'],
  expression: /(?<![\w-])fio-u-[\w-]{64}(?![\w-])/y,
})

export const linearKey: SecretKind = issued({
  id: 'linear-key',
  title: 'Linear API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://linear.app/developers/graphql'],
  anchors: ['lin_api_', 'lin_oauth_'],
  expression: /(?<![\w-])lin_(?:api_[0-9A-Za-z]{40}|oauth_[0-9a-f]{64})(?![\w-])/y,
})

export const notionToken: SecretKind = issued({
  id: 'notion-token',
  title: 'Notion token',
  severity: 'high',
  opens: 'reads and changes the pages that the integration was given',
  revoke: 'Refresh the secret of the integration.',
  references: ['https://developers.notion.com/docs/authorization'],
  anchors: ['ntn_'],
  expression: /(?<![\w-])ntn_\d{11}[0-9A-Za-z]{35}(?![\w-])/y,
})

export const oktaToken: SecretKind = {
  id: 'okta-token',
  title: 'Okta API token',
  severity: 'high',
  opens: 'manages users and applications of the organisation as its administrator',
  revoke: 'Revoke it under security, API, tokens.',
  references: ['https://developer.okta.com/docs/guides/create-an-api-token/'],
  anchors: ['okta', 'ssws'],
  anyCase: true,
  expression: assigned('(?:okta|ssws)', '00[\\w-]{40}'),
  isGenuine: (secret) => /[a-z]/.test(secret) && /[A-Z]/.test(secret),
}

export const openshiftToken: SecretKind = issued({
  id: 'openshift-token',
  title: 'OpenShift token',
  severity: 'high',
  opens: 'acts in the cluster as its user, for a day as a rule',
  revoke: 'Run `oc delete oauthaccesstoken`, or `oc logout` with it.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/authentication_and_authorization/managing-oauth-access-tokens',
  ],
  anchors: ['sha256~'],
  expression: /(?<![\w-])sha256~[\w-]{43}(?![\w-])/y,
})

export const postmanKey: SecretKind = issued({
  id: 'postman-key',
  title: 'Postman API key',
  severity: 'high',
  opens: 'reads the collections and environments of the user, with the secrets in them',
  revoke,
  references: ['https://learning.postman.com/docs/developer/postman-api/authentication/'],
  anchors: ['PMAK-'],
  expression: /(?<![\w-])PMAK-[0-9a-f]{24}-[0-9a-f]{34}(?![\w-])/y,
})

export const prefectKey: SecretKind = issued({
  id: 'prefect-key',
  title: 'Prefect key',
  severity: 'high',
  opens: 'runs flows in the workspace',
  revoke,
  references: ['https://docs.prefect.io/v3/manage/cloud/manage-users/api-keys'],
  anchors: ['pnu_', 'pnb_'],
  expression: /(?<![\w-])pn[ub]_[0-9A-Za-z]{36}(?![\w-])/y,
})

export const readmeKey: SecretKind = issued({
  id: 'readme-key',
  title: 'ReadMe API key',
  severity: 'medium',
  opens,
  revoke,
  references: ['https://docs.readme.com/main/reference/intro/authentication'],
  anchors: ['rdme_'],
  expression: /(?<![\w-])rdme_[0-9a-z]{70}(?![\w-])/y,
})

export const typeformToken: SecretKind = issued({
  id: 'typeform-token',
  title: 'Typeform token',
  severity: 'high',
  opens: 'reads what people answered',
  revoke,
  references: ['https://www.typeform.com/developers/get-started/personal-access-token/'],
  anchors: ['tfp_'],
  expression: /(?<![\w-])tfp_[\w-]{40,46}_[\w-]{12,16}(?![\w-])/y,
})
