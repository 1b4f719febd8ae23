/** Metrics, logs, errors and who is woken by them. */
import { crcLittleEndian } from '../checksums.ts'
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'
import { issued } from './issued.ts'

const opens = 'reads what the systems report, or reports in their name'
const revoke = 'Revoke it where it was made, and make one for this purpose alone.'

export const datadogKey: SecretKind = {
  id: 'datadog-key',
  title: 'Datadog key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://docs.datadoghq.com/account_management/api-app-keys/'],
  anchors: ['datadog', 'dd_api_key', 'dd_app_key', 'dd_application_key'],
  anyCase: true,
  expression: assigned('(?:datadog|dd)[_-]?(?:api|app|application|access)[_-]?(?:key|token)', '(?:[0-9a-f]{40}|[0-9a-f]{32})'),
}

export const dynatraceToken: SecretKind = issued({
  id: 'dynatrace-token',
  title: 'Dynatrace token',
  severity: 'high',
  opens,
  revoke,
  references: ['https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens'],
  anchors: ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s08.', 'dt0s16.'],
  expression: /(?<![\w.])dt0[cs]\d\d\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}(?![\w.])/y,
})

export const grafanaCloudToken: SecretKind = issued({
  id: 'grafana-cloud-token',
  title: 'Grafana Cloud token',
  severity: 'high',
  opens,
  revoke,
  references: ['https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/'],
  // The base64 of `{"o":"`.
  anchors: ['glc_eyJvIjoi'],
  expression: /(?<![\w-])glc_(?:eyJvIjoi[0-9A-Za-z+/]{40,380})={0,2}(?![\w+/=-])/y,
  isGenuine: (secret) => isJsonObject(secret.slice('glc_'.length), ['o', 'k']),
})

export const grafanaKey: SecretKind = issued({
  id: 'grafana-key',
  title: 'Grafana API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://grafana.com/docs/grafana/latest/administration/service-accounts/'],
  // The base64 of `{"k":"`.
  anchors: ['eyJrIjoi'],
  expression: /(?<![\w+/-])eyJrIjoi[0-9A-Za-z+/]{40,380}={0,2}(?![\w+/=.-])/y,
  isGenuine: (secret) => isJsonObject(secret, ['k', 'n', 'id']),
})

export const grafanaServiceAccountToken: SecretKind = issued({
  id: 'grafana-service-account-token',
  title: 'Grafana service account token',
  severity: 'high',
  opens,
  revoke,
  references: ['https://grafana.com/docs/grafana/latest/administration/service-accounts/'],
  anchors: ['glsa_'],
  expression: /(?<![\w-])glsa_[0-9A-Za-z]{32}_[0-9a-f]{8}(?![\w-])/y,
  isGenuine: (secret) => secret.slice(-8) === crcLittleEndian(secret.slice(0, -9)),
})

function isJsonObject(base64: string, keys: readonly string[]): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))
    return typeof value === 'object' && value !== null && keys.every((key) => Object.hasOwn(value, key))
  } catch {
    // Not JSON is the answer.
    return false
  }
}

export const honeycombKey: SecretKind = issued({
  id: 'honeycomb-key',
  title: 'Honeycomb key',
  severity: 'medium',
  opens,
  revoke,
  references: ['https://docs.honeycomb.io/configure/environments/manage-api-keys/'],
  anchors: ['hcaik_', 'hcamk_', 'hcxik_'],
  expression: /(?<![\w-])hc[a-z]{1,2}[im]k_[0-9a-z]{58,64}(?![\w-])/y,
})

export const newRelicKey: SecretKind = issued({
  id: 'new-relic-key',
  title: 'New Relic key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/'],
  anchors: ['NRAK-', 'NRII-', 'NRAL'],
  expression:
    /(?<![\w-])NRAK-[0-9A-Z]{27}(?![\w-])|(?<![\w-])NRII-[\w-]{32}(?![\w-])|(?<=(?<![\w-])(?<lead>[0-9a-f]{36}|[0-9a-f]{32}))NRAL(?![\w-])/dy,
})

export const posthogKey: SecretKind = issued({
  id: 'posthog-key',
  title: 'PostHog personal key',
  severity: 'high',
  opens: 'reads what the users of the product did',
  revoke,
  references: ['https://posthog.com/docs/api'],
  anchors: ['phx_'],
  expression: /(?<![\w-])phx_[0-9A-Za-z]{43,56}(?![\w-])/y,
})

export const sentryToken: SecretKind = issued({
  id: 'sentry-token',
  title: 'Sentry token',
  severity: 'high',
  opens: 'reads errors with the data in them, and changes the releases of the organisation',
  revoke,
  references: ['https://docs.sentry.io/account/auth-tokens/'],
  anchors: ['sntrys_', 'sntryu_'],
  expression: /(?<![\w-])sntry(?:u_[0-9a-f]{64}|s_eyJ[0-9A-Za-z+/]{40,400}={0,2}_[0-9A-Za-z+/]{43})(?![\w+/=-])/y,
  isGenuine: (secret) => secret.startsWith('sntryu_') || isJsonObject(secret.split('_')[1] ?? '', ['iat', 'org']),
})
