/** GitHub. https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
import { endsWithCrc62, sha256Base32 } from '../checksums.ts'
import type { SecretKind } from '../kind.ts'

const references = [
  'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats',
]
const opens = 'reads and changes what its owner or its application may: code, packages, workflows and their secrets'

export const githubFineGrainedToken: SecretKind = {
  id: 'github-fine-grained-token',
  title: 'GitHub fine-grained token',
  severity: 'critical',
  opens,
  revoke: 'Delete it under the user’s developer settings, and look into the audit log for what it was used for.',
  references,
  anchors: ['github_pat_'],
  expression: /github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}(?![0-9A-Za-z_])/y,
  // The eight characters before the last eight are those of the hash of all before them.
  isGenuine: (secret) => secret.slice(77, 85) === sha256Base32(secret.slice(0, 77)),
  isCertain: true,
  inBinaries: true,
}

export const githubToken: SecretKind = {
  id: 'github-token',
  title: 'GitHub token',
  severity: 'critical',
  opens,
  revoke:
    'Delete it under the user’s developer settings or uninstall the application, and look into the audit log for what it was used for.',
  references,
  anchors: ['ghp_', 'gho_', 'ghu_', 'ghr_'],
  expression: /gh(?:[pou]_[0-9A-Za-z]{36}|r_[0-9A-Za-z]{76})(?![0-9A-Za-z])/y,
  isGenuine: (secret) => endsWithCrc62(secret.slice(4)),
  isCertain: true,
  inBinaries: true,
}

export const githubInstallationToken: SecretKind = {
  id: 'github-installation-token',
  title: 'GitHub installation token',
  severity: 'medium',
  opens: 'does what the application or the workflow may, for the hour that it lasts',
  revoke: 'It ends by itself within the hour; take it out of what is built, so that the next one does not stay either.',
  references,
  anchors: ['ghs_'],
  // Those of workflows have no checksum.
  expression: /(?<![0-9A-Za-z_])ghs_[0-9A-Za-z]{36}(?![0-9A-Za-z])/y,
  inBinaries: true,
}
