/** Capabilities that runtimes give every container, but for NET_RAW, which the Pod Security Standards do not count. https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline */
export const defaultCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])
