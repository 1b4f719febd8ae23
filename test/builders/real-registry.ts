/** Debian's registry on 127.0.0.1, with one user who has a password. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, run, startProgram } from './programs.ts'

export const realRegistryPrograms = ['docker-registry', 'htpasswd'] as const

export interface RealRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** A folder for `DOCKER_CONFIG` that has the password. */
  readonly dockerConfig: string
  /** `name:password` */
  readonly user: string
  stop(): Promise<void>
}

/** Keeps what it is given below `directory`. */
export async function startRealRegistry(directory: string): Promise<RealRegistry> {
  const port = await freePort()
  const host = `127.0.0.1:${port}`
  const [name, password] = ['me', 's3cret']
  await mkdir(join(directory, 'docker'), { recursive: true })
  await writeFile(join(directory, 'htpasswd'), await run('htpasswd', ['-Bbn', name, password]))
  const auth = Buffer.from(`${name}:${password}`).toString('base64')
  await writeFile(join(directory, 'docker/config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  const config = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(directory, 'registry') } },
    http: { addr: host },
    auth: { htpasswd: { realm: 'test', path: join(directory, 'htpasswd') } },
  }
  await writeFile(join(directory, 'registry.yml'), JSON.stringify(config))
  const stop = await startProgram('docker-registry', ['serve', join(directory, 'registry.yml')], port)
  return { host, dockerConfig: join(directory, 'docker'), user: `${name}:${password}`, stop }
}
