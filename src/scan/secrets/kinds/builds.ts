/** Build services, their runners and what they report to. */
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'
import { issued } from './issued.ts'

const revoke = 'Revoke it where it was made, and make one for this purpose alone.'

export const buildkiteToken: SecretKind = issued({
  id: 'buildkite-token',
  title: 'Buildkite API token',
  severity: 'high',
  opens: 'reads and starts builds, as far as its scopes go',
  revoke,
  references: ['https://buildkite.com/docs/apis/managing-api-tokens'],
  anchors: ['bkua_'],
  expression: /(?<![\w-])bkua_[0-9a-f]{40}(?![\w-])/y,
})

export const circleciToken: SecretKind = issued({
  id: 'circleci-token',
  title: 'CircleCI token',
  severity: 'high',
  opens: 'starts pipelines and reads what they hold',
  revoke,
  references: ['https://circleci.com/docs/managing-api-tokens/'],
  anchors: ['CCIPAT_', 'CCIPRJ_'],
  expression: /(?<![\w-])CCIP(?:AT|RJ)_[0-9A-Za-z]{22}_[0-9a-f]{40}(?![\w-])/y,
})

export const harnessToken: SecretKind = {
  id: 'harness-token',
  title: 'Harness token',
  severity: 'high',
  opens: 'changes and runs deployment pipelines',
  revoke,
  references: ['https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/'],
  anchors: ['harness'],
  expression: /harness[^\r\n]{0,80}?["'= :](?<secret>pat\.[\w-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20})(?![\w.-])/diy,
  anyCase: true,
  isCertain: true,
}

export const octopusKey: SecretKind = {
  id: 'octopus-key',
  title: 'Octopus Deploy API key',
  severity: 'high',
  opens: 'deploys in the user’s name',
  revoke,
  references: ['https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key'],
  anchors: ['octopus'],
  anyCase: true,
  expression: assigned('octopus', 'API-[0-9A-Z]{25,32}'),
}

export const snykToken: SecretKind = {
  id: 'snyk-token',
  title: 'Snyk token',
  severity: 'medium',
  opens: 'reads the projects of the organisation and what is wrong with them',
  revoke,
  references: ['https://docs.snyk.io/snyk-api/authentication-for-api'],
  anchors: ['snyk'],
  anyCase: true,
  expression: assigned('snyk[_-]?(?:api[_-]?)?(?:token|key)', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
}

export const sonarToken: SecretKind = issued({
  id: 'sonar-token',
  title: 'SonarQube token',
  severity: 'medium',
  opens: 'reads the analysed code and changes its results',
  revoke,
  references: ['https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/'],
  anchors: ['squ_', 'sqp_', 'sqa_'],
  expression: /(?<![\w-])sq[upa]_[0-9a-f]{40}(?![\w-])/y,
})
