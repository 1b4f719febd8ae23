/** The packaged Action on a pull request, against the stand-in for GitHub: a repository of 300 services of which three files change. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { githubStandIn, workflowRights } from '../test/builders/github.ts'
import { print, summary } from './measure.ts'
import { largeImages } from './spread-images.ts'

const services = 300
const rounds = 5
const action = process.env.DIST ? join(process.env.DIST, 'action.js') : fileURLToPath(new URL('../dist/action.js', import.meta.url))

export async function benchReview(): Promise<void> {
  await benchFindings()
  await benchWithImages()
}

/** Forty findings of manifests, told on the first run. */
async function benchFindings(): Promise<void> {
  await review(
    `Action, ${services} services, 3 files changed, 40 findings`,
    'to reach: 5000; at most 12 requests',
    (isChanged) => tree(isChanged),
    {
      INPUT_CHECKS: 'manifests',
    },
  )
}

const images = 60

/** Every service runs one of sixty images, which a registry at loopback has: from the second run on, a cache has what is in their layers. */
async function benchWithImages(): Promise<void> {
  const registry = await largeImages({ images, smallest: 8_000_000, largest: 24_000_000, sharing: 10 })
  const cache = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  try {
    const named = (isChanged: readonly number[]) =>
      Object.fromEntries(
        Object.entries(tree(isChanged)).map(([path, text], index) => [
          path,
          text.replaceAll(/image: .*/gu, `image: ${registry.host}/app-${index % images}:1`),
        ]),
      )
    const advisories = fileURLToPath(new URL('../examples/storefront/advisories', import.meta.url))
    await review(`the same with ${images} images and a warm cache`, 'to reach: 5000', named, {
      INPUT_ADVISORIES: advisories,
      INPUT_CACHE: cache,
    })
  } finally {
    await registry.close()
    rmSync(cache, { recursive: true, force: true })
  }
}

/** The first run posts the review and fills the cache; those that are measured find both there. */
async function review(
  name: string,
  goal: string,
  files: (isChanged: readonly number[]) => Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const github = await githubStandIn()
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  const workspace = join(directory, 'checkout')
  try {
    const repository = github.repository('acme/shop', files([]))
    const pull = github.pull(repository, files([0, 1, 2]))
    for (const [path, text] of Object.entries(files([0, 1, 2]))) write(join(workspace, path), text)
    const event = join(directory, 'event.json')
    writeFileSync(event, JSON.stringify(github.event(repository, pull)))
    const environment = {
      PATH: process.env.PATH ?? '',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_RUN_ID: '1',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_WORKSPACE: workspace,
      INPUT_TOKEN: github.token(workflowRights),
      ...inputs,
    }
    const times: number[] = []
    let requests = github.requests.length
    for (let round = 0; round <= rounds; round++) {
      requests = github.requests.length
      const milliseconds = await run(environment, workspace)
      if (round > 0) times.push(milliseconds)
    }
    print(summary(name, times), `${goal}; ${github.requests.length - requests} requests to GitHub`)
  } finally {
    await github.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The Action ends with 1 where something blocks. */
async function run(environment: Readonly<Record<string, string>>, directory: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [action], { env: environment, cwd: directory, stdio: 'ignore' })
  const status = await new Promise((resolve) => child.once('exit', resolve))
  if (status !== 1) throw new Error(`the Action ended with ${status}`)
  return performance.now() - start
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** In files whose number is among `changed`, containers become privileged: fourteen in each of the first two, twelve in the third. */
function tree(changed: readonly number[]): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: services }, (_, service) => [`services/${service}/deploy.yaml`, manifests(service, changed.includes(service))]),
  )
}

function manifests(service: number, isPrivileged: boolean): string {
  const containers = Array.from({ length: service > 2 ? 1 : service === 2 ? 12 : 14 }, (_, container) => {
    const image = `ghcr.io/acme/service-${service}@sha256:${'0123456789abcdef'.repeat(4)}`
    return `        - name: c${container}
          image: ${image}
          securityContext:
            privileged: ${isPrivileged}
`
  })
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${service}
  namespace: shop
spec:
  selector:
    matchLabels: { app: service-${service} }
  template:
    metadata:
      labels: { app: service-${service} }
    spec:
      containers:
${containers.join('')}---
apiVersion: v1
kind: Service
metadata: { name: service-${service}, namespace: shop }
spec:
  selector: { app: service-${service} }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
`
}
