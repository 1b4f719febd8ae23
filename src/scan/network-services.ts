/** Packages that are made to answer a network: by the names that distributions give them. */
import type { Package } from '../findings.ts'
import { systemTypes } from './system-types.ts'

/**
 * Names in Debian, Alpine and the Red Hat family, without versions and suffixes (`postgresql-16`, `php8.2-fpm`). Clients and libraries of the same
 * projects have other names (`openssh-client`, `libpq5`) and are not meant.
 */
const services: ReadonlySet<string> = new Set([
  ...['apache2', 'httpd', 'lighttpd', 'nginx', 'caddy', 'haproxy', 'traefik', 'squid', 'varnish', 'envoy', 'tinyproxy', 'dante-server'],
  ...['openssh-server', 'openssh-sshd', 'dropbear', 'telnetd', 'inetutils-telnetd', 'telnet-server', 'rsh-server', 'xrdp', 'tigervnc'],
  ...['bind', 'bind9', 'unbound', 'dnsmasq', 'knot', 'pdns-server', 'coredns'],
  ...[
    'mariadb-server',
    'mysql-server',
    'postgresql',
    'redis',
    'redis-server',
    'valkey',
    'memcached',
    'mongodb-server',
    'mongodb-org-server',
  ],
  ...['postfix', 'exim4', 'exim', 'sendmail', 'opensmtpd', 'dovecot', 'dovecot-core'],
  ...['vsftpd', 'proftpd', 'proftpd-core', 'pure-ftpd', 'tftpd-hpa', 'samba', 'nfs-kernel-server', 'rsync-daemon', 'rpcbind'],
  ...['openvpn', 'wireguard-tools', 'tor', 'stunnel', 'stunnel4', 'socat', 'netcat-openbsd', 'netcat-traditional', 'nmap-ncat', 'ncat'],
  ...['snmpd', 'net-snmp', 'cups', 'cups-daemon', 'avahi', 'avahi-daemon', 'mosquitto', 'rabbitmq-server', 'slapd', 'xinetd'],
])

/** Each name once, sorted. */
export function networkServices(packages: readonly Pick<Package, 'name' | 'type'>[]): readonly string[] {
  const found = packages.filter(({ name, type }) => systemTypes.has(type) && isService(name)).map(({ name }) => name)
  return [...new Set(found)].sort()
}

function isService(name: string): boolean {
  return services.has(name) || services.has(name.replace(/-?\d+(?:\.\d+)*$/u, '')) || /^php[\d.]*-fpm$/u.test(name)
}
