/** The inventory of databases that the native tools made, and what changed since, against what these tools themselves say. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readEvidence } from '../../src/scan/read-evidence.ts'
import { osRelease } from '../builders/package-databases.ts'
import { missingPrograms, needs, run } from '../builders/programs.ts'
import type { TarFiles } from '../builders/tar.ts'
import { gzippedTar, memoryImage } from './memory-image.ts'

const folder = mkdtempSync(join(tmpdir(), 'native-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function inventory(distribution: string, files: TarFiles) {
  const { image, source } = memoryImage([gzippedTar({ 'etc/os-release': osRelease({ ID: distribution, VERSION_ID: '1' }), ...files })])
  const { packages, gaps } = await readEvidence(image, source, { signal: new AbortController().signal })
  expect(gaps).toEqual([])
  return packages
}

const debianTools = ['dpkg', 'dpkg-deb', 'dpkg-query']

test.skipIf(missingPrograms(...debianTools).length > 0)(`the inventory is dpkg-query's${needs(...debianTools)}`, async () => {
  const root = join(folder, 'debian')
  for (const path of ['updates', 'info']) mkdirSync(join(root, 'var/lib/dpkg', path), { recursive: true })
  for (const file of ['status', 'available']) writeFileSync(join(root, 'var/lib/dpkg', file), '')
  const controls = [
    'Package: plain\nVersion: 1.0-1\nArchitecture: all\n',
    'Package: libthing2\nVersion: 2:1.2~rc1+dfsg-3+b1\nSource: thing (2:1.2~rc1+dfsg-3)\nArchitecture: all\n',
    'Package: thing-tools\nVersion: 3.0\nSource: thing\nArchitecture: all\nHomepage: https://example.org/a:b\n',
    'Package: gone\nVersion: 1\nArchitecture: all\n',
  ]
  const archives = controls.map((control, at) => {
    const source = join(folder, `deb-${at}`)
    mkdirSync(join(source, 'DEBIAN'), { recursive: true })
    mkdirSync(join(source, 'etc'))
    writeFileSync(join(source, 'DEBIAN/control'), `${control}Maintainer: A <a@example.org>\nDescription: short\n long: text\n .\n more\n`)
    writeFileSync(join(source, 'DEBIAN/conffiles'), `/etc/file-${at}\n`)
    writeFileSync(join(source, `etc/file-${at}`), 'x')
    return { source, archive: join(folder, `${at}.deb`) }
  })
  for (const { source, archive } of archives) await run('dpkg-deb', ['--root-owner-group', '--build', source, archive])
  const options = [`--root=${root}`, '--force-not-root', '--force-bad-path', '--log=/dev/null']
  await run('dpkg', [...options, '--install', ...archives.map(({ archive }) => archive)])
  // Its configuration stays, and so does its record.
  await run('dpkg', [...options, '--remove', 'gone'])
  const format = '$' + '{Package}\t$' + '{Version}\t$' + '{source:Package}\t$' + '{source:Version}\t$' + '{db:Status-Status}\n'
  const stdout = await run('dpkg-query', [`--admindir=${join(root, 'var/lib/dpkg')}`, '--show', `--showformat=${format}`])
  const listed = stdout.trimEnd().split('\n')
  const installed = listed.filter((line) => line.endsWith('\tinstalled')).map((line) => line.replace(/\tinstalled$/, ''))
  const packages = await inventory('debian', { 'var/lib/dpkg/status': readFileSync(join(root, 'var/lib/dpkg/status')) })
  expect(packages.map((one) => [one.name, one.version, one.source, one.sourceVersion].join('\t')).sort()).toEqual(installed.sort())
  expect([listed.length, installed.length]).toEqual([4, 3])
})

const rpmTools = ['rpm', 'rpmbuild']

test.skipIf(missingPrograms(...rpmTools).length > 0)(`the inventory is rpm -qa's${needs(...rpmTools)}`, async () => {
  const top = join(folder, 'rpm')
  const database = join(top, 'db')
  mkdirSync(database, { recursive: true })
  const specs = [
    { name: 'plain', version: '1.0', release: '1.el9' },
    { name: 'with-epoch', version: '2.1~rc1', release: '3.el9', epoch: 7 },
    { name: 'long', version: '3', release: '1', description: 'text '.repeat(20_000) },
  ]
  const defines = ['--define', `_topdir ${top}`, '--define', '_db_backend sqlite', '--define', `_dbpath ${database}`]
  for (const { name, version, release, epoch, description = 'text' } of specs) {
    const spec = join(top, `${name}.spec`)
    const head = [`Name: ${name}`, `Version: ${version}`, `Release: ${release}`, ...(epoch === undefined ? [] : [`Epoch: ${epoch}`])]
    writeFileSync(
      spec,
      `${[...head, 'Summary: s', 'License: MIT', 'BuildArch: noarch'].join('\n')}\n%description\n${description}\n%files\n`,
    )
    await run('rpmbuild', [...defines, '-bb', '--quiet', spec])
  }
  const archives = readdirSync(join(top, 'RPMS/noarch')).map((name) => join(top, 'RPMS/noarch', name))
  await run('rpm', [...defines, '--justdb', '--nodeps', '--nosignature', '-i', ...archives])
  const format = '%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'
  const stdout = await run('rpm', [...defines, '-qa', '--queryformat', format])
  const packages = await inventory('rhel', { 'var/lib/rpm/rpmdb.sqlite': readFileSync(join(database, 'rpmdb.sqlite')) })
  const lines = packages.map((one) => {
    const [, epoch = '(none)', version, release] = /^(?:(\d+):)?(.+)-([^-]+)$/.exec(one.version) ?? []
    return [one.name, epoch, version, release, one.architecture].join('\t')
  })
  expect(lines.sort()).toEqual(stdout.trimEnd().split('\n').sort())
  expect(lines).toHaveLength(3)
})

/** The changed files of a root folder, by what the layer says of them. */
async function changedIn(root: string): Promise<string[]> {
  const tar = join(folder, 'root.tar')
  await run('tar', ['-C', root, '-cf', tar, '.'])
  const { image, source } = memoryImage([{ bytes: readFileSync(tar), mediaType: 'application/vnd.oci.image.layer.v1.tar' }])
  const { files } = await readEvidence(image, source, { signal: new AbortController().signal })
  return (files?.integrity?.().changed ?? []).map(({ path }) => `/${path}`).sort()
}

