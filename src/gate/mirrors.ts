/** The policy's mirrors with the place of their folders: paths of a policy start from its own folder. */
import { resolve } from 'node:path'
import type { Mirror, Policy } from '../policy/policy.ts'

export function mirrorsOf(policy: Policy, directory: string): readonly Mirror[] {
  return policy.registries.mirrors.map(({ prefix, to }) => ({
    prefix,
    to: 'layouts' in to ? { layouts: resolve(directory, to.layouts) } : to,
  }))
}
