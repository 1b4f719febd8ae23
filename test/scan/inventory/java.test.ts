import { expect, test } from 'vitest'
import { java } from '../../../src/scan/inventory/java.ts'
import { type ZipFault, zipOf } from '../../builders/zip.ts'
import { readFormat } from './read-format.ts'

const pom = (group: string, artifact: string, version: string) => ({
  [`META-INF/maven/${group}/${artifact}/pom.properties`]: `# made by Maven\r\nversion=${version}\r\ngroupId=${group}\r\nartifactId=${artifact}\r\n`,
})
const manifest = (attributes: Record<string, string>) => ({
  'META-INF/MANIFEST.MF': `Manifest-Version: 1.0\r\n${Object.entries(attributes)
    .map(([key, value]) => `${key}: ${value}\r\n`)
    .join('')}\r\nName: x/\r\nImplementation-Version: 0\r\n`,
})

async function read(content: Buffer, path = 'app/app.jar') {
  const found = await readFormat(java, path, content, 100_000)
  return found.map((one) =>
    one.kind === 'package' ? [one.type, one.name, one.version, one.within ?? ''].join(' ').trim() : one.kind === 'gap' ? one.message : '',
  )
}

test('a jar that Maven built is what its properties say, and all that was shaded into it', async () => {
  const jar = zipOf({ ...pom('org.acme', 'shop', '1.0'), ...pom('com.google.guava', 'guava', '31.1-jre'), 'a/B.class': 'x' })
  expect(await read(jar)).toEqual(['maven org.acme:shop 1.0', 'maven com.google.guava:guava 31.1-jre'])
})

test('libraries are found in a fat jar, and in a war within an ear', async () => {
  const log4j = zipOf(pom('org.apache.logging.log4j', 'log4j-core', '2.14.1'))
  const fat = zipOf({ ...manifest({ 'Start-Class': 'x.Y' }), 'BOOT-INF/lib/log4j-core-2.14.1.jar': log4j }, { stored: true })
  // Its own name and version are the team's, not a library's.
  expect(await read(fat, 'app/shop-1.0.jar')).toEqual([
    'maven org.apache.logging.log4j:log4j-core 2.14.1 BOOT-INF/lib/log4j-core-2.14.1.jar',
  ])
  const ear = zipOf({ 'shop.war': zipOf({ 'WEB-INF/lib/log4j.jar': log4j }) })
  expect(await read(ear, 'opt/shop.ear')).toEqual(['maven org.apache.logging.log4j:log4j-core 2.14.1 shop.war!/WEB-INF/lib/log4j.jar'])
})

test.each<[string, Record<string, string>, string[]]>([
  ['spring-core-5.3.20.jar', { 'Implementation-Title': 'spring-core' }, ['maven org.springframework:spring-core 5.3.20']],
  ['spring-boot-starter-web-2.7.0.jar', {}, ['maven org.springframework.boot:spring-boot-starter-web 2.7.0']],
  ['groovy-3.0.9.jar', {}, ['maven org.codehaus.groovy:groovy 3.0.9']],
  ['groovy-4.0.1.jar', {}, ['maven org.apache.groovy:groovy 4.0.1']],
  ['bcprov-jdk15on-1.68.jar', {}, ['maven org.bouncycastle:bcprov-jdk15on 1.68']],
  [
    'catalina.jar',
    { 'Implementation-Title': 'Apache Tomcat', 'Implementation-Version': '9.0.50' },
    ['maven org.apache.tomcat:tomcat-catalina 9.0.50'],
  ],
  ['acme-util-1.2.jar', { 'Implementation-Vendor-Id': 'org.acme' }, ['maven org.acme:acme-util 1.2']],
  ['acme-util-1.2.jar', { 'Implementation-Vendor-Id': 'Acme Inc.' }, ['generic acme-util 1.2']],
  ['plain.jar', { 'Bundle-Version': '3.0.0' }, ['generic plain 3.0.0']],
  ['jrt-fs.jar', { 'Implementation-Title': 'Java Runtime Environment', 'Implementation-Version': '17.0.9' }, []],
  ['plain.jar', {}, []],
])('%s with %o is told by name and manifest', async (fileName, attributes, expected) => {
  expect(await read(zipOf({ ...manifest(attributes), 'a/B.class': 'x' }), `app/lib/${fileName}`)).toEqual(expected)
})

