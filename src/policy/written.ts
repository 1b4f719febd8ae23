/** What stands in the files of a policy: its own form, waivers, and policies in the ConfigMap form. */
import { quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { defaultPolicy } from './default-policy.ts'
import { configMapRules, denialOf, responsesOf } from './denials.ts'
import { isConfigMap, isForeign, onlyDocument, readDocuments } from './documents.ts'
import { readKnownBad } from './known-bad.ts'
import { localPath } from './local-path.ts'
import { objectDenialOf } from './object-denials.ts'
import type { Denial, MalwarePolicy, Mirror, NamedBytes, Policy, Waiver } from './policy.ts'
import type { ReadFile } from './read.ts'
import { alertChannels, channelProblem, type ResponsePolicy, type ResponseRule, webhookChannel } from './responses.ts'
import { type PolicyFile, policySchema, waiversSchema } from './schema.ts'
import { signerOf } from './signers.ts'
import { at, validate } from './validate.ts'

/** `files` are the policy and what is read beside it. Throws UsageError with file and line. */
export async function readWritten(files: readonly string[], waivers: string | undefined, read: ReadFile): Promise<Policy> {
  let policy: Policy | undefined
  const denials: Denial[] = []
  const responses: ResponseRule[] = []
  const userPolicies: Field[] = []
  const found: string[] = []
  for (const file of files) {
    const documents = await readDocuments(file, read)
    if (documents === undefined) continue
    found.push(file)
    const root = documents.find((document) => !isForeign(document))
    userPolicies.push(...documents.filter((document) => isForeign(document) && !isConfigMap(document)))
    for (const rules of documents.filter(isConfigMap).map(configMapRules)) {
      denials.push(...rules.denials)
      responses.push(...rules.responses)
    }
    if (root === undefined) continue
    if (documents.length > 1) throw new UsageError(`${at((documents[1] ?? root).location())}: a second document, a policy is one`)
    if (policy) throw new UsageError(`${at(root.location())}: a second policy file, ${policy.files.join(', ')} is one already`)
    else policy = await policyOf(root, read)
  }
  policy ??= { ...defaultPolicy(), files: [] }
  const waiversBytes = waivers === undefined ? undefined : await read(waivers)
  const waiversRoot = waivers === undefined || waiversBytes === undefined ? undefined : onlyDocument(waivers, waiversBytes)
  const more = waiversRoot === undefined ? [] : waiversOf(waiversRoot, validate(waiversSchema, waiversRoot))
  if (waiversRoot !== undefined && waivers !== undefined) found.push(waivers)
  return {
    ...policy,
    files: [...found, ...policy.files.filter((file) => !found.includes(file))],
    waivers: [...policy.waivers, ...more],
    denials: [...policy.denials, ...denials],
    ...withResponses(policy.responses, responses),
    userPolicies: [...policy.userPolicies, ...userPolicies],
  }
}

function withResponses(own: ResponsePolicy | undefined, more: readonly ResponseRule[]): Pick<Policy, 'responses'> {
  if (!own && more.length === 0) return {}
  return { responses: { alerts: {}, ...own, rules: [...(own?.rules ?? []), ...more] } }
}

async function policyOf(root: Field, read: ReadFile): Promise<Policy> {
  const file = validate(policySchema, root)
  const denials = file.deny.map(({ name, condition }, index) => denialOf(name, condition, root.at('deny', index, 'condition')))
  const responses = responsesOf(file.responses, root.at('responses'))
  const problem = file.alerts.email && channelProblem(file.alerts.email)
  if (problem !== undefined) throw new UsageError(`${at(root.at('alerts', 'email').location())}: ${problem}`)
  const files = [root.location().file]
  const userPolicies: Field[] = []
  const regoPolicies: NamedBytes[] = []
  for (const [index, path] of file.policies.entries()) {
    const place = root.at('policies', index)
    if (/\.(?:rego|wasm|tar\.gz)$/iu.test(path)) {
      regoPolicies.push({ name: path, bytes: await readBeside(path, place, read) })
      files.push(path)
      continue
    }
    const documents = await readDocuments(localPath(path, place), read)
    if (documents === undefined) throw new UsageError(`${at(place.location())}: no such policy file ${quote(path)}`)
    const own = documents.find((document) => !isForeign(document))
    if (own) throw new UsageError(`${at(own.location())}: expected a ConfigMap that holds policies, or an engine's policy`)
    for (const rules of documents.filter(isConfigMap).map(configMapRules)) {
      denials.push(...rules.denials)
      responses.push(...rules.responses)
    }
    userPolicies.push(...documents.filter((document) => !isConfigMap(document)))
    files.push(path)
  }
  const notation = file.notation === undefined ? undefined : await notationOf(file.notation, root.at('notation'), read)
  const malware = file.malware === undefined ? undefined : await malwareOf(file.malware, root.at('malware'), read)
  const trustedRoot = file.trustedRoot === undefined ? undefined : await readBeside(file.trustedRoot, root.at('trustedRoot'), read)
  const { trusted } = file.registries
  return {
    files,
    failOn: file.failOn,
    ...(file.blockWhen === undefined ? {} : { blockWhen: denialOf('blockWhen', file.blockWhen, root.at('blockWhen')) }),
    ...(file.newlyDisclosed === undefined ? {} : { newlyDisclosed: file.newlyDisclosed }),
    unrated: file.unrated,
    advisories: {
      ...file.advisories,
      sources: file.advisories.sources.map((source, index) =>
        isAddress(source) ? source : localPath(source, root.at('advisories', 'sources', index)),
      ),
    },
    ...(file.anomaly === undefined ? {} : { anomaly: file.anomaly }),
    vex: await Promise.all(
      file.vex.map(async (path, index) => ({ name: path, bytes: await readBeside(path, root.at('vex', index), read) })),
    ),
    registries: {
      ...(trusted === undefined ? {} : { trusted }),
      mirrors: file.registries.mirrors.map((mirror, index) => mirrorOf(mirror, root, index)),
    },
    signers: await Promise.all(file.signers.map((signer, index) => signerOf(signer, root.at('signers', index), read))),
    ...(notation === undefined ? {} : { notation }),
    ...(trustedRoot === undefined ? {} : { trustedRoot: { name: file.trustedRoot ?? '', bytes: trustedRoot } }),
    rules: new Map(Object.entries(file.rules)),
    enforcement: file.enforcement,
    charts: grouped(file.charts.map(({ path, values }) => [folderOf(path), values])),
    ...(file.overlays === undefined ? {} : { overlays: file.overlays.map(folderOf) }),
    podTemplates: grouped(file.podTemplates.map(({ kind, path }) => [kind, path.split('.')])),
    allowAddresses: file.network.allowAddresses,
    ...(malware === undefined ? {} : { malware }),
    waivers: waiversOf(root.at('waivers'), file.waivers),
    ...(file.waiverDays === undefined ? {} : { waiverDays: file.waiverDays }),
    ...(file.reviewComments === undefined ? {} : { reviewComments: file.reviewComments }),
    ...(file.namespaces === undefined ? {} : { namespaces: file.namespaces }),
    ...(file.kubernetesVersion === undefined ? {} : { kubernetesMinor: minorOf(file.kubernetesVersion) }),
    podSecurity: {
      enforce: { level: file.podSecurity.enforce, minor: minorOf(file.podSecurity.enforceVersion) },
      warn: { level: file.podSecurity.warn, minor: minorOf(file.podSecurity.warnVersion) },
    },
    denials,
    ...((responses.length > 0 || Object.keys(file.alerts).length > 0 || file.handover) && {
      responses: {
        rules: responses,
        alerts: alertChannels(file.alerts),
        ...(file.handover && { handover: webhookChannel(file.handover) }),
      },
    }),
    objectDenials: file.denyObjects.map((denial, index) => objectDenialOf(denial, root.at('denyObjects', index))),
    userPolicies,
    regoPolicies,
  }
}

async function malwareOf(
  { clamd, required, signaturesGapAfterDays, fileSeconds, minutes, knownBad }: NonNullable<PolicyFile['malware']>,
  field: Field,
  read: ReadFile,
): Promise<MalwarePolicy> {
  return {
    ...(clamd === undefined ? {} : { clamd }),
    ...(required === undefined ? {} : { required }),
    ...(signaturesGapAfterDays === undefined ? {} : { signaturesGapAfterDays }),
    ...(fileSeconds === undefined ? {} : { fileSeconds }),
    ...(minutes === undefined ? {} : { minutes }),
    knownBad: await readKnownBad(knownBad, field.at('knownBad'), read),
  }
}

/** `v1.34` is 34, `latest` comes after all. */
function minorOf(version: string): number {
  return version === 'latest' ? Number.POSITIVE_INFINITY : Number(version.slice('v1.'.length))
}

function grouped(
  entries: readonly (readonly [key: string, value: readonly string[]])[],
): ReadonlyMap<string, readonly (readonly string[])[]> {
  return new Map([...Map.groupBy(entries, ([key]) => key)].map(([key, group]) => [key, group.map(([, value]) => value)] as const))
}

/** Folders of the tree have no slash at their ends; the root is empty. */
function folderOf(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '.' && segment !== '')
    .join('/')
}

