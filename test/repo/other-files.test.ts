// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose and of workflows look like them
import { describe, expect, test } from 'vitest'
import { readRepository } from '../../src/repo/read.ts'
import { type Files, memoryTree } from '../builders/tree.ts'

const read = (files: Files) => readRepository(memoryTree(files))
async function uses(files: Files) {
  const { imageUses } = await read(files)
  return imageUses.map(({ reference, location, literal }) => [reference, location.startLine, literal?.startColumn])
}

describe('Tekton', () => {
  const task = (version: string) => `apiVersion: tekton.dev/${version}
kind: Task
metadata: {name: t}
spec:
  params:
    - name: builder
      default: ghcr.io/acme/build:1
    - name: open
  stepTemplate: {image: base:1}
  steps:
    - name: a
      image: a:1
    - image: $(params.builder)
    - image: $(params.open)
    - image: ghcr.io/$(params["open"])/x
    - ref: {name: step-action}
  sidecars:
    - image: b:2
`
  test.each(['v1', 'v1beta1'])('steps and sidecars of a Task (%s) are image uses, with the defaults of its parameters', async (version) => {
    expect(await uses({ 'task.yaml': task(version) })).toEqual([
      ['base:1', 9, 25],
      ['a:1', 12, 14],
      ['ghcr.io/acme/build:1', 13, undefined],
      ['b:2', 18, 14],
    ])
  })

  test('a pipeline passes its parameters on to the tasks that it holds', async () => {
    const pipeline = `apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: p}
spec:
  params: [{name: tag, default: "9"}, {name: open}]
  tasks:
    - name: a
      params: [{name: image, value: "a:$(params.tag)"}, {name: other, value: $(params.open)}]
      taskSpec:
        params: [{name: image}, {name: other, default: never}]
        steps: [{image: $(params.image)}, {image: $(params.other)}]
    - taskRef: {name: elsewhere}
  finally:
    - taskSpec: {steps: [{image: c:3}]}
`
    expect(await uses({ 'p.yaml': pipeline })).toEqual([
      ['a:9', 11, undefined],
      ['c:3', 14, 34],
    ])
  })

  test('StepActions, and runs that hold their specification', async () => {
    const documents = [
      '{apiVersion: tekton.dev/v1beta1, kind: StepAction, spec: {image: s:1}}',
      '{apiVersion: tekton.dev/v1, kind: TaskRun, spec: {params: [{name: v, value: "7"}], taskSpec: {params: [{name: v}], steps: [{image: "t:$(params.v)"}]}}}',
      '{apiVersion: tekton.dev/v1, kind: PipelineRun, spec: {pipelineSpec: {tasks: [{taskSpec: {steps: [{image: u:1}]}}]}}}',
    ]
    expect((await uses({ 'a.yaml': documents.join('\n---\n') })).map(([reference]) => reference)).toEqual(['s:1', 't:7', 'u:1'])
  })

  test('a kind of another group with the same name has no steps', async () => {
    expect(await uses({ 'a.yaml': 'apiVersion: x.io/v1\nkind: Task\nspec: {steps: [{image: a:1}]}\n' })).toEqual([])
  })
})

describe('builds of Compose', () => {
  test('are read by the Dockerfile that they name, whatever it is called', async () => {
    const files = {
      'deploy/compose.yaml':
        'services:\n  a:\n    build: {context: .., dockerfile: docker/a.build}\n  b:\n    build:\n      context: ${WHERE:-../b}\n      dockerfile: gone.build\n  c: {build: ./c}\n',
      'docker/a.build': 'FROM evil/a:1\n',
    }
    const { dockerfiles, gaps, coverage } = await read(files)
    expect(await uses(files)).toEqual([['evil/a:1', 1, 6]])
    expect(dockerfiles.map(({ file }) => file)).toEqual(['docker/a.build'])
    expect(gaps.map(({ message, locations }) => [message, locations[0]?.file, locations[0]?.startLine])).toEqual([
      ['b/gone.build: named as a Dockerfile, and not there', 'deploy/compose.yaml', 7],
    ])
    expect(coverage.skippedFiles).toEqual([{ file: 'b/gone.build', reason: 'named as a Dockerfile, and not there' }])
  })

  test('whose context leaves the tree are gaps', async () => {
    const { gaps } = await read({ 'a/compose.yaml': 'services:\n  a: {build: ..}\n  b: {build: {context: ../..}}\n  c: {build: /srv}\n' })
    expect(gaps.map(({ message }) => message.slice(0, 48))).toEqual([
      'build context "../.." is not in the tree: what i',
      'build context "/srv" is not in the tree: what it',
    ])
  })

  test('from elsewhere are gaps', async () => {
    const { gaps } = await read({ 'compose.yaml': 'services:\n  a:\n    build: https://git.example.com/evil.git#main\n' })
    expect(gaps.map(({ message, locations }) => [message, locations[0]?.startLine])).toEqual([
      ['build context "https://git.example.com/evil.git#main" is not in the tree: what it is built from is not judged', 3],
    ])
  })
})