/** Standard output of a program that ends with a status of its own where it finds something. */
const verified = (name: string, parameters: readonly string[]): Promise<string> =>
  run(name, parameters).catch((error: { stdout?: string }) => error.stdout ?? '')

const contents: Readonly<Record<string, string>> = {
  'usr/bin/tool': '#!/bin/sh\n',
  'usr/lib/libx.so.1': '\x7fELF',
  'usr/share/doc/x/README': 'text',
  'etc/x.conf': 'a=1',
}

function writeRoot(root: string, more = ''): void {
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), `${content}${more}`, { mode: path.includes('bin/') ? 0o755 : 0o644 })
  }
}

const dpkgVerifies = [...debianTools, 'tar']

test.skipIf(missingPrograms(...dpkgVerifies).length > 0)(`what changed is what dpkg --verify says${needs(...dpkgVerifies)}`, async () => {
  const [root, source, archive] = [join(folder, 'deb-root'), join(folder, 'deb-verify'), join(folder, 'verify.deb')]
  for (const path of ['updates', 'info']) mkdirSync(join(root, 'var/lib/dpkg', path), { recursive: true })
  for (const file of ['status', 'available']) writeFileSync(join(root, 'var/lib/dpkg', file), '')
  writeRoot(source)
  mkdirSync(join(source, 'DEBIAN'))
  writeFileSync(
    join(source, 'DEBIAN/control'),
    'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: short\n',
  )
  writeFileSync(join(source, 'DEBIAN/conffiles'), '/etc/x.conf\n')
  const sums = Object.entries(contents).filter(([path]) => !path.startsWith('etc/'))
  writeFileSync(
    join(source, 'DEBIAN/md5sums'),
    sums.map(([path, text]) => `${createHash('md5').update(text).digest('hex')}  ${path}\n`).join(''),
  )
  await run('dpkg-deb', ['--root-owner-group', '--build', source, archive])
  const options = [`--root=${root}`, '--force-not-root', '--force-bad-path', '--log=/dev/null']
  await run('dpkg', [...options, '--install', archive])
  expect(await changedIn(root)).toEqual([])
  writeRoot(root, 'changed')
  const lines = (await verified('dpkg', [`--root=${root}`, '--verify', 'x'])).trimEnd().split('\n')
  const changed = lines.filter((line) => !/ c \//.test(line)).map((line) => line.slice(line.indexOf('/')))
  expect(await changedIn(root)).toEqual(changed.sort())
  expect(changed).toHaveLength(3)
})

const rpmVerifies = [...rpmTools, 'tar']

test.skipIf(missingPrograms(...rpmVerifies).length > 0)(
  `a file of an RPM that changed is told by the digest in its database${needs(...rpmVerifies)}`,
  async () => {
    const [top, root] = [join(folder, 'rpm-verify'), join(folder, 'rpm-root')]
    const [sources, database] = [join(top, 'tree'), join(root, 'var/lib/rpm')]
    mkdirSync(database, { recursive: true })
    writeRoot(sources)
    const spec = join(top, 'x.spec')
    const places = ['/usr/bin/tool', '/usr/lib/libx.so.1', '%doc /usr/share/doc/x/README', '%config /etc/x.conf']
    const install = `%install\nmkdir -p %{buildroot}\ncp -a ${sources}/. %{buildroot}\n`
    const head = 'Name: x\nVersion: 1\nRelease: 1\nSummary: s\nLicense: MIT\nBuildArch: noarch\n%description\nx\n'
    writeFileSync(spec, `${head}${install}%files\n${places.join('\n')}\n`)
    const defines = ['--define', `_topdir ${top}`, '--define', '_db_backend sqlite', '--define', `_dbpath ${database}`]
    await run('rpmbuild', [...defines, '--define', '__os_install_post %{nil}', '-bb', '--quiet', spec])
    const archive = join(top, 'RPMS/noarch/x-1-1.noarch.rpm')
    await run('rpm', [...defines, '--justdb', '--nodeps', '--nosignature', '-i', archive])
    writeRoot(root)
    expect(await changedIn(root)).toEqual([])
    writeRoot(root, 'changed')
    expect(await changedIn(root)).toEqual(['/usr/bin/tool', '/usr/lib/libx.so.1', '/usr/share/doc/x/README'])
  },
)
