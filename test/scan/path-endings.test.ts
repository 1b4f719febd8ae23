import { expect, test } from 'vitest'
import { byEnding, type NamedFiles } from '../../src/scan/path-endings.ts'
import { secretKinds } from '../../src/scan/secrets/kinds.ts'

const list: readonly (NamedFiles & { readonly name: string })[] = [
  { name: 'json', endings: ['.json', 'lock'] },
  { name: 'any' },
  { name: 'archive', endings: ['.zip'] },
]
const candidates = (path: string) => byEnding(list)(path).map(({ name }) => name)

test.each([
  ['a/b.json', ['json', 'any']],
  ['A.JSON', ['json', 'any']],
  ['composer.lock', ['json', 'any']],
  ['x.zip', ['any', 'archive']],
  ['x.txt', ['any']],
  ['n', ['any']],
  ['', ['any']],
])('%j may be wanted by %j', (path, names) => {
  expect(candidates(path)).toEqual(names)
})

test.each([
  ['cargo-credential', ['root/.cargo/credentials', 'home/a/.cargo/credentials.toml']],
  ['composer-credential', ['root/.composer/auth.json', 'auth.json']],
  ['dotenv-secret', ['.env', 'app/.env.production', 'app/prod.env']],
  ['git-credentials', ['root/.git-credentials', 'root/.config/git/credentials', 'app/.git/config', 'root/.gitconfig']],
  ['htpasswd-hash', ['etc/nginx/.htpasswd', 'etc/htpasswd.users', 'etc/auth.htpasswd', '.htusers']],
  ['kubeconfig-token', ['root/.kube/config', 'a.kubeconfig', 'kubeconfig.yaml', 'kubeconfig.yml', 'etc/kubernetes/admin.conf']],
  ['maven-password', ['root/.m2/settings.xml', 'settings-security.xml', 'gradle.properties']],
  ['mysql-client-password', ['root/.my.cnf', 'etc/mysql/debian.cnf', '.pgpass', 'pgpass.conf']],
  ['netrc-password', ['root/.netrc', '_netrc', 'etc/apt/auth.conf', 'etc/apt/auth.conf.d/private.conf']],
  ['pypirc-password', ['root/.pypirc']],
])('%s may want all files that it reads', (id, paths) => {
  const kind = secretKinds.find((one) => one.id === id)
  expect(paths.filter((path) => !kind?.reads?.(path))).toEqual([])
  expect(paths.filter((path) => kind && !byEnding(secretKinds)(path).includes(kind))).toEqual([])
})

test('every kind that reads some files alone has its own paths here', () => {
  expect(secretKinds.filter(({ reads }) => reads).length).toBe(10)
})