describe('Tekton tasks by name', () => {
  const task = `apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: builder}, {name: base, default: "base:1"}]
  steps:
    - image: $(params.builder)
    - image: $(params.base)
`
  test('have the images that pipelines and runs give them, once, and those of their defaults', async () => {
    const files = {
      'pipeline.yaml': `apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: all}
spec:
  params: [{name: image, default: "evil/a:1"}]
  tasks:
    - name: one
      taskRef: {name: build}
      params: [{name: builder, value: $(params.image)}]
  finally:
    - name: two
      taskRef: {name: build, kind: Task}
      params: [{name: builder, value: "evil/a:1"}, {name: base, value: "base:2"}]
    - name: three
      taskRef: {name: elsewhere}
`,
      'run.yaml': `apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {generateName: run-}
spec:
  pipelineRef: {name: all}
  params: [{name: image, value: "evil/b:1"}]
---
apiVersion: tekton.dev/v1beta1
kind: TaskRun
metadata: {name: run}
spec:
  taskRef: {name: build}
  params: [{name: builder, value: "evil/c:1"}]
`,
      'task.yaml': task,
    }
    const { imageUses, gaps } = await read(files)
    expect(imageUses.map(({ reference, user, location }) => [reference, user, location.startLine])).toEqual([
      ['base:1', 'Task/default/build', 8],
      ['evil/a:1', 'Pipeline/default/all', 7],
      ['base:2', 'Pipeline/default/all', 8],
      ['evil/b:1', 'PipelineRun/default/run-*', 7],
      ['evil/c:1', 'TaskRun/default/run', 7],
    ])
    expect(gaps).toEqual([])
  })

  test('of another namespace or group are not those that are named', async () => {
    const run =
      'apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: r, namespace: ci}\nspec: {taskRef: {name: build}, params: [{name: builder, value: x}]}\n'
    expect((await read({ 'r.yaml': run, 't.yaml': task })).imageUses.map(({ reference }) => reference)).toEqual(['base:1'])
  })
})

describe('Tekton Triggers', () => {
  test('the templates of what an event starts are objects', async () => {
    const { objects, imageUses } = await read({
      't.yaml': `apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: t}
spec:
  resourcetemplates:
    - apiVersion: tekton.dev/v1
      kind: TaskRun
      metadata: {generateName: run-}
      spec:
        taskSpec:
          steps: [{image: "a:1"}]
`,
    })
    expect(objects.map(({ subject }) => subject)).toEqual(['TriggerTemplate/default/t', 'TaskRun/default/run-*'])
    expect(imageUses.map(({ reference, location }) => [reference, location.startLine])).toEqual([['a:1', 11]])
  })
})

describe('Compose', () => {
  test('a Dockerfile within a service is read as one, on the lines of the Compose file', async () => {
    const files = {
      'compose.yaml': `services:
  a:
    build:
      args: {BASE: "a:1"}
      dockerfile_inline: |
        ARG BASE
        FROM $$BASE
        COPY --from=b:2 /x /x
        RUN curl x | sh
  c:
    build:
      args: ["TAG=3"]
      dockerfile_inline: FROM c:$TAG
  d:
    build: {dockerfile_inline: "FROM d:1\\nRUN x"}
`,
    }
    const { dockerfiles, gaps } = await read(files)
    expect(await uses(files)).toEqual([
      ['a:1', 7, undefined],
      ['b:2', 8, undefined],
      ['c:3', 13, undefined],
    ])
    expect(dockerfiles.map(({ file, source }) => [file, source.instructions.at(-1)?.startLine])).toEqual([
      ['compose.yaml', 9],
      ['compose.yaml', 13],
    ])
    expect(gaps.map(({ message, locations }) => [message, locations[0]?.startLine])).toEqual([
      ['dockerfile_inline is not read: a literal block (|) was expected', 15],
    ])
  })

  test('services that are not built are image uses, variables and merge keys followed', async () => {
    const compose = `x-base: &base
  image: base:1
services:
  a:
    image: "a:1"
  b:
    image: b:\${TAG}
  c:
    image: c:\${MISSING:-2}\${EMPTY:+x}$$
  d:
    build: .
    image: result:1
  e:
    <<: *base
  f:
    image: \${REGISTRY:-\${HOST:-docker.io}}/f
  g: !reset null
`
    const files = { 'deploy/compose.prod.yaml': compose, 'deploy/.env': '# c\nTAG="3" # why\nEMPTY=\n' }
    expect(await uses(files)).toEqual([
      ['a:1', 5, 13],
      ['b:3', 7, undefined],
      ['c:2$', 9, undefined],
      ['base:1', 2, 10],
      ['docker.io/f', 16, undefined],
    ])
    expect((await read(files)).gaps).toEqual([])
  })

  test('a variable without a value is a gap on its line', async () => {
    const { gaps, imageUses } = await read({
      'docker-compose.yml': 'services:\n  a:\n    image: a:$TAG\n  b:\n    image: b:${TAG:?needed}\n  c:\n    image: c\n',
    })
    expect(imageUses.map(({ reference, user }) => [reference, user])).toEqual([['c', 'docker-compose.yml']])
    expect(gaps.map(({ message, locations }) => [message, locations[0]?.startLine])).toEqual([
      ['image "a:$TAG" of service "a": a variable has no value', 3],
      ['image "b:${TAG:?needed}" of service "b": a variable has no value', 5],
    ])
  })

  test('a Compose file that does not parse is a gap, one without services is none', async () => {
    expect((await read({ 'compose.yaml': 'services:\n\ta: 1\n' })).gaps).toHaveLength(1)
    expect((await read({ 'compose.yaml': 'name: x\n' })).coverage.skippedFiles).toEqual([
      { file: 'compose.yaml', reason: 'no Compose file: there are no services' },
    ])
  })
})

