/** Files that programs keep credentials in. */
import type { SecretKind } from '../kind.ts'
import { bitsPerCharacter, isPlaceholderWord } from '../specimens.ts'
import { basicAuthUrl } from './connections.ts'

const changePassword = 'Change the password, and mount the file as a secret where it is needed.'
const registryOpens = 'publishes to, or reads from, that registry as the user'

/** A name of the file, whatever folder it is in. */
const named = (names: RegExp) => (path: string) => names.test(path.slice(path.lastIndexOf('/') + 1))

const isChosen = (secret: string): boolean => !isPlaceholderWord(secret)

export const cargoCredential: SecretKind = {
  id: 'cargo-credential',
  title: 'Credential of cargo',
  severity: 'high',
  opens: registryOpens,
  revoke: 'Revoke the token at the registry.',
  references: ['https://doc.rust-lang.org/cargo/reference/config.html#credentials'],
  endings: ['credentials', '.toml'],
  reads: (path) => /(?:^|\/)\.?cargo\/credentials(?:\.toml)?$/.test(path),
  anchors: ['token'],
  expression: /(?<![\w-])token[ \t]{0,4}=[ \t]{0,4}["'](?<secret>[^"'\r\n]{8,200})["']/dy,
}

export const composerCredential: SecretKind = {
  id: 'composer-credential',
  title: 'Credential of Composer',
  severity: 'high',
  opens: registryOpens,
  revoke: changePassword,
  references: ['https://getcomposer.org/doc/articles/authentication-for-private-packages.md'],
  endings: ['auth.json'],
  reads: named(/^auth\.json$/),
  anchors: ['"password"', '"bearer"', '"github-oauth"', '"gitlab-token"'],
  expression:
    /"(?:password"|(?:bearer|github-oauth|gitlab-token)"\s{0,8}:\s{0,8}\{\s{0,8}"[\w.:-]{1,100}")\s{0,8}:\s{0,8}"(?<secret>[^"\r\n]{3,200})"/dy,
  isGenuine: isChosen,
  isPassword: true,
}

export const dockerConfigAuth: SecretKind = {
  id: 'docker-config-auth',
  title: 'Registry credential of Docker',
  severity: 'high',
  opens: 'pulls from the registry as the user, and pushes where the user may',
  revoke: 'Run `docker logout`, change the password or revoke the token, and mount the file as a secret where it is needed.',
  references: ['https://docs.docker.com/reference/cli/docker/login/#default-behavior'],
  anchors: ['"auth"', 'auth\\":'],
  expression: /\\?"?auth\\?"\s{0,4}:\s{0,8}\\?"(?<secret>[A-Za-z0-9+/]{8,400}={0,2})\\?"/dy,
  isGenuine: (secret) => {
    const text = Buffer.from(secret, 'base64').toString('latin1')
    const [user = '', password = ''] = [text.slice(0, Math.max(0, text.indexOf(':'))), text.slice(text.indexOf(':') + 1)]
    return /^[\x20-\x7e]{1,120}$/.test(user) && /^[\x20-\x7e]{3,}$/.test(password) && isChosen(password) && !/example|changeme/i.test(text)
  },
  isPassword: true,
}

export const dockerConfigEncoded: SecretKind = {
  id: 'docker-config-encoded',
  title: 'Docker configuration in base 64',
  severity: 'high',
  opens: 'pulls from the registry as the user, and pushes where the user may',
  revoke: 'Change the password or revoke the token, and make the pull secret outside of what is built.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/'],
  // The base64 of `{"auths":`, with blanks and without.
  anchors: ['eyJhdXRocyI6', 'ewogICJhdXRocyI6', 'ewogICAgImF1dGhzIjog', 'ewoJImF1dGhzIjog'],
  expression: /(?<![\w+/])e[A-Za-z0-9+/]{40,460}={0,2}/y,
  isGenuine: (secret) => /"(?:auth|password|identitytoken)"\s*:\s*"[^"]{3}/.test(Buffer.from(secret, 'base64').toString('latin1')),
}

