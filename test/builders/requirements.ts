/** Programs that tests need besides Node and git, with the Debian package that brings each. */
export const requirements = [
  { program: 'buildah', debianPackage: 'buildah' },
  { program: 'chromium', debianPackage: 'chromium' },
  { program: 'clamd', debianPackage: 'clamav-daemon' },
  { program: 'docker-registry', debianPackage: 'docker-registry' },
  { program: 'git', debianPackage: 'git' },
  { program: 'htpasswd', debianPackage: 'apache2-utils' },
  { program: 'mmdebstrap', debianPackage: 'mmdebstrap' },
  { program: 'rpm', debianPackage: 'rpm' },
  { program: 'skopeo', debianPackage: 'skopeo' },
  { program: 'umoci', debianPackage: 'umoci' },
  { program: 'zstd', debianPackage: 'zstd' },
] as const
