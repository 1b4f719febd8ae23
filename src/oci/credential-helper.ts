/** The outside of `credentials.ts`: files and helper programs. https://github.com/docker/docker-credential-helpers#development */
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { type CredentialStore, credentialStore } from './credentials.ts'

const maxFileBytes = 1024 * 1024
const timeoutMilliseconds = 30_000

/** Reads what `environment` names; nothing is read before a registry asks. */
export function environmentCredentials(environment: Readonly<Record<string, string | undefined>>): CredentialStore {
  return credentialStore({ environment, readFile: readCredentials, runHelper: (name, input) => runHelper(name, input, environment) })
}

async function readCredentials(file: string): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(maxFileBytes + 1) })
      if (bytesRead > maxFileBytes) throw new Error(`${file} is longer than ${maxFileBytes} bytes`)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

function runHelper(name: string, input: string, environment: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...environment }, timeout: timeoutMilliseconds, maxBuffer: maxFileBytes }
    const child = execFile(`docker-credential-${name}`, ['get'], options, (error, output) => {
      if (!error) return resolve(output)
      // "credentials not found in native keychain" is an answer, on standard output.
      if (/credentials not found|no credentials/i.test(output)) return resolve(undefined)
      return reject(new Error(`docker-credential-${name} ended with ${error.code ?? error.signal ?? 'an error'}`))
    })
    child.stdin?.on('error', () => {
      // A helper that does not read its input still answers or fails by itself.
    })
    child.stdin?.end(input)
  })
}