/** What is configured by name where names and values are all that there is; the name alone is a weak sign. */
export const dotenvSecret: SecretKind = {
  id: 'dotenv-secret',
  title: 'Secret in an environment file',
  severity: 'medium',
  opens: 'has what the program has, whatever that is: only the name says that it is a secret',
  revoke: 'Find out what it opens and change it there; give the file to the program when it starts.',
  references: ['https://12factor.net/config'],
  reads: (path) =>
    path.includes('.env') &&
    /(?:^|\/)(?:\.env(?:\.[\w-]{1,40})?|[\w-]{1,40}\.env)$/.test(path) &&
    !/(?:example|sample|template|dist|test|ci)$/i.test(path),
  anchors: ['pass', 'secret', 'token', 'api_key', 'apikey', 'private_key', 'access_key', 'encryption_key', 'app_key'],
  anyCase: true,
  expression:
    /(?<=(?:^|[\r\n])(?:export )?[A-Z0-9_]{0,60})(?:pass(?:w(?:or)?d|phrase)?|secret|token|(?:api|app|private|access|encryption)_?key)(?:_?[A-Z0-9]{1,20}){0,2}[ \t]{0,2}=[ \t]{0,2}(?<quote>["']?)(?<secret>[^"'\s#]{8,200})\k<quote>[ \t]{0,8}(?=[\r\n#]|$)/diy,
  isGenuine: (secret, { 0: text }) =>
    isChosen(secret) &&
    bitsPerCharacter(secret) > 2.5 &&
    !/(?:_file|_path|_name|_id|_url|_header|_ttl|_expir\w*)[ \t]{0,2}=/i.test(text) &&
    !/^(?:\/|https?:\/\/|\.\/|file:|arn:|vault:|op:\/\/|ref\+)/.test(secret),
  isPassword: true,
}

export const gitCredentials: SecretKind = {
  ...basicAuthUrl,
  id: 'git-credentials',
  title: 'Stored credential of git',
  severity: 'high',
  opens: 'reads and changes the repositories of the user at that host',
  revoke: 'Change the password or revoke the token at that host, and give it to the build as a secret.',
  references: ['https://git-scm.com/docs/git-credential-store'],
  endings: ['credentials', 'config'],
  reads: (path) => /(?:^|\/)(?:\.git-credentials|\.config\/git\/credentials|\.git\/config|\.gitconfig)$/.test(path),
}

export const htpasswdHash: SecretKind = {
  id: 'htpasswd-hash',
  title: 'Password hash of a web server',
  severity: 'medium',
  opens: 'can try passwords for as long as it takes',
  revoke: changePassword,
  references: ['https://httpd.apache.org/docs/current/misc/password_encryptions.html'],
  reads: named(/^\.?ht(?:passwd|users)|^(?:users|basic|auth)\.?htpasswd/),
  anchors: [':$apr1$', ':$2y$', ':$2a$', ':$2b$', ':{SHA}', ':$6$', ':$5$'],
  expression: /(?<=(?:^|[\r\n])[\w.@-]{1,60}):(?<secret>\$[\w]{1,4}\$[^\s:]{10,120}|\{SHA\}[A-Za-z0-9+/]{27}=)/dy,
}

export const kubeconfigKey: SecretKind = {
  id: 'kubeconfig-key',
  title: 'Client key of a cluster',
  severity: 'critical',
  opens: 'acts in the cluster as that user, mostly its administrator; a certificate cannot be revoked there',
  revoke: 'Take the roles from the user that the certificate names, or replace the certificate authority of the cluster.',
  references: ['https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/'],
  anchors: ['client-key-data'],
  // The base64 of `-----BEGIN `.
  expression: /client-key-data"?:[ \t]{0,4}"?(?<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/]{60,460})/dy,
  isGenuine: (secret) => Buffer.from(secret, 'base64').toString('latin1').includes('PRIVATE KEY-----'),
  isCertain: true,
}

export const kubeconfigToken: SecretKind = {
  id: 'kubeconfig-token',
  title: 'Token of a cluster’s user',
  severity: 'high',
  opens: 'acts in the cluster as that user',
  revoke: 'Delete the token where it was made, and write a credential plugin into the file instead.',
  references: ['https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/'],
  endings: ['config', '.yaml', '.yml', '.conf'],
  reads: (path) =>
    /(?:^|\/)(?:\.kube\/config|[\w.-]{0,40}kubeconfig(?:\.ya?ml)?|(?:admin|kubelet|controller-manager|scheduler)\.conf)$/.test(path),
  anchors: ['token:', 'password:'],
  expression: /(?<![\w-])(?:token|password):[ \t]{1,4}"?(?<secret>[^\s"']{8,400})/dy,
  isGenuine: isChosen,
}

export const encodedPrivateKey: SecretKind = {
  id: 'encoded-private-key',
  title: 'Private key in base 64',
  severity: 'high',
  opens: 'can decrypt what was meant for its owner, sign in its name, and log in wherever the public key is trusted',
  revoke: 'Make a new key pair, and take the public key or the certificate of this one out of everything that trusts it.',
  references: ['https://www.rfc-editor.org/rfc/rfc7468'],
  // The base64 of `-----BEGIN ` and the label.
  anchors: [
    'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVkt',
    'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0t',
    'LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0t',
    'LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZ',
  ],
  expression: /LS0tLS1CRUdJTi[A-Za-z0-9+/]{120,460}/y,
  isCertain: true,
}

export const mavenPassword: SecretKind = {
  id: 'maven-password',
  title: 'Password of Maven or Gradle',
  severity: 'high',
  opens: registryOpens,
  revoke: changePassword,
  references: ['https://maven.apache.org/settings.html#servers'],
  endings: ['.xml', '.properties'],
  reads: named(/^settings(?:-\w+)?\.xml$|^gradle\.properties$/),
  anchors: ['<password>', 'password=', 'password ='],
  anyCase: true,
  expression: /<password>\s{0,8}(?<secret>[^<>{}\s$]{3,128})\s{0,8}<\/password>|password ?=[ \t]{0,4}(?<secret>[^\s${}]{3,128})/diy,
  isGenuine: isChosen,
  isPassword: true,
}

export const mysqlClientPassword: SecretKind = {
  id: 'mysql-client-password',
  title: 'Password of a database client',
  severity: 'high',
  opens: 'signs in to the database as that user, from wherever it can be reached',
  revoke: changePassword,
  references: ['https://dev.mysql.com/doc/refman/8.4/en/option-files.html', 'https://www.postgresql.org/docs/current/libpq-pgpass.html'],
  endings: ['.cnf', 'pgpass', '.conf'],
  reads: named(/^\.my\.cnf$|^debian\.cnf$|^\.pgpass$|^pgpass\.conf$/),
  anchors: ['password', ':5432:', ':*:*:'],
  expression:
    /(?<=(?:^|[\r\n])[ \t]{0,8})password[ \t]{0,4}=[ \t]{0,4}["']?(?<secret>[^\s"']{3,128})|:(?:5432|\*):[^:\r\n]{1,60}:[^:\r\n]{1,60}:(?<secret>[^\s]{3,128})/dy,
  isGenuine: isChosen,
  isPassword: true,
}

export const netrcPassword: SecretKind = {
  id: 'netrc-password',
  title: 'Password of curl, git or apt',
  severity: 'high',
  opens: 'signs in to that machine as that user',
  revoke: changePassword,
  references: ['https://everything.curl.dev/usingcurl/netrc.html', 'https://manpages.debian.org/stable/apt/apt_auth.conf.5.en.html'],
  reads: (path) => /(?:^|\/)[._]netrc$|(?:^|\/)apt\/auth\.conf(?:\.d\/[\w.-]+)?$/.test(path),
  anchors: ['machine', 'default'],
  expression:
    /(?:machine\s{1,8}[\w.:/-]{1,120}|default)\s{1,8}(?:(?:login|account)\s{1,8}\S{1,80}\s{1,8}){0,2}password\s{1,8}(?<secret>\S{3,128})/dy,
  isGenuine: isChosen,
  isPassword: true,
}

export const npmrcCredential: SecretKind = {
  id: 'npmrc-credential',
  title: 'Registry credential of npm or Yarn',
  severity: 'high',
  opens: registryOpens,
  revoke: 'Revoke the token or change the password at the registry, and give it to the build as a secret.',
  references: ['https://docs.npmjs.com/cli/v11/configuring-npm/npmrc#auth-related-configuration'],
  anchors: [':_authToken', ':_password', ':_auth=', '_auth=', '_auth = ', 'npmAuthToken', 'npmAuthIdent'],
  expression:
    /(?:(?::_(?:authToken|password|auth)|(?<=^|[\r\n])_auth)[ \t]{0,2}=[ \t]{0,2}|npmAuth(?:Token|Ident):[ \t]{1,4})["']?(?<secret>[A-Za-z0-9+/=_.:-]{8,300})(?=["'\s]|\\n|$)/dy,
  isGenuine: isChosen,
}

export const nugetPassword: SecretKind = {
  id: 'nuget-password',
  title: 'Password of a NuGet feed',
  severity: 'high',
  opens: registryOpens,
  revoke: changePassword,
  references: ['https://learn.microsoft.com/en-us/nuget/reference/nuget-config-file#packagesourcecredentials'],
  anchors: ['"ClearTextPassword"'],
  expression: /"ClearTextPassword"\s{1,8}value="(?<secret>[^"%$\r\n]{3,128})"/dy,
  isGenuine: isChosen,
  isPassword: true,
}

export const pypircPassword: SecretKind = {
  id: 'pypirc-password',
  title: 'Password of a Python index',
  severity: 'high',
  opens: registryOpens,
  revoke: changePassword,
  references: ['https://packaging.python.org/en/latest/specifications/pypirc/'],
  endings: ['.pypirc'],
  reads: named(/^\.pypirc$/),
  anchors: ['password'],
  expression: /(?<=(?:^|[\r\n])[ \t]{0,8})password[ \t]{0,4}[:=][ \t]{0,4}(?<secret>\S{3,400})/dy,
  isGenuine: isChosen,
  isPassword: true,
}
