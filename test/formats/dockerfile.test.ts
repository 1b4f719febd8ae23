// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a Dockerfile's arguments look like them
import { describe, expect, test } from 'vitest'
import { foreignImages, parseDockerfile } from '../../src/formats/dockerfile.ts'
import { cpuMilliseconds } from '../builders/cpu-time.ts'

function instructions(text: string) {
  const { instructions, errors } = parseDockerfile(text)
  expect(errors).toEqual([])
  return instructions
}

function bases(text: string, options = {}) {
  return parseDockerfile(text, options).stages.map(({ base }) => base)
}

describe('lines', () => {
  test('continued lines are joined, comments and empty lines between them dropped', () => {
    const [, run] = instructions('FROM a\nRUN one \\\n  # comment\n\n  && two \\  \n  && three\nUSER 1\n')
    expect(run).toMatchObject({ name: 'RUN', arguments: 'one   && two   && three', startLine: 2, endLine: 6 })
  })

  test('the escape directive changes what joins lines', () => {
    const [, run, copy] = instructions('# escape=`\nFROM a\nRUN one `\n two\nCOPY a C:\\\n')
    expect([run?.arguments, copy?.arguments]).toEqual(['one  two', 'a C:\\'])
  })

  test('an escape directive below a comment is a comment', () => {
    expect(instructions('# hello there\n# escape=`\nFROM a\nRUN one \\\n two\n')[1]?.arguments).toBe('one  two')
  })

  test('names are read in any case, Windows line ends and a byte order mark too', () => {
    expect(instructions('\ufefffrom a\r\nrun b \\\r\n c\r\n').map(({ name, arguments: text }) => `${name} ${text}`)).toEqual([
      'FROM a',
      'RUN b  c',
    ])
  })
})

describe('flags and forms', () => {
  test('flags are taken off the arguments, one that is repeated keeps all its values', () => {
    const [, run, copy] = instructions(
      'FROM a\nRUN --mount=type=cache,target=/x --network=none --mount=type=secret,id=y make --all\nCOPY --from=b --link /x /y\n',
    )
    expect(run?.arguments).toBe('make --all')
    expect(run?.flagList).toEqual([
      ['mount', 'type=cache,target=/x'],
      ['network', 'none'],
      ['mount', 'type=secret,id=y'],
    ])
    expect(copy?.flags).toEqual(
      new Map([
        ['from', 'b'],
        ['link', ''],
      ]),
    )
  })

  test('the exec form is parted into words, what is not JSON is a shell form', () => {
    const [, cmd, run, test] = instructions('FROM a\nCMD ["sh", "-c", "a b"]\nRUN ["a\', b]\nRUN [ -f x ]\n')
    expect([cmd?.exec, run?.exec, test?.exec]).toEqual([['sh', '-c', 'a b'], undefined, undefined])
  })

  test('here-documents are bodies and no instructions', () => {
    const [, run, copy, user] = instructions(
      'FROM a\nRUN <<EOF bash && <<-"END" cat\nFROM evil\nEOF\n\tx\n\tEND\nCOPY <<a.txt <<b.txt /\n1\na.txt\n2\nb.txt\nUSER 1\n',
    )
    expect(run).toMatchObject({
      startLine: 2,
      endLine: 6,
      hereDocuments: [
        { name: 'EOF', body: 'FROM evil\n', startLine: 3 },
        { name: 'END', body: 'x\n', startLine: 5 },
      ],
    })
    expect(copy?.hereDocuments.map(({ body }) => body)).toEqual(['1\n', '2\n'])
    expect(user).toMatchObject({ name: 'USER', startLine: 12 })
  })

  test('a here-document without an end is an error', () => {
    expect(parseDockerfile('FROM a\nRUN <<EOF\nx\n').errors).toEqual([{ line: 2, message: 'here-document "EOF" has no end' }])
  })
})

