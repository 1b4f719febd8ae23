/** All that the images of a series had so far, by name. */
import type { ImageProfile, ProfilePackage } from '../profile.ts'

export interface Seen {
  /** The highest entropy that each had. */
  readonly binaries: ReadonlyMap<string, number>
  readonly packages: ReadonlySet<string>
  readonly ports: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly setuid: ReadonlySet<string>
  /** The most that one image had. */
  readonly worldWritable: number
  readonly hasRoot: boolean
}

export class SeenSoFar implements Seen {
  readonly binaries = new Map<string, number>()
  readonly packages = new Set<string>()
  readonly ports = new Set<string>()
  readonly services = new Set<string>()
  readonly setuid = new Set<string>()
  worldWritable = 0
  hasRoot = false

  add({ files, networkServices, packages, ports, user }: ImageProfile): void {
    for (const { path, entropy } of files?.binaries ?? []) {
      const name = withoutNumbers(path)
      this.binaries.set(name, Math.max(this.binaries.get(name) ?? 0, entropy))
    }
    for (const { path } of files?.setuid ?? []) this.setuid.add(withoutNumbers(path))
    for (const one of packages) this.packages.add(nameOf(one))
    for (const port of ports) this.ports.add(port)
    for (const service of networkServices) this.services.add(service)
    this.worldWritable = Math.max(this.worldWritable, files?.worldWritable ?? 0)
    this.hasRoot ||= user === ''
  }
}

/** A version or a digest in a path makes no other file of it: `jdk-21.0.3/bin/java`, `nix/store/…-openssl-3.3.1/lib/libssl.so`. */
export function withoutNumbers(path: string): string {
  return path
    .replace(/(?<=^(?:nix|gnu)\/store\/)[0-9a-z]{32}(?=-)/u, '#')
    .replace(/(?<![A-Za-z0-9])(?=[a-f]*\d)[0-9a-f]{8,64}(?![A-Za-z0-9])|\d+(?:[._+-]\d+)*/gu, '#')
}

/** `libicu72` and `libicu74` are one: distributions name libraries by what they are linked as. */
export function nameOf({ type, name }: Pick<ProfilePackage, 'type' | 'name'>): string {
  return `${type} ${withoutNumbers(name)}`
}
