/** Distributions that get no fixes any more: https://endoflife.date */
import { type EndOfLife, endOfLife } from '../../../end-of-life.ts'
import type { Distribution } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

/** Days before the end that are warned of. */
const noticeDays = 30

export const endOfLifeDistribution: ImageRule = {
  id: 'image/end-of-life',
  severity: 'medium',
  title: 'Distribution is past its end of life',
  why: 'What is found in a release after its end of life is not fixed there, and often not even written down: the image only collects vulnerabilities, and a clean scan says less every week.',
  fix: 'Build on a release that is supported. Where extended support is paid for, waive this finding until its end.',
  references: [
    'https://endoflife.date/',
    'https://wiki.debian.org/LTS',
    'https://ubuntu.com/about/release-cycle',
    'https://alpinelinux.org/releases/',
  ],
  concerns: 'image',
  *check({ evidence: { distribution, files }, now }) {
    const end = distribution && endOf(distribution)
    if (!end) return
    const layer = files?.find('etc/os-release')?.layer
    const detail = { content: { path: 'etc/os-release', ...(layer === undefined ? {} : { layer }) } }
    const name = `${end.product} ${end.cycle}`
    const days = Math.floor((Date.parse(end.date) - Date.parse(now.toISOString().slice(0, 10))) / 86_400_000)
    if (days < 0) yield { ...detail, message: `${name} is past its end of life of ${end.date}` }
    else if (days <= noticeDays)
      yield { ...detail, severity: 'low', message: `${name} has its end of life on ${end.date}, in ${days} day${days === 1 ? '' : 's'}` }
  },
}

/** `ID` of os-release by the name of the product; releases of others are not known, and nothing is said of them. */
const products: ReadonlyMap<string, string> = new Map([
  ['almalinux', 'almalinux'],
  ['alpine', 'alpine'],
  ['amzn', 'amzn'],
  ['centos', 'centos'],
  ['debian', 'debian'],
  ['fedora', 'fedora'],
  ['ol', 'ol'],
  ['opensuse-leap', 'opensuse-leap'],
  ['rhel', 'rhel'],
  ['rocky', 'rocky'],
  ['sles', 'sles'],
  ['sles_sap', 'sles'],
  ['ubuntu', 'ubuntu'],
])

function endOf({ id, version, name }: Distribution): EndOfLife | undefined {
  const product = id === 'centos' && /stream/i.test(name ?? '') ? 'centos-stream' : products.get(id)
  return product === undefined ? undefined : endOfLife(product, version)
}