describe('stages', () => {
  test('a base has its columns where it is written out', () => {
    const { stages } = parseDockerfile('FROM --platform=linux/arm64 \\\n  ghcr.io/a/b:1@sha256:00 AS Build\nFROM build\nFROM scratch\n')
    expect(stages).toMatchObject([
      { index: 0, name: 'build', base: 'ghcr.io/a/b:1@sha256:00', baseColumns: { line: 2, startColumn: 3, endColumn: 26 } },
      { index: 1, base: 'build', baseStage: 0 },
      { index: 2, base: 'scratch' },
    ])
    expect(stages[2]?.baseStage).toBe(undefined)
  })

  test.each([
    ['ARG V=1\nFROM a:$V\n', ['a:1']],
    ['ARG V=1\nARG I=a:${V}\nFROM "${I}"\n', ['a:1']],
    ['ARG V\nFROM a:${V:-2}\n', ['a:2']],
    ['ARG V=\nFROM a:${V:-2}\nFROM a:${V-3}\n', ['a:2', 'a:']],
    ['ARG V=1\nFROM a:1${V:+-slim}\nFROM a:1${W:+-slim}\n', ['a:1-slim', 'a:1']],
    ['ARG W=3\nFROM a:${V:-${W}}\n', ['a:3']],
    ['FROM a:${V:-1}-$TARGETARCH\n', ['a:1-amd64']],
    ['ARG V\nFROM a:$V\n', [undefined]],
    ['ARG V=$W\nFROM a:$V\n', [undefined]],
    ['FROM a\nARG V=1\nFROM b:$V\n', ['a', undefined]],
    ['ARG A=1 B=2\nFROM a:$A$B\n', ['a:12']],
    ['FROM a:${V#x}\n', [undefined]],
  ])('arguments in FROM: %j', (text, expected) => {
    expect(bases(text)).toEqual(expected)
  })

  test('an argument from outside goes before its default', () => {
    const options = { arguments: new Map([['V', '9']]), platform: 'linux/arm64/v8' }
    expect(bases('ARG V=1\nFROM a:$V-$TARGETARCH$TARGETVARIANT\n', options)).toEqual(['a:9-arm64v8'])
  })

  test('a base whose argument has no value is an error that names it', () => {
    expect(parseDockerfile('FROM a:${VERSION}\n').errors).toEqual([
      { line: 1, message: 'FROM "a:${VERSION}": argument VERSION has no value' },
    ])
  })

  test('arguments that double each other have no value', () => {
    const doubling = Array.from({ length: 60 }, (_, index) => `ARG A${index + 1}=\${A${index}}\${A${index}}\n`).join('')
    expect(cpuMilliseconds(() => expect(bases(`ARG A0=xxxxxxxxxx\n${doubling}FROM $A60\n`)).toEqual([undefined]))).toBeLessThan(500)
  })

  test('images that files are taken from are named, stages are not', () => {
    const { stages } = parseDockerfile(
      'FROM a AS b\nCOPY --from=b / /\nCOPY --from=0 / /\nCOPY --from=c:1 / /\nRUN --mount=type=bind,from=d:2,target=/x --mount=type=cache,target=/y make\nADD x y\n',
    )
    expect(stages[0]?.instructions.flatMap((instruction) => [...foreignImages(instruction, stages)])).toEqual(['c:1', 'd:2'])
  })
})

test.each([
  [
    'RUN a\n',
    [
      { line: 1, message: 'RUN before the first FROM' },
      { line: 1, message: 'no FROM instruction' },
    ],
  ],
  ['', [{ line: 1, message: 'no FROM instruction' }]],
  ['FROM a\n\nFORM b\n', [{ line: 3, message: 'instruction "FORM" is not known' }]],
  ['FROM a b c\n', [{ line: 1, message: 'FROM takes an image and perhaps AS with a name, not "a b c"' }]],
  ['# escape=x\nFROM a\n', [{ line: 1, message: 'escape directive is neither \\ nor `' }]],
])('what is not a Dockerfile is an error: %j', (text, errors) => {
  expect(parseDockerfile(text).errors).toEqual(errors)
})

test.each([
  ['blanks in a directive', `# a=${' '.repeat(900_000)}x\nFROM a\n`],
  ['nested arguments', `FROM ${'${A:-'.repeat(200_000)}\n`],
  ['dollars', `FROM ${'$A'.repeat(400_000)}\n`],
  ['continued lines', `FROM a\nRUN ${'x \\\n'.repeat(200_000)}\n`],
  ['here-documents', `FROM a\nRUN ${'<<A '.repeat(100_000)}\n`],
  ['stages', 'FROM a AS b\n'.repeat(20_000)],
])('many %s take no long time', (_, text) => {
  expect(cpuMilliseconds(() => parseDockerfile(text))).toBeLessThan(2000)
})
