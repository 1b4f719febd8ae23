/** Addresses and blocks: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library */
import { isIP, isIPv4 } from 'node:net'
import type { Environment } from '@marcbachmann/cel-js'

/** An address as a number, so that blocks are arithmetic. */
class Address {
  readonly family: 4 | 6
  readonly number: bigint
  constructor(text: string) {
    // Zones and IPv4 in IPv6 are refused, as they are upstream.
    if (isIP(text) === 0 || text.includes('%') || (text.includes(':') && text.includes('.')))
      throw new Error(`${JSON.stringify(text.slice(0, 60))} is no IP address`)
    this.family = isIPv4(text) ? 4 : 6
    this.number = this.family === 4 ? readV4(text) : readV6(text)
  }
}

class Block {
  readonly address: Address
  readonly length: number
  constructor(text: string) {
    const [address = '', length = ''] = text.split('/')
    this.address = new Address(address)
    this.length = Number(length)
    if (!/^\d{1,3}$/.test(length) || this.length > width(this.address) || text.split('/').length !== 2)
      throw new Error(`${JSON.stringify(text.slice(0, 60))} is no CIDR block`)
  }
}

export function registerNetworks(environment: Environment): void {
  class IpNamespace {}
  environment
    .registerType('net.IP', Address)
    .registerType('net.CIDR', Block)
    .registerType('net.IPNamespace', IpNamespace)
    .registerConstant('ip', 'net.IPNamespace', new IpNamespace())
    .registerFunction('ip(string): net.IP', (text: string) => new Address(text))
    .registerFunction('isIP(string): bool', (text: string) => succeeds(() => new Address(text)))
    .registerFunction('net.IPNamespace.isCanonical(string): bool', (_: IpNamespace, text: string) => write(new Address(text)) === text)
    .registerFunction('string(net.IP): string', write)
    .registerFunction('net.IP.family(): int', ({ family }: Address) => BigInt(family))
    .registerFunction('net.IP.isUnspecified(): bool', ({ number }: Address) => number === 0n)
    .registerFunction('net.IP.isLoopback(): bool', (address: Address) => isIn(address, '127.0.0.0/8', '::1/128'))
    .registerFunction('net.IP.isLinkLocalMulticast(): bool', (address: Address) => isIn(address, '224.0.0.0/24', 'ff02::/16'))
    .registerFunction('net.IP.isLinkLocalUnicast(): bool', (address: Address) => isIn(address, '169.254.0.0/16', 'fe80::/10'))
    .registerFunction('net.IP.isGlobalUnicast(): bool', isGlobalUnicast)
    .registerOperator('net.IP == net.IP', (a: Address, b: Address) => a.family === b.family && a.number === b.number)
    .registerFunction('cidr(string): net.CIDR', (text: string) => new Block(text))
    .registerFunction('isCIDR(string): bool', (text: string) => succeeds(() => new Block(text)))
    .registerFunction('string(net.CIDR): string', ({ address, length }: Block) => `${write(address)}/${length}`)
    .registerFunction('net.CIDR.ip(): net.IP', ({ address }: Block) => address)
    .registerFunction('net.CIDR.prefixLength(): int', ({ length }: Block) => BigInt(length))
    .registerFunction('net.CIDR.masked(): net.CIDR', masked)
    .registerFunction('net.CIDR.containsIP(net.IP): bool', contains)
    .registerFunction('net.CIDR.containsIP(string): bool', (block: Block, text: string) => contains(block, new Address(text)))
    .registerFunction('net.CIDR.containsCIDR(net.CIDR): bool', containsBlock)
    .registerFunction('net.CIDR.containsCIDR(string): bool', (block: Block, text: string) => containsBlock(block, new Block(text)))
    .registerOperator('net.CIDR == net.CIDR', (a: Block, b: Block) => a.length === b.length && a.address.number === b.address.number)
}

function readV4(text: string): bigint {
  return text.split('.').reduce((number, part) => number * 256n + BigInt(part), 0n)
}

function readV6(text: string): bigint {
  const [head = '', tail] = text.split('::')
  const [first, last] = [head === '' ? [] : head.split(':'), tail === undefined || tail === '' ? [] : tail.split(':')]
  const groups = tail === undefined ? first : [...first, ...new Array<string>(8 - first.length - last.length).fill('0'), ...last]
  return groups.reduce((number, group) => number * 65536n + BigInt(`0x${group}`), 0n)
}

/** RFC 5952, section 4 */
function write({ family, number }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - index * 16)) & 65535n).toString(16)).join(':')
  const zeros = [...groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)[0]
  if (zeros === undefined) return groups
  return `${groups.slice(0, zeros.index)}::${groups.slice(zeros.index + zeros[0].length + 1)}`
}

function width({ family }: Address): number {
  return family === 4 ? 32 : 128
}

function contains({ address, length }: Block, other: Address): boolean {
  const shift = BigInt(width(address) - length)
  return address.family === other.family && address.number >> shift === other.number >> shift
}

function containsBlock(block: Block, other: Block): boolean {
  return other.length >= block.length && contains(block, other.address)
}

function masked({ address, length }: Block): Block {
  const shift = BigInt(width(address) - length)
  const number = (address.number >> shift) << shift
  return new Block(`${write({ family: address.family, number } as Address)}/${length}`)
}

function isIn(address: Address, v4: string, v6: string): boolean {
  return contains(new Block(address.family === 4 ? v4 : v6), address)
}

/** Neither unspecified nor loopback, multicast, link-local or broadcast; private addresses are global here, as in Go. */
function isGlobalUnicast(address: Address): boolean {
  const isBroadcast = address.family === 4 && address.number === 0xffff_ffffn
  const isOther =
    isIn(address, '127.0.0.0/8', '::1/128') || isIn(address, '224.0.0.0/4', 'ff00::/8') || isIn(address, '169.254.0.0/16', 'fe80::/10')
  return address.number !== 0n && !isBroadcast && !isOther
}

function succeeds(make: () => unknown): boolean {
  try {
    make()
    return true
  } catch {
    return false // That it is none is the answer.
  }
}
