/** Programs that tests need besides Node and git, with the Debian package that brings each. */
export const requirements = [
  { program: 'buildah', debianPackage: 'buildah' },
  { program: 'chromium', debianPackage: 'chromium' },
  { program: 'clamd', debianPackage: 'clamav-daemon' },
  { program: 'clamscan', debianPackage: 'clamav' },
  { program: 'docker-registry', debianPackage: 'docker-registry' },
  { program: 'git', debianPackage: 'git' },
  { program: 'htpasswd', debianPackage: 'apache2-utils' },
  { program: 'prometheus-pushgateway', debianPackage: 'prometheus-pushgateway' },
  { program: 'rpm', debianPackage: 'rpm' },
  { program: 'rpmbuild', debianPackage: 'rpm' },
  { program: 'skopeo', debianPackage: 'skopeo' },
  { program: 'umoci', debianPackage: 'umoci' },
] as const
