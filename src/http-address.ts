/** Which network addresses the product may talk to, and how: cloud metadata and link-local never, plain HTTP on loopback alone. */
import { BlockList, isIP } from 'node:net'
import { HttpError } from './http-error.ts'

/** Names that resolve to metadata services where a proxy does the resolving. */
const metadataNames = new Set(['metadata', 'metadata.google.internal', 'instance-data', 'instance-data.ec2.internal'])

const refusedNetworks = [
  '169.254.0.0/16', // RFC 3927; metadata of AWS, Azure, GCP, OpenStack
  'fe80::/10', // RFC 4291 2.5.6
  'fd00:ec2::/32', // AWS over IPv6: fd00:ec2::254 and its neighbours
  '100.100.100.200', // Alibaba Cloud
  '192.0.0.192', // Oracle Cloud
  '0.0.0.0/8', // RFC 1122: "this host", which Linux takes for loopback
  '::',
]

export interface AddressRules {
  /** Throws HttpError `refused-address` or `insecure`. Looks at the scheme and the host as written; resolves nothing. */
  checkUrl(url: URL): void
  /** The same for an address that a name resolved to. */
  checkAddress(address: string, url: URL): void
}

/** `allowed`: addresses, or networks as `169.254.10.0/24`, that the policy lets through. Throws HttpError `refused-address` for one that is neither. */
export function addressRules(allowed: readonly string[] = []): AddressRules {
  // Made when there is an address to judge: parsing the first takes Node milliseconds, and many a run asks nobody.
  let refused: BlockList | undefined
  const exceptions = networks(allowed)
  const checkAddress = (address: string, url: URL): void => {
    const plain = withoutMapping(address)
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
    refused ??= networks(refusedNetworks)
    if (refused.check(plain, family) && !exceptions.check(plain, family))
      throw new HttpError(
        'refused-address',
        `${url.host} is at the link-local or metadata address ${plain}, which the policy does not allow`,
      )
    if (url.protocol === 'http:' && !isLoopbackAddress(plain))
      throw new HttpError('insecure', `${url.host} is at ${plain}, and plain HTTP is for loopback addresses only`)
  }
  return {
    checkAddress,
    checkUrl(url) {
      const host = hostOf(url)
      if (url.protocol !== 'https:' && url.protocol !== 'http:')
        throw new HttpError('insecure', `${url.protocol.slice(0, 20)}//${url.host} is neither http: nor https:`)
      if (isIP(host) !== 0) checkAddress(host, url)
      else if (metadataNames.has(host)) throw new HttpError('refused-address', `${host} is the name of a metadata service`)
      else if (url.protocol === 'http:' && !isLoopbackHost(host))
        throw new HttpError('insecure', `${url.host} is not a loopback address, and plain HTTP is for those only`)
    },
  }
}

/** True for `localhost`, names below it (RFC 6761 6.3), 127.0.0.0/8 and ::1. `host` has no port and no brackets. */
export function isLoopbackHost(host: string): boolean {
  if (isIP(host) !== 0) return isLoopbackAddress(withoutMapping(host))
  return host === 'localhost' || host.endsWith('.localhost')
}

/** The host of a URL in lower case, without brackets and without the root's dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

function isLoopbackAddress(address: string): boolean {
  return isIP(address) === 4 ? address.startsWith('127.') : /^(?:0{0,4}:){2,7}0{0,3}1$/.test(address)
}

/** `::ffff:a9fe:a9fe` and NAT64's `64:ff9b::a9fe:a9fe` reach 169.254.169.254 (RFC 4291 2.5.5.2, RFC 6052). */
function withoutMapping(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase()
  const dotted = /^(?:(?:0{0,4}:)*:?ffff:|64:ff9b::)(\d+\.\d+\.\d+\.\d+)$/.exec(bare)
  if (dotted?.[1]) return dotted[1]
  const hex = /^(?:(?:0{0,4}:)*:?ffff:|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})$/.exec(bare)
  if (!hex?.[1] || !hex[2]) return bare
  const [high, low] = [Number.parseInt(hex[1], 16), Number.parseInt(hex[2], 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function networks(list: readonly string[]): BlockList {
  const result = new BlockList()
  for (const text of list) {
    const [address = '', prefix] = text.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0)
      throw new HttpError('refused-address', `the allowed address ${JSON.stringify(text)} is not an address or a network`)
    if (prefix === undefined) result.addAddress(address, family)
    else result.addSubnet(address, Number(prefix), family)
  }
  return result
}
