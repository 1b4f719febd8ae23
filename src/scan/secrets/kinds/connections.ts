/** Addresses and connection strings with a password in them. RFC 3986 section 3.2.1 */
import type { SecretKind } from '../kind.ts'
import { isPlaceholderWord } from '../specimens.ts'

type ConnectionParts = Pick<SecretKind, 'id' | 'title' | 'severity' | 'opens' | 'anchors'> & {
  /** Source of an expression: one of the anchors, and what follows up to the user. */
  readonly scheme: string
}

const references = ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html']
const revoke = 'Change the password of that user, and give the new one to the program when it starts, from a Secret.'
const opens = 'signs in to the database as that user, from wherever it can be reached'

function connection({ scheme, ...rest }: ConnectionParts): SecretKind {
  const source = `(?:${scheme})(?<user>[^\\s:@/?#"'<>\`\\\\{}$|,]{0,80}):(?<secret>[^\\s@/"'<>\`\\\\|]{3,128})@(?<host>[\\w.:[\\]-]{1,120})`
  return {
    ...rest,
    revoke,
    references,
    expression: new RegExp(source, 'diy'),
    isGenuine: (secret, { groups }) => isUsed(secret, groups?.user ?? '', groups?.host ?? ''),
    isPassword: true,
  }
}

/** Not where nobody but the machine itself can be meant, nor where the password stands for another. */
function isUsed(password: string, user: string, host: string): boolean {
  const isNowhere =
    /^(?:localhost|127\.|0\.0\.0\.0|\[::1?\]|host(?:name)?(?:$|[.:\d])|my-?host|some-?host|server$|foo|bar|x+$)|(?:^|\.)(?:example|invalid|test|localhost)(?:\.(?:com|net|org))?(?::\d{1,5})?$|example/i.test(
      host,
    )
  const isSpoken =
    isPlaceholderWord(password) || password.toLowerCase() === user.toLowerCase() || /^\$|^%[^0-9a-f]|[{}()]|^[*.]{1,9}$/i.test(password)
  return !isNowhere && !isSpoken
}

export const amqpUrl: SecretKind = connection({
  id: 'amqp-url',
  title: 'AMQP address with its password',
  severity: 'high',
  opens: 'reads and writes the queues of that user',
  anchors: ['amqp://', 'amqps://'],
  scheme: 'amqps?://',
})

export const basicAuthUrl: SecretKind = connection({
  id: 'basic-auth-url',
  title: 'Web address with its password',
  severity: 'medium',
  opens: 'signs in to that service as that user',
  anchors: ['http://', 'https://'],
  scheme: 'https?://',
})

export const databaseUrl: SecretKind = connection({
  id: 'database-url',
  title: 'Database address with its password',
  severity: 'high',
  opens,
  anchors: [
    'mssql://',
    'mssql+',
    'sqlserver://',
    'mariadb://',
    'mariadb+',
    'oracle://',
    'oracle+',
    'clickhouse://',
    'cockroachdb://',
  ].concat([
    'couchbase://',
    'couchbases://',
    'couchdb://',
    'neo4j://',
    'neo4j+s://',
    'bolt://',
    'influxdb://',
    'snowflake://',
    'libsql://',
  ]),
  scheme:
    '(?:mssql|sqlserver|mariadb|oracle|clickhouse|cockroachdb|couchbases?|couchdb|neo4j|bolt|influxdb|snowflake|libsql)(?:\\+\\w{1,20})?://',
})

export const ftpUrl: SecretKind = connection({
  id: 'ftp-url',
  title: 'FTP or SSH address with its password',
  severity: 'high',
  opens: 'reads and replaces the files of that user',
  anchors: ['ftp://', 'ftps://', 'ssh://'],
  scheme: '(?:ftps?|ssh)://',
})

export const ldapUrl: SecretKind = connection({
  id: 'ldap-url',
  title: 'Directory address with its password',
  severity: 'high',
  opens: 'reads the directory, and changes of it what that user may',
  anchors: ['ldap://', 'ldaps://'],
  scheme: 'ldaps?://',
})

