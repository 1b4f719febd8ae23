/** Where Istio's gateways send traffic from outside to. https://istio.io/latest/docs/reference/config/networking/virtual-service/ */
import type { KubernetesObject } from '../../repo/repository.ts'
import { type Backend, portOf, textOf } from './routes.ts'

/** Of the services that are bound to a gateway, and of those that they delegate to. */
export function istioBackends(virtualServices: readonly KubernetesObject[]): readonly Backend[] {
  const all = virtualServices.filter(({ apiVersion }) => apiVersion.startsWith('networking.istio.io/'))
  const byName = new Map(all.map((object) => [`${object.namespace}/${object.name}`, object]))
  // Without a gateway it is for the sidecars of the mesh, as `mesh` says.
  const bound = all.filter(({ root }) =>
    root
      .at('spec', 'gateways')
      .items()
      .some(({ value }) => value !== 'mesh'),
  )
  const delegates = bound.flatMap(({ namespace, root }) =>
    root
      .at('spec', 'http')
      .items()
      .map((route) => route.at('delegate'))
      .flatMap((field) => byName.get(`${textOf(field.at('namespace')) || namespace}/${textOf(field.at('name'))}`) ?? []),
  )
  return [...new Set([...bound, ...delegates])].flatMap(backendsOf)
}

function backendsOf({ namespace, root, subject }: KubernetesObject): readonly Backend[] {
  const routes = ['http', 'tls', 'tcp'].flatMap((key) => root.at('spec', key).items())
  const destinations = routes.flatMap((route) =>
    route
      .at('route')
      .items()
      .map((each) => each.at('destination')),
  )
  return destinations.map((field) => {
    // A short name is of the object's own namespace.
    const [name = '', other] = textOf(field.at('host')).split('.')
    return { namespace: other ?? namespace, name, port: portOf(field.at('port', 'number')), by: subject }
  })
}
