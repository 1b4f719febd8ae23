/** Keepers of secrets, and what is described by code. */
import type { SecretKind } from '../kind.ts'
import { issued } from './issued.ts'

const opens = 'reads the secrets that it is allowed to, all in one place'

export const dopplerToken: SecretKind = issued({
  id: 'doppler-token',
  title: 'Doppler token',
  severity: 'critical',
  opens,
  revoke: 'Revoke it in the dashboard, and rotate the secrets that it could read.',
  references: ['https://docs.doppler.com/docs/service-tokens'],
  anchors: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
  expression: /(?<![\w.-])dp\.(?:pt|st\.[\w-]{1,40}|st|ct|sa|scim|audit)\.[0-9A-Za-z]{40,44}(?![\w-])/y,
})

export const infisicalToken: SecretKind = {
  id: 'infisical-token',
  title: 'Infisical service token',
  severity: 'critical',
  opens,
  revoke: 'Revoke it in the project’s access control, and rotate the secrets that it could read.',
  references: ['https://infisical.com/docs/documentation/platform/token'],
  anchors: ['infisical'],
  anyCase: true,
  expression:
    /infisical[^\r\n]{0,80}?["'= :](?<secret>st\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9a-f]{32}\.[0-9a-f]{32})(?![\w.-])/diy,
  isCertain: true,
}

export const onepasswordKey: SecretKind = {
  id: 'onepassword-key',
  title: '1Password secret key',
  severity: 'high',
  opens: 'opens the account with its password: half of what is needed',
  revoke: 'Regenerate the secret key in the account’s settings.',
  references: ['https://support.1password.com/secret-key-security/'],
  anchors: ['"A3-', "'A3-", '=A3-', ' A3-'],
  expression: /["'= ](?<secret>A3-[0-9A-Z]{6}-(?:[0-9A-Z]{11}|[0-9A-Z]{6}-[0-9A-Z]{5})-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})(?![\w-])/dy,
}

export const onepasswordToken: SecretKind = issued({
  id: 'onepassword-token',
  title: '1Password service account token',
  severity: 'critical',
  opens,
  revoke: 'Revoke the service account’s token, and rotate the secrets of its vaults.',
  references: ['https://developer.1password.com/docs/service-accounts/security/'],
  anchors: ['ops_eyJ'],
  expression: /(?<![\w-])ops_eyJ[\w+/-]{250,490}/y,
})

export const pulumiToken: SecretKind = issued({
  id: 'pulumi-token',
  title: 'Pulumi access token',
  severity: 'high',
  opens: 'reads the state of the stacks with the secrets in it, and changes it',
  revoke: 'Delete it under the account’s access tokens.',
  references: ['https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/'],
  anchors: ['pul-'],
  expression: /(?<![\w-])pul-[0-9a-f]{40}(?![\w-])/y,
})

export const tailscaleKey: SecretKind = issued({
  id: 'tailscale-key',
  title: 'Tailscale key',
  severity: 'high',
  opens: 'joins machines to the private network, or changes its rules',
  revoke: 'Revoke it under the keys in the admin console.',
  references: ['https://tailscale.com/kb/1085/auth-keys'],
  anchors: ['tskey-'],
  expression: /(?<![\w-])tskey-(?:auth|api|client|scim|webhook)-[0-9A-Za-z]{10,24}-[0-9A-Za-z]{20,40}(?![\w-])/y,
})

export const terraformToken: SecretKind = issued({
  id: 'terraform-token',
  title: 'HCP Terraform token',
  severity: 'critical',
  opens: 'reads the state with the secrets in it, and applies changes with the credentials of the workspaces',
  revoke: 'Delete it under the tokens of the user, team or organisation.',
  references: ['https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens'],
  anchors: ['.atlasv1.'],
  expression: /(?<=(?<![\w-])(?<lead>[0-9A-Za-z]{14}))\.atlasv1\.[\w=-]{60,70}(?![\w=-])/dy,
})

export const vaultToken: SecretKind = issued({
  id: 'vault-token',
  title: 'HashiCorp Vault token',
  severity: 'critical',
  opens,
  revoke: 'Run `vault token revoke`, and rotate the secrets that its policies let it read.',
  references: ['https://developer.hashicorp.com/vault/docs/concepts/tokens'],
  anchors: ['hvs.', 'hvb.', 'hvr.'],
  expression: /(?<![\w.-])(?:hv[sr]\.(?:[\w-]{90,150}|[0-9A-Za-z]{24})|hvb\.[\w-]{138,300})(?![\w-])/y,
})