export const messageUrl: SecretKind = connection({
  id: 'message-url',
  title: 'Message broker address with its password',
  severity: 'high',
  opens: 'reads and writes the messages of that user',
  anchors: ['mqtt://', 'mqtts://', 'nats://', 'stomp://', 'kafka://'],
  scheme: '(?:mqtts?|nats|stomp|kafka)://',
})

export const mongodbUrl: SecretKind = connection({
  id: 'mongodb-url',
  title: 'MongoDB address with its password',
  severity: 'high',
  opens,
  anchors: ['mongodb://', 'mongodb+srv://'],
  scheme: 'mongodb(?:\\+srv)?://',
})

export const mysqlUrl: SecretKind = connection({
  id: 'mysql-url',
  title: 'MySQL address with its password',
  severity: 'high',
  opens,
  anchors: ['mysql://', 'mysql+', 'mysql2://', 'mysqlx://'],
  scheme: 'mysql[2x]?(?:\\+\\w{1,20})?://',
})

export const postgresUrl: SecretKind = connection({
  id: 'postgres-url',
  title: 'PostgreSQL address with its password',
  severity: 'high',
  opens,
  anchors: ['postgres://', 'postgresql://', 'postgresql+', 'postgres+'],
  scheme: 'postgres(?:ql)?(?:\\+\\w{1,20})?://',
})

export const redisUrl: SecretKind = connection({
  id: 'redis-url',
  title: 'Redis address with its password',
  severity: 'high',
  opens,
  anchors: ['redis://', 'rediss://', 'valkey://'],
  scheme: '(?:rediss?|valkeys?)://',
})

export const smtpUrl: SecretKind = connection({
  id: 'smtp-url',
  title: 'Mail server address with its password',
  severity: 'high',
  opens: 'sends mail as that user',
  anchors: ['smtp://', 'smtps://', 'smtp+', 'imaps://'],
  scheme: '(?:smtps?|imaps)(?:\\+\\w{1,20})?://',
})

export const adoConnection: SecretKind = {
  id: 'ado-connection',
  title: 'Connection string with its password',
  severity: 'high',
  opens,
  revoke,
  references,
  anchors: ['server=', 'data source=', 'host='],
  anyCase: true,
  expression:
    /(?<![\w-])(?:server|data source|host)=(?<host>[^;=\r\n"'<>]{1,80});(?:[A-Za-z][\w ]{1,28}=[^;\r\n"'<>]{0,40};){0,4}(?:password|pwd)=(?<secret>[^;\r\n"'<>\\]{3,128})/diy,
  isGenuine: (secret, { groups, 0: text }) => {
    const user = /;(?:user id|uid|user|username)=([^;]{1,40})/i.exec(text)?.[1] ?? ''
    return isUsed(secret, user, (groups?.host ?? '').replace(/^tcp:|[,\\].*$/g, ''))
  },
  isPassword: true,
}

export const jdbcUrl: SecretKind = {
  id: 'jdbc-url',
  title: 'JDBC address with its password',
  severity: 'high',
  opens,
  revoke,
  references,
  anchors: ['jdbc:'],
  expression:
    /jdbc:[a-z0-9]{2,20}:(?:[a-z0-9]{2,12}:){0,2}(?:@|\/\/)?(?=(?<host>[\w.-]{1,120}))\k<host>[^\s"'<>?;&]{0,120}[?;&](?:[\w.]{1,40}=[^\s"'<>;&]{0,60}(?:&amp;|[;&])){0,4}(?:password|pwd)=(?<secret>[^\s"'<>;&\\]{3,128})/diy,
  isGenuine: (secret, { groups, 0: text }) => {
    const user = /[?;&](?:user|username)=([^;&]{1,40})/i.exec(text)?.[1] ?? ''
    return isUsed(secret, user, groups?.host ?? '')
  },
  isPassword: true,
}
