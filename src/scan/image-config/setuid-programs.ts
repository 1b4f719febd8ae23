/** Which programs distributions ship with setuid or setgid bits, and which ones nobody does. */

/**
 * Of Debian, Ubuntu, Alpine, Fedora, RHEL and SUSE, by name: `find / -perm /6000` of their images and of the packages `openssh-client`, `cron`, `fuse3`,
 * `nfs-common`, `polkit`, `sudo`.
 */
const shipped: ReadonlySet<string> = new Set([
  'at',
  'bbsuid',
  'bsd-write',
  'chage',
  'chfn',
  'chsh',
  'crontab',
  'dbus-daemon-launch-helper',
  'doas',
  'dotlockfile',
  'expiry',
  'fusermount',
  'fusermount3',
  'gpasswd',
  'grub2-set-bootflag',
  'krb5_child',
  'ldap_child',
  'mount',
  'mount.cifs',
  'mount.nfs',
  'newgidmap',
  'newgrp',
  'newuidmap',
  'pam_extrausers_chkpwd',
  'pam_timestamp_check',
  'passwd',
  'ping',
  'ping6',
  'pkexec',
  'polkit-agent-helper-1',
  'postdrop',
  'postqueue',
  'sg',
  'ssh-agent',
  'ssh-keysign',
  'su',
  'sudo',
  'sudoedit',
  'umount',
  'umount.nfs',
  'unix2_chkpwd',
  'unix_chkpwd',
  'userhelper',
  'usernetctl',
  'utempter',
  'vlock-main',
  'wall',
  'write',
])

const shippedFolders = /^(?:usr\/)?(?:bin|sbin|lib|lib64|libexec)\//

/** Programs that start others, or read and write any file: with the bit, each of them is a way to root. https://gtfobins.github.io/#+suid */
const neverShipped =
  /^(?:(?:a|ba|da|k|mk|z)?sh|fish|busybox|toybox|awk|[gmn]awk|cat|chmod|chown|cp|curl|dd|ed|emacs|env|find|gdb|git|head|ionice|install|less|ln|lua[\d.]*|make|more|mv|nano|nc|ncat|netcat|nice|nmap|node|nohup|openssl|perl[\d.]*|php[\d.]*|python[\d.]*|rsync|ruby[\d.]*|sed|setarch|socat|stdbuf|strace|tail|tar|taskset|tclsh[\d.]*|tee|timeout|unshare|unzip|vi|vim(?:\.\w+)?|watch|wget|xargs|xxd|zip)$/

export function isShippedSetuid(path: string): boolean {
  return shippedFolders.test(path) && shipped.has(nameOf(path))
}

export function isNeverShippedSetuid(path: string): boolean {
  return neverShipped.test(nameOf(path))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
