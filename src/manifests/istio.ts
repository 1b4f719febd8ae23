/** Istio's security objects: https://istio.io/latest/docs/reference/config/security/ */

import type { Field } from '../formats/field.ts'
import type { KubernetesObject } from '../repo/repository.ts'
import { readPlainSelector } from './selector.ts'

export function isAuthorizationPolicy({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === 'AuthorizationPolicy' && apiVersion.startsWith('security.istio.io/')
}

/** `ALLOW` where none is written. */
export function actionOf({ root }: KubernetesObject): string {
  return String(root.at('spec', 'action').value ?? 'ALLOW')
}

export type MutualTls = 'DISABLE' | 'PERMISSIVE' | 'STRICT'

/** How a mesh is configured, as far as the tree says it: the mode for a workload of a namespace, by the nearest PeerAuthentication. */
export function mutualTlsOf(
  peerAuthentications: readonly KubernetesObject[],
  namespace: string,
  labels: ReadonlyMap<string, string>,
): MutualTls | undefined {
  const modes = peerAuthentications
    .filter(({ apiVersion }) => apiVersion.startsWith('security.istio.io/'))
    .flatMap((object) => {
      const mode = object.root.at('spec', 'mtls', 'mode').value
      const selector = readPlainSelector(object.root.at('spec', 'selector', 'matchLabels'))
      const isRoot = object.namespace === rootNamespace && selector.isEmpty
      if (!isRoot && (object.namespace !== namespace || !selector.matches(labels))) return []
      // The selector counts before the namespace, and that before the mesh.
      const rank = selector.isEmpty ? (object.namespace === namespace ? 1 : 0) : 2
      return mode === 'DISABLE' || mode === 'PERMISSIVE' || mode === 'STRICT' ? [{ mode, rank } as const] : []
    })
    .sort((a, b) => b.rank - a.rank)
  return modes[0]?.mode
}

/** What stands there is for the whole mesh, unless the installation says another one. */
export const rootNamespace = 'istio-system'

/** Fields of `source` that come from the peer's certificate, and so are empty without mutual TLS. */
export const identityFields = [
  'principals',
  'notPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
] as const

export function sourcesOf(rule: Field): readonly Field[] {
  return rule
    .at('from')
    .items()
    .map((from) => from.at('source'))
}
