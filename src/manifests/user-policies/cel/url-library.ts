/** URLs: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library */
import type { Environment } from '@marcbachmann/cel-js'

/**
 * As Go's `url.ParseRequestURI` reads it, which the API server uses: a path is escaped where it is not, `#` is a part of it, and all is right after a
 * scheme where no slash follows. `URL` of the platform would lower the host and fill in ports and paths.
 */
class Url {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
  constructor(text: string) {
    const [, scheme = '', rest = ''] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(.*)$/s.exec(text) ?? []
    const [, authority = '', path = '', query = ''] = /^(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/s.exec(rest) ?? []
    const isOpaque = scheme !== '' && !rest.startsWith('/')
    const host = authority.replace(/^[^@]*@/, '')
    const isHost = /^(?:\[[0-9A-Fa-f:.%\w]*\]|[^\s\\^`{|}#%[\]:]*)(?::\d*)?$/.test(host)
    const isEscaped = !/%(?![0-9A-Fa-f]{2})/.test(path)
    const isUrl = (isOpaque || rest.startsWith('/')) && isHost && isEscaped && !/[\x00-\x1f\x7f]/.test(text)
    if (!isUrl) throw new Error(`${JSON.stringify(text.slice(0, 60))} is no URL`)
    this.scheme = scheme.toLowerCase()
    this.host = host
    this.path = isOpaque ? '' : escapedPath(path)
    this.query = query
  }
}

function escapedPath(path: string): string {
  if (/^(?:[\w\-.~!$&'()*+,;=:@[\]/]|%[0-9A-Fa-f]{2})*$/.test(path)) return path
  return path.replace(/[^\w\-.~$&+,/:;=@%]/gu, (one) =>
    one < '\x80' ? `%${one.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}` : encodeURIComponent(one),
  )
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
