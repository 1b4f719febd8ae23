import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { text } from '../../src/report/text.ts'
import { tooManySecrets } from '../../src/scan/secrets/told.ts'
import { exampleReport, finding, image, place, renderContext, report, vulnerability } from '../builders/report.ts'

const lines = (some: Report, context = renderContext()) => [...text(some, context)].join('').split('\n')

/** The code line and the line below it. */
function frame(line: string, startColumn?: number, endColumn?: number, width = 100): string[] {
  const all = lines(
    report({ findings: [finding({ locations: [place('a.yaml', 1, startColumn, endColumn)] })] }),
    renderContext({ 'a.yaml': line }, { width }),
  )
  const at = all.findIndex((each) => each.startsWith('   1 │'))
  return all.slice(at, at + 2).map((each) => each.slice(7))
}

describe('the caret', () => {
  test('stands under the exact columns', () =>
    expect(frame('image: nginx:latest', 8, 20)).toEqual(['image: nginx:latest', '       ^^^^^^^^^^^^']))

  test('counts wide characters as two columns', () => expect(frame('名: 商店 x', 4, 6)).toEqual(['名: 商店 x', '    ^^^^']))

  test('counts combining marks as none', () => expect(frame('e\u0301: ab', 5, 7)).toEqual(['e\u0301: ab', '   ^^']))

  test('counts tabs to the next stop', () => expect(frame('\ta\tb', 4, 5)).toEqual(['    a   b', '        ^']))

  test('counts characters that are shown as escapes by what is shown', () =>
    expect(frame('\x1b[m ab', 5, 7)).toEqual(['\\u{1b}[m ab', '         ^^']))

  test('without columns marks the line from its indentation on', () => expect(frame('  image: x  ')).toEqual(['  image: x', '  ^^^^^^^^']))

  test('of an empty place is one column', () => expect(frame('a: b', 5, 5)).toEqual(['a: b', '    ^']))

  test('of columns beyond the line stands at its end', () => expect(frame('ab', 90, 99)).toEqual(['ab', '  ^']))

  test('stays in view where the line is wider than the terminal', () => {
    const [code = '', caret = ''] = frame(`${'x'.repeat(300)}MARK${'y'.repeat(300)}`, 301, 305, 60)
    expect(stringWidth(code)).toBeLessThanOrEqual(60 - 7)
    expect(code.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('MARK')
    expect(code).toMatch(/^…x+MARKy+…$/)
  })
})

test.each([40, 60, 80, 120])('no line is wider than a terminal of %d columns', (width) => {
  const { context, report: example } = exampleReport()
  const wide = '商'.repeat(200)
  const findings = [...example.findings, finding({ rule: wide, message: wide, subject: wide, locations: [place(`${wide}.yaml`, 1)] })]
  const all = lines(
    { ...example, findings, gaps: [{ subject: wide, message: wide, locations: [] }], reasons: [wide] },
    { ...context, width },
  )
  expect(all.filter((line) => stringWidth(line) > width)).toEqual([])
})

test('colour changes nothing but colour', () => {
  const { context, report: example } = exampleReport()
  const plain = [...text(example, context)].join('')
  const coloured = [...text(example, { ...context, colour: true })].join('')
  expect(plain).not.toContain('\x1b')
  expect(coloured).toContain('\x1b[')
  expect(coloured.replace(/\x1b\[[0-9;]*m/g, '')).toBe(plain)
})

test('what decides stands last: the verdict, then its reasons', () => {
  const all = lines(report({ findings: [finding()], reasons: ['1 high finding', 'and another'] }))
  expect(all.slice(-4)).toEqual(['  ✖ blocked', '    1 high finding', '    and another', ''])
})

test('vulnerabilities of one package of one image are one group, of another image another', () => {
  const other = { subject: 'ghcr.io/acme/other:1' }
  const all = lines(
    report({
      findings: [
        vulnerability('CVE-1', { fixed: '1.1.1g-r0' }, { severity: 'critical', score: 9.8 }),
        vulnerability('CVE-2', { fixed: '1.1.1g-r0' }),
        vulnerability('CVE-3', { fixed: '1.1.1g-r0' }),
        vulnerability('CVE-1', { fixed: '1.1.1g-r0' }, other),
      ],
    }),
  )
  expect(all.filter((line) => line.includes('openssl 1.1.1d-r0')).map((line) => line.trim())).toEqual([
    '✖ high      openssl 1.1.1d-r0 → 1.1.1g-r0: CVE-1',
    '✖ critical  openssl 1.1.1d-r0 → 1.1.1g-r0: 1 critical, 2 high',
  ])
  expect(all).toContain('              CVE-1 (9.8), CVE-2, CVE-3')
})

test('which of two fixed versions is newer is not guessed: without an order both are named', () => {
  const findings = [vulnerability('CVE-1', { fixed: '1.10' }), vulnerability('CVE-2', { fixed: '1.9' })]
  const told = (context = renderContext()) => lines(report({ findings }), context).find((line) => line.includes('→'))
  expect(told()).toContain('→ 1.10, 1.9: 2 high')
  expect(told(renderContext({}, { newest: () => '1.10' }))).toContain('→ 1.10: 2 high')
})

test('a finding at many places is told once, with the other places named', () => {
  const all = lines(report({ findings: [finding({ locations: [place('b.yaml', 3), place('a.yaml', 1), place('c.yaml', 9)] })] }))
  expect(all.filter((line) => line.includes('pod/privileged'))).toHaveLength(1)
  expect(all).toContain('  also a.yaml:1, c.yaml:9')
  expect(all[0]).toMatch(/^b\.yaml ─/)
})

test('a finding without a place is listed by its subject', () => {
  const all = lines(report({ findings: [finding({ locations: [], subject: `ghcr.io/acme/tools:3@sha256:${'3c'.repeat(32)}` })] }))
  expect(all[0]).toMatch(/^ghcr\.io\/acme\/tools:3@sha256:3c3c3c3c3c3c ─+ 1 high$/)
})

test('the code of a place is shown once where two subjects have findings', () => {
  const at = { locations: [place('a.yaml', 1, 1, 3)] }
  const all = lines(
    report({ findings: [finding(at), finding({ ...at, subject: 'other', fingerprint: '2' })] }),
    renderContext({ 'a.yaml': 'abc' }),
  )
  expect(all.filter((line) => line.includes('│ abc'))).toHaveLength(1)
  expect(all.filter((line) => line.includes('pod/privileged'))).toHaveLength(2)
})

test('a secret in a manifest is covered, also in the code of its neighbours', () => {
  const findings = [
    finding({ check: 'secret', rule: 'secret/token', locations: [place('a.yaml', 2, 8, 15)] }),
    finding({ locations: [place('a.yaml', 1, 1, 3, 3)] }),
  ]
  const all = lines(report({ findings }), renderContext({ 'a.yaml': 'env:\ntoken: hunter2\nx: 1' }))
  expect(all.join('\n')).not.toContain('hunter2')
  expect(all).toContain('   2 │ token: •••••••')
})

test('a secret over lines, or without columns, covers its whole lines', () => {
  const findings = [
    finding({ check: 'secret', locations: [place('a.yaml', 1, 4, 6, 2)] }),
    finding({ check: 'secret', locations: [place('a.yaml', 3)] }),
  ]
  const all = lines(report({ findings }), renderContext({ 'a.yaml': 'k: |\n  SECRET\nx: SECRET' }))
  expect(all.join('\n')).not.toMatch(/SE|CR|ET/)
})

test('a secret that was told at its first place is covered wherever else it stands, in other files too', () => {
  const secret = 'qp7Vt0kLw2Zr'
  const findings = [
    finding({ check: 'secret', rule: 'secret/token', locations: [place('a.yaml', 1, 4, 16)] }),
    finding({ locations: [place('a.yaml', 2)] }),
    finding({ locations: [place('b.yaml', 1)] }),
  ]
  const files = { 'a.yaml': `a: ${secret}\nrun: curl -H ${secret} x | sh`, 'b.yaml': `again: ${secret}` }
  const all = lines(report({ findings }), renderContext(files)).join('\n')
  expect(all).toContain('again: ••••••••••••')
  expect(all).not.toContain(secret)
})

test('of a file that has more secrets than were looked for, no line is shown', () => {
  const gaps = [{ subject: 'a.yaml', message: tooManySecrets('a.yaml'), locations: [] }]
  const findings = [finding({ locations: [place('a.yaml', 1)] })]
  const all = lines(report({ findings, gaps }), renderContext({ 'a.yaml': 'key: hidden' })).join('\n')
  expect(all).toContain('a.yaml')
  expect(all).not.toContain('hidden')
})

test('gaps, coverage and a run without a policy file are told', () => {
  const all = lines(
    report({
      gaps: [{ subject: 'ghcr.io/acme/api:2', message: 'registry answered 503', locations: [place('a.yaml', 4)] }],
      subjects: [image({ signature: 'unchecked' })],
      coverage: { files: { judged: 2, skipped: 1 }, objects: 3, dockerfiles: 0, images: { judged: 0, failed: 1 } },
    }),
  ).map((line) => line.trim())
  expect(all).toEqual(expect.arrayContaining(['? ghcr.io/acme/api:2', 'registry answered 503', 'a.yaml:4', '? incomplete']))
  expect(all).toContain('judged 2 files (1 skipped), 3 objects, 0 Dockerfiles, 0 images, 1 not readable')
  expect(all).toContain('no policy file, the default is in force: blocks from high')
})

describe('the inventory of a scanned image', () => {
  const packageOf = (name: string, type = 'apk') => ({
    name,
    version: '1.0',
    type,
    purl: `pkg:${type}/${name}@1.0`,
    source: name,
    sourceVersion: '1.0',
    layer: 'sha256:a',
    path: 'app/\x1b[31mlock',
  })
  const shown = (inventory: ReturnType<typeof packageOf>[]) => {
    const all = lines(report({ subjects: [image({ inventory })] }))
    return all.slice(all.findIndex((line) => line.startsWith('packages of')) + 2, all.findIndex((line) => line.startsWith('verdict')) - 1)
  }

  test('is a table, with the file that proves a package where no system database does', () => {
    expect(shown([packageOf('musl'), packageOf('left-pad', 'npm')])).toEqual([
      '  apk  musl      1.0',
      '  npm  left-pad  1.0  app/\\u{1b}[31mlock',
    ])
  })

  test('is followed by the programs that no package owns', () => {
    const unowned = [
      { path: 'opt/\x1b[31mx', entropy: 6.1, layer: 'sha256:a' },
      { path: 'tmp/y', entropy: 7.9, layer: 'sha256:a' },
    ]
    const all = lines(report({ subjects: [image({ inventory: [packageOf('musl')], unowned })] }))
    const start = all.findIndex((line) => line.startsWith('programs of') && line.includes('that no package owns'))
    expect(all.slice(start + 2, start + 4)).toEqual(['  opt/\\u{1b}[31mx', '  tmp/y  packed or encrypted'])
    const many = Array.from({ length: 53 }, (_, index) => ({ path: `p${index}`, entropy: 6, layer: 'sha256:a' }))
    expect(lines(report({ subjects: [image({ unowned: many })] }))).toContain('  and 3 more')
  })

  test('ends, and says how much it left out', () => {
    expect(shown(Array.from({ length: 2003 }, (_, index) => packageOf(`p${index}`))).at(-1)).toBe('  and 3 more')
  })
})

test('who signed is said below the image', () => {
  expect(
    lines(report({ subjects: [image({ signature: 'verified', signatureMessage: 'signed with key "release.pub"' })] })).join('\n'),
  ).toContain('             signed with key "release.pub"')
})