describe('GitHub workflows', () => {
  test('containers, services and docker steps are image uses', async () => {
    const workflow = `on: push
jobs:
  a:
    container: node:24
    services:
      db: {image: "postgres:17"}
    steps:
      - uses: actions/checkout@v4
      - uses: docker://alpine:3.20
  b:
    strategy:
      matrix:
        version: [1, 2]
        include: [{version: 3}]
    container:
      image: go:\${{ matrix.version }}-\${{matrix.version}}
  c:
    uses: ./.github/workflows/other.yml
`
    expect(await uses({ '.github/workflows/ci.yml': workflow })).toEqual([
      ['node:24', 4, 16],
      ['postgres:17', 6, 20],
      ['alpine:3.20', 9, 24],
      ['go:1-1', 16, undefined],
      ['go:2-2', 16, undefined],
      ['go:3-3', 16, undefined],
    ])
  })

  test('an image that only the run knows is a gap on its line', async () => {
    const workflow =
      'jobs:\n  a:\n    container: ${{ inputs.image }}\n  b:\n    strategy: {matrix: {x: "${{ fromJson(needs.a.outputs.x) }}"}}\n    container: ${{ matrix.x }}\n'
    const { gaps, imageUses } = await read({ '.github/workflows/ci.yaml': workflow })
    expect(imageUses).toEqual([])
    expect(gaps.map(({ message, locations }) => [message, locations[0]?.startLine])).toEqual([
      ['image "${{ inputs.image }}" is not known before the run', 3],
      ['image "${{ matrix.x }}" is not known before the run', 6],
    ])
  })

  test('a matrix that multiplies without end is a gap', async () => {
    const numbers = JSON.stringify(Array.from({ length: 100 }, (_, index) => index))
    const workflow = `jobs:\n  a:\n    strategy: {matrix: {x: ${numbers}, y: ${numbers}}}\n    container: a:\${{ matrix.x }}\${{ matrix.y }}\n`
    expect((await read({ '.github/workflows/ci.yaml': workflow })).gaps).toHaveLength(1)
  })

  test('actions that run an image, and steps of composite ones', async () => {
    expect(
      await uses({
        'action.yml': 'runs:\n  using: docker\n  image: docker://a:1\n',
        'b/action.yaml': 'runs:\n  using: composite\n  steps:\n    - uses: docker://b:2\n    - run: x\n',
      }),
    ).toEqual([
      ['a:1', 3, 19],
      ['b:2', 4, 22],
    ])
  })

  test('a workflow with a broken line is a gap, other files of the folder have their reason', async () => {
    const { gaps, coverage } = await read({ '.github/workflows/a.yml': 'jobs: [\n', '.github/workflows/b.yml': 'x: 1\n' })
    expect(gaps.map(({ subject }) => subject)).toEqual(['.github/workflows/a.yml'])
    expect(coverage.skippedFiles).toEqual([
      { file: '.github/workflows/b.yml', reason: 'neither a workflow nor an action: there are no jobs and no runs' },
    ])
  })
})

test('objects cannot hide behind the name of a Compose file or a workflow', async () => {
  const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`
  const { objects, imageUses } = await read({
    'compose.yaml': `${pod('a')}---\nservices: {x: {image: "x:1"}}\n`,
    'docker-compose.yml': pod('b'),
    '.github/workflows/ci.yml': `${pod('c')}jobs: {}\n`,
    'action.yml': pod('d'),
  })
  expect(objects.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c', 'd'])
  expect(imageUses.map(({ reference }) => reference)).toEqual(['x:1'])
})