function isAddress(source: string): boolean {
  return /^https?:\/\//iu.test(source)
}

async function notationOf(
  entry: NonNullable<PolicyFile['notation']>,
  field: Field,
  read: ReadFile,
): Promise<NonNullable<Policy['notation']>> {
  const named = async (path: string, place: Field) => ({ name: path, bytes: await readBeside(path, place, read) })
  const stores = Object.entries(entry.trustStores).map(async ([name, files]) => {
    const place = field.at('trustStores', name)
    return [name, await Promise.all(files.map((path, index) => named(path, place.at(index))))] as const
  })
  const document = await named(entry.trustPolicy, field.at('trustPolicy'))
  return { trustPolicy: onlyDocument(document.name, document.bytes), stores: new Map(await Promise.all(stores)) }
}

async function readBeside(path: string, field: Field, read: ReadFile): Promise<Uint8Array> {
  const bytes = await read(localPath(path, field))
  if (bytes === undefined) throw new UsageError(`${at(field.location())}: no such file ${quote(path)}`)
  return bytes
}

function mirrorOf(mirror: PolicyFile['registries']['mirrors'][number], root: Field, index: number): Mirror {
  if (mirror.registry !== undefined) return { prefix: mirror.prefix, to: { registry: mirror.registry } }
  const place = root.at('registries', 'mirrors', index, 'layouts')
  return { prefix: mirror.prefix, to: { layouts: localPath(mirror.layouts ?? '', place) } }
}

function waiversOf(list: Field, waivers: PolicyFile['waivers']): Waiver[] {
  return waivers.map(({ fingerprint, rule, subject, reason, owner, until }, index) => ({
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(rule === undefined ? {} : { rule }),
    ...(subject === undefined ? {} : { subject }),
    reason,
    owner,
    until,
    location: list.at(index).location(),
  }))
}
