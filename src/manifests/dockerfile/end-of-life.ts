/** The releases that an image's name and tag speak of, with the last day of their support. */

import { type EndOfLife, endOfLife } from '../../end-of-life.ts'
import { splitReference } from '../../oci/reference.ts'

/** Both the image itself and the distribution in its tag: `python:3.8-bullseye` is two releases. */
export function endOfLifeOf(reference: string): readonly EndOfLife[] {
  const { repository, tag } = splitReference(reference)
  if (tag === undefined) return []
  const name = repository.split('/').at(-1) ?? ''
  const image = aliases.get(name) ?? name
  const [first = '', ...rest] = tag.split('-')
  const own = named(image, first)
  const variants = rest.flatMap((part) => {
    const [, distribution = '', version = ''] = /^(alpine|ubi|ubuntu|debian|rocky|ol|oraclelinux|fedora)?([a-z0-9.]*)$/.exec(part) ?? []
    if (distribution === 'alpine') return named('alpine', version)
    return distribution === '' ? named('debian', version) : []
  })
  return [...own, ...variants.filter(({ product }) => product !== image)]
}

const aliases: ReadonlyMap<string, string> = new Map([
  ['amazonlinux', 'amzn'],
  ['oraclelinux', 'ol'],
  ['rockylinux', 'rocky'],
  ['leap', 'opensuse-leap'],
])

/** Names that stand for a release. https://wiki.debian.org/DebianReleases, https://wiki.ubuntu.com/Releases */
const codenames: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'debian',
    new Map([
      ['wheezy', '7'],
      ['jessie', '8'],
      ['stretch', '9'],
      ['buster', '10'],
      ['bullseye', '11'],
      ['bookworm', '12'],
      ['trixie', '13'],
    ]),
  ],
  [
    'ubuntu',
    new Map([
      ['trusty', '14.04'],
      ['xenial', '16.04'],
      ['bionic', '18.04'],
      ['focal', '20.04'],
      ['jammy', '22.04'],
      ['noble', '24.04'],
    ]),
  ],
])

function named(product: string, text: string): readonly EndOfLife[] {
  const found = endOfLife(product, codenames.get(product)?.get(text) ?? text.replace(/^v(?=\d)/, ''))
  return found ? [found] : []
}
