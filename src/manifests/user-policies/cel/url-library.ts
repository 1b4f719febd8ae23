/** URLs: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library */
import type { Environment } from '@marcbachmann/cel-js'

/** As it is written: `URL` of the platform would lower the host and fill in ports and paths. RFC 3986, appendix B */
class Url {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
  constructor(text: string) {
    const [, scheme, authority, path = '', query = ''] =
      /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(text) ?? []
    const isAbsolute =
      (scheme !== undefined && (authority !== undefined || path.startsWith('/'))) || (scheme === undefined && text.startsWith('/'))
    if (!isAbsolute || /[\s<>\\^`{|}]/.test(text)) throw new Error(`${JSON.stringify(text.slice(0, 60))} is no URL`)
    this.scheme = scheme ?? ''
    this.host = (authority ?? '').replace(/^[^@]*@/, '')
    this.path = path
    this.query = query
  }
}

export function registerUrls(environment: Environment): void {
  environment
    .registerType('kubernetes.URL', Url)
    .registerFunction('url(string): kubernetes.URL', (text: string) => new Url(text))
    .registerFunction('isURL(string): bool', isUrl)
    .registerFunction('kubernetes.URL.getScheme(): string', ({ scheme }: Url) => scheme)
    .registerFunction('kubernetes.URL.getHost(): string', ({ host }: Url) => host)
    .registerFunction('kubernetes.URL.getHostname(): string', ({ host }: Url) => host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'))
    .registerFunction('kubernetes.URL.getPort(): string', ({ host }: Url) => /:(\d*)$/.exec(host)?.[1] ?? '')
    .registerFunction('kubernetes.URL.getEscapedPath(): string', ({ path }: Url) => path)
    .registerFunction('kubernetes.URL.getQuery(): map<string, list<string>>', ({ query }: Url) => queryOf(query))
}

function isUrl(text: string): boolean {
  try {
    return new Url(text) instanceof Url
  } catch {
    return false // That it is none is the answer.
  }
}

function queryOf(query: string): ReadonlyMap<string, readonly string[]> {
  const parameters = new URLSearchParams(query)
  return new Map([...new Set(parameters.keys())].map((key) => [key, parameters.getAll(key)]))
}
