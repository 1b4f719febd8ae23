import { readFile } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { quote, type Report, UsageError, type Verdict } from '../findings.ts'
import type { RespondingPolicy } from '../gate/responses.ts'
import type { Tree } from '../repo/tree.ts'
import { version } from '../version.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addLogFormat } from './telemetry.ts'

interface PublishOptions {
  readonly repository: string
  readonly number: string
  readonly revision: string
  readonly tokenFile?: string
  readonly appId?: string
  readonly privateKeyFile?: string
  readonly apiUrl?: string
  readonly review: string
  readonly runUrl?: string
  readonly source: string
  readonly path: string
  readonly base?: string
  readonly policy?: readonly string[]
  readonly logFormat?: string
  readonly stepStatus?: string
}

/** The exit status is that of the report's verdict; `incomplete` where it could not be told. */
export const publishCommand: MakeCommand = (setStatus) =>
  addLogFormat(new Command('publish'))
    .description('Tell a pull request on GitHub what a report has found: review, summary and status. Fails as the report does.')
    .argument('<report>', 'a report of `check` or `merge --format json`')
    .requiredOption('--repository <owner/name>', 'the repository of the pull request; with an empty one nobody is told')
    .requiredOption('--number <n>', 'the pull request')
    .requiredOption('--revision <sha>', 'the commit that was judged')
    .option('--token-file <file>', 'a file that holds the token')
    .option('--app-id <id>', 'a GitHub App instead of a token: its id')
    .option('--private-key-file <file>', 'and a file that holds its private key')
    .option('--api-url <address>', 'of another GitHub than github.com')
    .option('--review <kind>', 'comments, summary or none', 'comments')
    .option('--run-url <address>', 'the page of this run, which the status links to')
    .option('--step-status <file>', 'the exit status of an earlier step, as Tekton leaves it: where that is not 0, nothing passes')
    .option('--source <folder>', 'the tree that was judged, whose lines are shown', '.')
    .option('--path <folder>', 'the folder of the source that was judged, whose policy holds', '.')
    .option('--base <revision>', 'take what the response rules of the policy at this revision of the source ask for')
    .addOption(
      new Option('--policy <file>', 'or of this policy file; repeatable').argParser(
        (value: string, values: readonly string[] | undefined) => (value === '' ? (values ?? []) : [...(values ?? []), value]),
      ),
    )
    .action(async (file: string, options: PublishOptions) => {
      const { readReport } = await import('../publish/github/report-schema.ts')
      const before = await statusBefore(options)
      if (options.repository === '') {
        setStatus(statusOf(readReport(await readFile(file)).verdict, before))
        return
      }
      const [owner = '', repo = '', ...more] = options.repository.split('/')
      if (!/^[\w.-]+$/u.test(owner) || !/^[\w.-]+$/u.test(repo) || more.length > 0)
        throw new UsageError(`--repository ${quote(options.repository)}: expected owner/name`)
      if (!/^[1-9]\d{0,9}$/u.test(options.number)) throw new UsageError(`--number ${quote(options.number)}: expected a number`)
      if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/u.test(options.revision))
        throw new UsageError(`--revision ${quote(options.revision)}: expected the full name of a commit`)
      const { review } = options
      if (review !== 'comments' && review !== 'summary' && review !== 'none')
        throw new UsageError(`--review ${quote(review)}: expected comments, summary or none`)
      const [{ setTimeout: wait }, { publishReport }, { createHttp }, { isLoopbackHost }, { ruleTexts }, { newestVersion }] =
        await Promise.all([
          import('node:timers/promises'),
          import('../publish/github/publish-report.ts'),
          import('../http-client.ts'),
          import('../http-address.ts'),
          import('../gate/rule-texts.ts'),
          import('../report/newest.ts'),
        ])
      const { apiUrl, repository } = { apiUrl: addressOf(options.apiUrl || 'https://api.github.com'), repository: { owner, repo } }
      const http = createHttp({ environment: process.env })
      const pace = {
        betweenWritesMilliseconds: isLoopbackHost(new URL(apiUrl).hostname) ? 0 : 1000,
        now: Date.now,
        sleep: (milliseconds: number, stop: AbortSignal) => wait(milliseconds, undefined, { signal: stop }),
      }
      const now = new Date()
      const world = { http, pace, signal: new AbortController().signal }
      const responding = await respondingOf(options)
      const token = await tokenOf(options, apiUrl, repository, now, world)
      try {
        const { report, moved, missing } = await publishReport(
          async () => readReport(await readFile(file)),
          {
            address: { apiUrl, token },
            repository,
            number: Number(options.number),
            revision: options.revision,
            ...(options.runUrl ? { runUrl: options.runUrl } : {}),
            review,
            prefix: '',
            ...(responding && { responding, environment: process.env }),
            say: (message) => void process.stderr.write(`portcullis: ${message}\n`),
            context: {
              lines: await linesIn(options.source, async () => readReport(await readFile(file))),
              width: 100,
              colour: false,
              version,
              rules: ruleTexts(),
              newest: newestVersion,
              today: now.toISOString().slice(0, 10),
            },
          },
          world,
        )
        if (moved) await say('the pull request has moved on: its newer run will comment, this one does not', options)
        if (missing !== undefined) await say(missing, options)
        setStatus(statusOf(report.verdict, before && missing === undefined))
      } finally {
        http.close()
      }
    })

