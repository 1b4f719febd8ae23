/**
 * Registry credentials where Docker, the containers tools and Kubernetes keep them. Files are read, and helpers are run, when a registry asks.
 * https://docs.docker.com/reference/cli/docker/login/#credential-stores, https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 */
import path from 'node:path'
import { quote } from '../findings.ts'
import { findInAuths } from './auths.ts'
import { isObject, type JsonObject, parseJsonObject } from './descriptor.ts'
import { RegistryError } from './errors.ts'

/** One of: user and password; an identity (refresh) token, for a token server; a token for the registry itself. */
export type Credential =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly token: string }
  | { readonly kind: 'registry-token'; readonly token: string }

export interface CredentialStore {
  /** Undefined where there is none. Throws RegistryError `unauthorized` when a file or a helper that should know cannot be asked; no message holds a secret. */
  find(registry: string, repository: string): Promise<Credential | undefined>
}

export interface CredentialOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The file's bytes; undefined where there is none. */
  readonly readFile: (file: string) => Promise<Uint8Array | undefined>
  /** Runs `docker-credential-NAME get` with this input and gives its output; undefined where the helper knows nothing. Throws when it fails. */
  readonly runHelper: (name: string, input: string) => Promise<string | undefined>
}

/** The name that Docker stores credentials of Docker Hub under. */
const dockerHubKey = 'https://index.docker.io/v1/'

export function credentialStore(options: CredentialOptions): CredentialStore {
  let files: Promise<readonly NamedConfig[]> | undefined
  return {
    async find(registry, repository) {
      const asked = files ?? readConfigs(options)
      files = asked
      for (const config of await asked) {
        const found = (await askHelper(config, registry, options)) ?? findInAuths(config.value.auths, registry, repository, config.file)
        if (found) return found
      }
      return undefined
    },
  }
}

/** In the order in which they are asked. REGISTRY_AUTH_FILE is asked alone, as in the containers tools. */
export function credentialFiles(environment: CredentialOptions['environment']): string[] {
  const { REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME, DOCKER_CONFIG, HOME, USERPROFILE } = environment
  if (REGISTRY_AUTH_FILE) return [REGISTRY_AUTH_FILE]
  const home = HOME ?? USERPROFILE
  const configHome = XDG_CONFIG_HOME ?? (home === undefined ? undefined : path.join(home, '.config'))
  // An empty one, as of a workspace that is not bound, is no folder: it would be the one that is judged.
  const docker = DOCKER_CONFIG || (home === undefined ? undefined : path.join(home, '.docker'))
  return [
    ...(XDG_RUNTIME_DIR ? [path.join(XDG_RUNTIME_DIR, 'containers/auth.json')] : []),
    ...(configHome ? [path.join(configHome, 'containers/auth.json')] : []),
    // A mounted secret of type kubernetes.io/dockerconfigjson or kubernetes.io/dockercfg is a folder with one of the other two.
    ...(docker ? ['config.json', '.dockerconfigjson', '.dockercfg'].map((name) => path.join(docker, name)) : []),
    ...(home ? [path.join(home, '.dockercfg')] : []),
  ]
}

interface NamedConfig {
  readonly file: string
  readonly value: JsonObject
}

async function readConfigs(options: CredentialOptions): Promise<NamedConfig[]> {
  const configs: NamedConfig[] = []
  for (const file of credentialFiles(options.environment)) {
    const bytes = await options.readFile(file)
    if (!bytes) continue
    try {
      const value = parseJsonObject(bytes, file)
      configs.push({ file, value: path.basename(file) === '.dockercfg' ? { auths: value } : value })
    } catch (cause) {
      throw new RegistryError('unauthorized', `the credentials in ${quote(file)} cannot be read`, { cause })
    }
  }
  return configs
}

/** A helper for the registry goes before the store for all, and both before the file itself. */
async function askHelper({ file, value }: NamedConfig, registry: string, options: CredentialOptions): Promise<Credential | undefined> {
  const helpers = isObject(value.credHelpers) ? new Map(Object.entries(value.credHelpers)) : new Map<string, unknown>()
  const server = registry === 'docker.io' ? dockerHubKey : registry
  const name = helpers.get(registry) ?? helpers.get(server) ?? value.credsStore
  if (name === undefined || name === '') return undefined
  if (typeof name !== 'string' || !/^[\w.-]{1,64}$/.test(name))
    throw new RegistryError('unauthorized', `${quote(file)} names a credential helper that is none`)
  let output: string | undefined
  try {
    output = await options.runHelper(name, server)
  } catch (cause) {
    throw new RegistryError('unauthorized', `the credential helper docker-credential-${name} failed for ${registry}`, { cause })
  }
  if (output === undefined) return undefined
  const { Username: username, Secret: secret } = parseJsonObject(Buffer.from(output), `the answer of docker-credential-${name}`)
  if (typeof username !== 'string' || typeof secret !== 'string' || secret === '') return undefined
  return username === '<token>' ? { kind: 'identity-token', token: secret } : { kind: 'password', username, password: secret }
}
