/** GitLab. https://docs.gitlab.com/security/tokens/#token-prefixes */
import { endsWithCrc36 } from '../checksums.ts'
import type { SecretKind } from '../kind.ts'

const references = ['https://docs.gitlab.com/security/tokens/']

export const gitlabAgentToken: SecretKind = {
  id: 'gitlab-agent-token',
  title: 'GitLab agent token',
  severity: 'high',
  opens: 'connects to GitLab as the agent of the cluster, and is given what is meant for it',
  revoke: 'Revoke it under the agent of the cluster in GitLab.',
  references,
  anchors: ['glagent-'],
  expression: /(?<![\w-])glagent-[\w-]{50,1024}(?![\w-])/y,
  isCertain: true,
  inBinaries: true,
}

export const gitlabDeployToken: SecretKind = {
  id: 'gitlab-deploy-token',
  title: 'GitLab deploy token',
  severity: 'high',
  opens: 'reads, and may write, the repositories and registries of the project or group',
  revoke: 'Revoke it under the project’s or group’s deploy tokens.',
  references,
  anchors: ['gldt-'],
  expression: /(?<![\w-])gldt-[\w-]{20}(?![\w-])/y,
  isCertain: true,
  inBinaries: true,
}

export const gitlabFeedToken: SecretKind = {
  id: 'gitlab-feed-token',
  title: 'GitLab feed or mail token',
  severity: 'medium',
  opens: 'reads the user’s activity, or makes issues in the user’s name',
  revoke: 'Reset it under the user’s access tokens.',
  references,
  anchors: ['glft-', 'glimt-'],
  expression: /(?<![\w-])(?:glft-[\w-]{20}|glimt-[\w-]{25})(?![\w-])/y,
  inBinaries: true,
}

export const gitlabJobToken: SecretKind = {
  id: 'gitlab-job-token',
  title: 'GitLab job token',
  severity: 'medium',
  opens: 'has the rights of the job while it runs',
  revoke: 'It ends with its job; take it out of what is built, so that the next one does not stay either.',
  references,
  anchors: ['glcbt-'],
  expression: /(?<![\w-])glcbt-[0-9a-zA-Z]{1,5}_[\w-]{20}(?![\w-])/y,
  inBinaries: true,
}

export const gitlabOauthSecret: SecretKind = {
  id: 'gitlab-oauth-secret',
  title: 'GitLab application secret',
  severity: 'high',
  opens: 'speaks for the application when users grant it rights',
  revoke: 'Renew the secret of the application.',
  references,
  anchors: ['gloas-'],
  expression: /(?<![\w-])gloas-[\w-]{64}(?![\w-])/y,
  isCertain: true,
  inBinaries: true,
}

export const gitlabToken: SecretKind = {
  id: 'gitlab-token',
  title: 'GitLab access token',
  severity: 'critical',
  opens: 'reads and changes what its user, project or group may, as far as its scopes go',
  revoke: 'Revoke it under the access tokens of its user, project or group, and look into the audit events for what it was used for.',
  references: [...references, 'https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/'],
  anchors: ['glpat-'],
  expression: /(?<![\w-])glpat-(?:[\w-]{27,300}\.[0-9a-z]{2}\.[0-9a-z]{9}|[\w-]{20})(?![\w-])/y,
  isGenuine: (secret) => !secret.includes('.') || endsWithCrc36(secret),
  isCertain: true,
  inBinaries: true,
}

export const gitlabRunnerToken: SecretKind = {
  id: 'gitlab-runner-token',
  title: 'GitLab runner token',
  severity: 'high',
  opens: 'takes the jobs that are meant for the runner, with their code and their secrets',
  revoke: 'Delete the runner in GitLab and register it anew.',
  references,
  anchors: ['glrt-', 'GR1348941'],
  expression: /(?<![\w-])(?:glrt-(?:t\d_)?[\w-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?|GR1348941[\w-]{20})(?![\w-])/y,
  isGenuine: (secret) => !secret.includes('.') || endsWithCrc36(secret),
  isCertain: true,
  inBinaries: true,
}

export const gitlabTriggerToken: SecretKind = {
  id: 'gitlab-trigger-token',
  title: 'GitLab pipeline trigger token',
  severity: 'high',
  opens: 'starts pipelines with variables of its own choice',
  revoke: 'Revoke it under the project’s pipeline trigger tokens.',
  references,
  anchors: ['glptt-'],
  expression: /(?<![\w-])glptt-[0-9a-f]{40}(?![\w-])/y,
  isCertain: true,
  inBinaries: true,
}