/** A pass is one where nothing else went wrong. */
function statusOf(verdict: Verdict, isRight: boolean): number {
  return verdict === 'pass' && !isRight ? exitStatus.incomplete : exitStatus[verdict]
}

/** False where an earlier step ended with anything but 0, or left nothing that says so. https://tekton.dev/docs/pipelines/tasks/#accessing-steps-exitcode-in-subsequent-steps */
async function statusBefore({ stepStatus, ...options }: PublishOptions): Promise<boolean> {
  if (!stepStatus) return true
  const text = await readFile(stepStatus, 'utf8').catch((error: Error) => error.message)
  if (text.trim() === '0') return true
  await say(`the step before ended with ${quote(text.trim())}, expected 0`, options)
  return false
}

async function say(message: string, { logFormat }: Pick<PublishOptions, 'logFormat'>): Promise<void> {
  if (logFormat !== 'json') process.stderr.write(`portcullis: ${message}\n`)
  else {
    const { eventLine } = await import('../publish/observability/events.ts')
    process.stderr.write(eventLine(new Date(), 'warning', 'publish', { severity: 'unknown', message }))
  }
}

/** Whoever names neither the policy's revision nor its file has nothing done: that of the judged tree is the change's own. */
async function respondingOf({ policy = [], base, source, path }: PublishOptions): Promise<RespondingPolicy | undefined> {
  if (policy.length === 0 && !base) return undefined
  const [{ preparePolicy }, { inFolder }] = await Promise.all([import('../gate/prepare.ts'), import('../gate/responses.ts')])
  const folder = posix.normalize(path || '.').replace(/(?<=.)\/$/u, '')
  const { responses, enforcement } = await preparePolicy(join(source, folder), { policy, ...(base ? { base } : {}) })
  return responses && inFolder({ responses, enforcement }, folder)
}

function addressOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/u.test(new URL(text).protocol)) throw new UsageError(`--api-url ${quote(text)}: is not an address`)
  return text.replace(/\/+$/u, '')
}

async function tokenOf(
  { tokenFile, appId, privateKeyFile }: PublishOptions,
  apiUrl: string,
  repository: { readonly owner: string; readonly repo: string },
  now: Date,
  world: Parameters<typeof import('../publish/github/app-token.ts').appToken>[4],
): Promise<string> {
  if (appId && privateKeyFile) {
    const { appToken } = await import('../publish/github/app-token.ts')
    return appToken(apiUrl, repository, { id: appId, privateKey: await readSecret('--private-key-file', privateKeyFile) }, now, world)
  }
  if (tokenFile) return readSecret('--token-file', tokenFile)
  throw new UsageError('a --token-file, or an --app-id with its --private-key-file, is needed')
}

async function readSecret(option: string, file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** The text of files that findings name, read as the judged tree is: nothing outside of it. */
async function linesIn(source: string, read: () => Promise<Report>): Promise<(file: string) => readonly string[]> {
  const [{ readRepository }, { workingTree }] = await Promise.all([import('../repo/read.ts'), import('../repo/working-tree.ts')])
  const tree = workingTree(resolve(source))
  const repository = await readRepository(tree)
  const others = await searchedLines(tree, await read().catch(() => undefined))
  return (file) => (repository.lines(file).length > 0 ? repository.lines(file) : (others.get(file) ?? []))
}

/** As many files as a review has comments, and more. */
const mostSearchedFiles = 200

/** Secrets are found in files of every kind. A report that cannot be read is told of by whoever publishes it. */
async function searchedLines(tree: Tree, report: Report | undefined): Promise<ReadonlyMap<string, readonly string[]>> {
  const found =
    report?.findings.filter(({ check }) => check === 'secret').flatMap(({ locations }) => locations.map(({ file }) => file)) ?? []
  const files = [...new Set(found)].slice(0, mostSearchedFiles)
  if (files.length === 0) return new Map()
  const [{ locator }, { searchLimitBytes }] = await Promise.all([import('../scan/secrets/locate.ts'), import('../gate/searched-files.ts')])
  const lines = new Map<string, readonly string[]>()
  for (const file of files) {
    const bytes = await tree.read(file, searchLimitBytes).catch(() => undefined)
    if (bytes) lines.set(file, locator(file, bytes).lines)
  }
  return lines
}