test('a manifest line goes on in the next', async () => {
  const content = { 'META-INF/MANIFEST.MF': 'Implementation-Title: Apache\r\n  Tomcat\r\nImplementation-Version: 9.0\r\n .50\r\n\r\n' }
  expect(await read(zipOf(content), 'lib/tomcat-util.jar')).toEqual(['maven org.apache.tomcat:tomcat-util 9.0.50'])
})

test.each<[string, ZipFault, RegExp]>([
  ['is larger than it says', { sizeBytes: 3 }, /is damaged: /],
  ['is shorter than it says', { sizeBytes: 900_000 }, /has \d+ bytes, and 900000 were expected/],
  ['has another checksum', { crc32: 7 }, /does not have its checksum/],
  ['is encrypted', { encrypted: true }, /is encrypted/],
  ['is compressed in another way', { method: 93 }, /is compressed by method 93/],
])('a member that %s is a gap, and the others are read', async (_, fault, message) => {
  const bad = 'META-INF/maven/a/b/pom.properties'
  const jar = zipOf({ [bad]: 'groupId=a\nartifactId=b\nversion=1\n', ...pom('org.acme', 'shop', '1.0') }, { faults: { [bad]: fault } })
  expect(await read(jar)).toEqual([expect.stringMatching(message), 'maven org.acme:shop 1.0'])
})

test('a jar in a jar in a jar is read to a depth, and what is deeper is a gap', async () => {
  let jar = zipOf(pom('org.acme', 'core', '1.0'))
  for (let depth = 0; depth < 8; depth++) jar = zipOf({ 'a.jar': jar, ...pom('org.acme', `level-${depth}`, '1') })
  const found = await read(jar)
  expect(found.filter((one) => one.startsWith('maven'))).toHaveLength(6)
  expect(found.filter((one) => one.includes('archives deep'))).toHaveLength(1)
})

test('a nested archive that is none is a gap with its place', async () => {
  const jar = zipOf({ 'BOOT-INF/lib/bad.jar': 'no zip at all', 'BOOT-INF/lib/good.jar': zipOf(pom('org.acme', 'good', '1')) })
  expect(await read(jar)).toEqual([expect.stringMatching(/^"BOOT-INF\/lib\/bad\.jar": /), 'maven org.acme:good 1 BOOT-INF/lib/good.jar'])
})

test('a zip bomb is refused when its budget is spent, before it is unpacked', async () => {
  const names = Array.from({ length: 8 }, (_, at) => `${at}.jar`)
  const claim = { sizeBytes: 200 * 1024 * 1024 }
  const bomb = zipOf(Object.fromEntries(names.map((name) => [name, 'x'])), {
    faults: Object.fromEntries(names.map((name) => [name, claim])),
  })
  await expect(read(bomb)).rejects.toThrow('zip unpacks to too many bytes')
})

test('a member that unpacks to more than it claims is not unpacked further', async () => {
  const bomb = zipOf(
    { 'a.jar': Buffer.alloc(20 * 1024 * 1024), ...pom('org.acme', 'shop', '1.0') },
    { faults: { 'a.jar': { sizeBytes: 10 } } },
  )
  expect(await read(bomb)).toEqual([expect.stringMatching(/^member "a.jar" is damaged: /), 'maven org.acme:shop 1.0'])
})

test('a jar that is cut short, or is none, is an error', async () => {
  const jar = zipOf(pom('org.acme', 'shop', '1.0'))
  await expect(read(jar.subarray(0, jar.length - 30))).rejects.toThrow()
  await expect(read(Buffer.from('<html>'))).rejects.toThrow()
})
