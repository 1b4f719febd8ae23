import type { HttpClient } from '../http.ts'
import { environmentCredentials } from '../oci/credential-helper.ts'
import { registrySenders } from '../oci/registry-auth.ts'
import type { Host } from './call-options.ts'
import type { RegistryAccess } from './request.ts'

/** One for the run: tokens and credentials are asked for once. */
export function openAccess(http: HttpClient, environment: Host['environment']): RegistryAccess {
  return { environment, ...registrySenders(http, environmentCredentials(environment)) }
}
