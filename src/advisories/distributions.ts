/** The OSV ecosystems of a distribution's release: https://ossf.github.io/osv-schema/#defined-ecosystems */
import type { Distribution } from '../findings.ts'

export interface DistributionEcosystem {
  /** `ID` of os-release(5). */
  readonly ids: readonly string[]
  /** Whether its advisories name source packages (`openssl`), what is installed (`libssl3`), or now one and now the other. */
  readonly names: 'binary' | 'both' | 'source'
  /** The purl types of the packages that its advisories speak of. */
  readonly type: 'apk' | 'deb' | 'rpm'
  /** With their release. Empty where the release cannot be told. */
  ecosystems(distribution: Distribution): readonly string[]
}

const release =
  (ecosystem: string, pattern: RegExp, write: (match: RegExpExecArray) => string = (match) => match[1] ?? '') =>
  ({ version }: Distribution): readonly string[] => {
    const match = pattern.exec(version)
    return match === null ? [] : [`${ecosystem}:${write(match)}`]
  }

const rolling = (ecosystem: string) => (): readonly string[] => [ecosystem]

/** Debian's images of a release that is not out yet have no `VERSION_ID`. https://www.debian.org/releases/ */
const debianCodenames: ReadonlyMap<string, string> = new Map([
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
  ['forky', '14'],
  ['duke', '15'],
])

/** SUSE's modules that containers are built from; each is an ecosystem's release of its own. */
const suseModules = ['Basesystem', 'Server Applications', 'Development Tools', 'Web and Scripting', 'Python 3', 'Containers', 'Legacy']

/** Red Hat's repositories that containers are built from, as the end of their CPE. */
const redHatRepositories = ['baseos', 'appstream', 'crb']

/** In the order of the ecosystems' names. */
export const distributions: readonly DistributionEcosystem[] = [
  { ids: ['almalinux'], names: 'binary', type: 'rpm', ecosystems: release('AlmaLinux', /^(\d+)/) },
  { ids: ['alpaquita'], names: 'source', type: 'apk', ecosystems: release('Alpaquita', /^(\d+|stream)/) },
  { ids: ['alpine'], names: 'source', type: 'apk', ecosystems: release('Alpine', /^(\d+\.\d+)(?!.*_)/, (match) => `v${match[1]}`) },
  { ids: ['azurelinux', 'mariner'], names: 'both', type: 'rpm', ecosystems: release('Azure Linux', /^(\d+)/) },
  {
    ids: ['hardened-containers', 'bellsoft-hardened-containers'],
    names: 'source',
    type: 'apk',
    ecosystems: release('BellSoft Hardened Containers', /^(\d+|stream)/),
  },
  { ids: ['chainguard'], names: 'source', type: 'apk', ecosystems: rolling('Chainguard') },
  { ids: ['cleanstart'], names: 'source', type: 'apk', ecosystems: rolling('CleanStart') },
  {
    ids: ['debian'],
    names: 'source',
    type: 'deb',
    ecosystems({ version, codename }) {
      const number = /^\d+/.exec(version)?.[0] ?? debianCodenames.get(codename ?? '')
      return number === undefined ? [] : [`Debian:${number}`]
    },
  },
  { ids: ['echo'], names: 'source', type: 'deb', ecosystems: rolling('Echo') },
  { ids: ['mageia'], names: 'source', type: 'rpm', ecosystems: release('Mageia', /^(\d+)/) },
  { ids: ['minimos'], names: 'source', type: 'apk', ecosystems: rolling('MinimOS') },
  {
    ids: ['openEuler', 'openeuler'],
    names: 'both',
    type: 'rpm',
    // `VERSION_ID` has no service pack; the name has: `openEuler 22.03 (LTS-SP3)`.
    ecosystems({ version, name }) {
      const pack = /\((LTS(?:-SP\d+)?)\)/.exec(name ?? '')?.[1]
      return /^\d+\.\d+$/.test(version) ? [`openEuler:${version}${pack === undefined ? '' : `-${pack}`}`] : []
    },
  },
  {
    ids: ['opensuse-leap', 'opensuse'],
    names: 'both',
    type: 'rpm',
    ecosystems: release('openSUSE', /^(\d+\.\d+)/, (match) => `Leap ${match[1]}`),
  },
  {
    ids: ['opensuse-leap-micro'],
    names: 'both',
    type: 'rpm',
    ecosystems: release('openSUSE', /^(\d+\.\d+)/, (match) => `Leap Micro ${match[1]}`),
  },
  { ids: ['opensuse-tumbleweed'], names: 'both', type: 'rpm', ecosystems: rolling('openSUSE:Tumbleweed') },
  { ids: ['photon'], names: 'both', type: 'rpm', ecosystems: release('Photon OS', /^(\d+\.\d+)/) },
  {
    ids: ['rhel'],
    names: 'binary',
    type: 'rpm',
    ecosystems({ version }) {
      const major = /^\d+/.exec(version)?.[0]
      return major === undefined ? [] : redHatRepositories.map((repository) => `Red Hat:enterprise_linux:${major}::${repository}`)
    },
  },
  { ids: ['rocky'], names: 'both', type: 'rpm', ecosystems: release('Rocky Linux', /^(\d+)/) },
  {
    ids: ['sles', 'sle_hpc', 'sled', 'sles_sap'],
    names: 'both',
    type: 'rpm',
    ecosystems({ version }) {
      const match = /^(\d+)(?:\.(\d+))?/.exec(version)
      if (match === null) return []
      const [, major, pack] = match
      // From 16 on, service packs are minor versions: https://documentation.suse.com/sles/16.0/
      if (Number(major) >= 16) return [`SUSE:Linux Enterprise Server ${major}.${pack ?? 0}`]
      const name = pack === undefined || pack === '0' ? major : `${major} SP${pack}`
      return [
        `SUSE:Linux Enterprise Server ${name}`,
        `SUSE:Linux Enterprise Server ${name}-LTSS`,
        ...suseModules.map((module) => `SUSE:Linux Enterprise Module for ${module} ${name}`),
      ]
    },
  },
  {
    ids: ['ubuntu'],
    names: 'source',
    type: 'deb',
    ecosystems({ version }) {
      const match = /^(\d+)\.(\d+)/.exec(version)
      if (match === null) return []
      // Long-term support: April of even years. https://ubuntu.com/about/release-cycle
      const isLongTerm = Number(match[1]) % 2 === 0 && match[2] === '04'
      return [`Ubuntu:${match[0]}${isLongTerm ? ':LTS' : ''}`]
    },
  },
  { ids: ['wolfi'], names: 'source', type: 'apk', ecosystems: rolling('Wolfi') },
]

/** The distribution by its `ID`. Derivatives are not asked as their parents: their versions are their own. */
export function distributionOf({ id }: Distribution): DistributionEcosystem | undefined {
  return distributions.find((candidate) => candidate.ids.includes(id))
}
