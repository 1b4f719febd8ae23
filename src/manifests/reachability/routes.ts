/** Where an Ingress, or a route of the Gateway API, sends traffic from outside to. */
import type { Field } from '../../formats/field.ts'
import type { KubernetesObject } from '../../repo/repository.ts'

/** Where a route sends traffic to. */
export interface Backend {
  readonly namespace: string
  readonly name: string
  readonly port: number | string | undefined
  /** The route's subject. */
  readonly by: string
}

/** https://kubernetes.io/docs/concepts/services-networking/ingress/, https://gateway-api.sigs.k8s.io/reference/spec/ */
export const routeKinds = ['Ingress', 'GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'] as const

export function backendsOfRoute({ kind, namespace, root, subject }: KubernetesObject): readonly Backend[] {
  const spec = root.at('spec')
  if (kind !== 'Ingress') {
    const references = spec
      .at('rules')
      .items()
      .flatMap((rule) => rule.at('backendRefs').items())
    return references.map((field) => ({
      namespace: textOf(field.at('namespace')) || namespace,
      name: textOf(field.at('name')),
      port: portOf(field.at('port')),
      by: subject,
    }))
  }
  const paths = spec
    .at('rules')
    .items()
    .flatMap((rule) =>
      rule
        .at('http', 'paths')
        .items()
        .map((path) => path.at('backend')),
    )
  return [spec.at('defaultBackend'), spec.at('backend'), ...paths].map((field) => {
    // extensions/v1beta1 wrote serviceName and servicePort.
    const port = [field.at('service', 'port', 'number'), field.at('service', 'port', 'name'), field.at('servicePort')].map(portOf)
    return {
      namespace,
      name: textOf(field.at('service', 'name')) || textOf(field.at('serviceName')),
      port: port.find((one) => one !== undefined),
      by: subject,
    }
  })
}

export function textOf({ value }: Field): string {
  return typeof value === 'string' ? value : ''
}

export function portOf({ value }: Field): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}
