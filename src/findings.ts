/** The words that every room shares. The report (`src/report/report.ts`) is made of them. */

/** From the worst down; `unknown` is what nobody has rated. */
export const severities = ['critical', 'high', 'medium', 'low', 'unknown'] as const
export type Severity = (typeof severities)[number]

export type Check =
  | 'vulnerability'
  | 'malware'
  | 'secret'
  | 'image-config'
  | 'signature'
  | 'attestation'
  | 'manifest'
  | 'dockerfile'
  | 'policy'

export type Verdict = 'pass' | 'block' | 'incomplete'

/** A place in the judged tree. Lines and columns count from 1; `endLine` is inclusive, `endColumn` exclusive (as in SARIF). */
export interface Location {
  /** Relative to the judged tree, with `/`. */
  readonly file: string
  readonly startLine: number
  readonly endLine: number
  readonly startColumn?: number
  readonly endColumn?: number
}

/** Replaces whole lines, `startLine` to `endLine` inclusive, in the file of the finding's first location. `replacement` has no final line end. */
export interface Suggestion {
  readonly startLine: number
  readonly endLine: number
  readonly replacement: string
}

/** A software package found in an image: one line of the inventory. */
export interface Package {
  readonly name: string
  readonly version: string
  /** https://github.com/package-url/purl-spec */
  readonly purl: string
  /** The purl type: `apk`, `deb`, `rpm`, `golang`, `npm`, `pypi`, `maven`, `cargo`, `gem`, `composer`, `nuget`, `conda`, `bitnami`, … */
  readonly type: string
  /** The name of the source package that it was built from; its own name where the format knows no such thing. */
  readonly source: string
  /** The version of that source package; its own where the format gives none. */
  readonly sourceVersion: string
  /** Digest of the layer that brought it. */
  readonly layer: string
  /** The file that proves it, relative to the image's root, without a leading `/`. */
  readonly path: string
  /** True where the file above belongs to a package of the operating system's package manager. */
  readonly ownedBySystem?: boolean
  /** RPM's module stream (`nodejs:18:…`), where there is one. */
  readonly module?: string
  readonly architecture?: string
  /** SPDX expressions or names as the package gives them. */
  readonly licenses?: readonly string[]
}

/** The operating system release of an image. os-release(5) */
export interface Distribution {
  /** `ID`, such as `alpine`, `debian`, `ubuntu`, `almalinux`. */
  readonly id: string
  /** `VERSION_ID`, such as `3.20.3`; empty where there is none (rolling releases). */
  readonly version: string
  readonly idLike: readonly string[]
  readonly codename?: string
  readonly name?: string
}

/** The package that a finding is about. */
export interface AffectedPackage {
  readonly name: string
  readonly version: string
  readonly purl: string
  /** The smallest version that fixes it; absent where none is known. */
  readonly fixed?: string
  /** The smallest version that fixes all findings of the package that a version fixes. */
  readonly fixedAll?: string
  readonly layer?: string
  /** The instruction that made that layer, as the image's history has it. */
  readonly instruction?: string
  readonly path?: string
}

/** Where in an image a problem is: a file of a layer, or, without a path, its configuration. */
export interface ImagePlace {
  /** Relative to the image's root; `a.zip!/b` is within an archive. */
  readonly path?: string
  /** Counts from 1. */
  readonly line?: number
  /** In the configuration: `Env`, `Cmd`, `Labels`, `history`, … */
  readonly field?: string
  readonly layer?: string
  /** The instruction that made that layer, as the image's history has it. */
  readonly instruction?: string
  /** A later layer deleted or replaced the file: it still ships. */
  readonly removed?: true
}

/** How much a finding or an image matters where it runs, with all that made it so. */
export interface Risk {
  /** 0 to 100. */
  readonly risk_score: number
  /** 0 to 1: how much of what the score rests on is known. */
  readonly confidence: number
  /** They add up to the score. */
  readonly parts: readonly { readonly name: string; readonly points: number; readonly because: string }[]
  readonly recommended_actions: readonly string[]
}

/** What changed from the image that the base names to the one that stands in its place. A key is there only for what changed; `omitted` counts what the lists' bounds cut off. */
export interface Drift {
  readonly from: { readonly reference: string; readonly digest: string }
  readonly packages?: {
    readonly added: readonly DriftPackage[]
    readonly removed: readonly DriftPackage[]
    readonly changed: readonly { readonly type: string; readonly name: string; readonly from: string; readonly to: string }[]
    readonly omitted?: number
  }
  /** Paths of files that run as their owner or group. */
  readonly setuid?: DriftList
  /** Paths of programs and libraries that no package owns. */
  readonly binaries?: DriftList
  /** Packages that are made to answer a network. */
  readonly networkServices?: DriftList
  /** `8080/tcp` */
  readonly ports?: DriftList
  /** `root` where the configuration names none. */
  readonly user?: { readonly from: string; readonly to: string }
  /** With the command, a word each; what looks like a secret is covered. */
  readonly entrypoint?: { readonly from: readonly string[]; readonly to: readonly string[] }
  /** Names of variables: no values. */
  readonly environment?: DriftList & { readonly changed: readonly string[] }
  /** Of the layers as they are stored. */
  readonly sizeBytes?: { readonly from: number; readonly to: number }
  readonly layers?: { readonly from: number; readonly to: number; readonly shared: number }
}

export interface DriftPackage {
  readonly type: string
  readonly name: string
  readonly version: string
}

export interface DriftList {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly omitted?: number
}

/** How far an image is from the earlier ones of its repository. */
export interface Anomaly {
  readonly is_anomaly: boolean
  /** -1 to 0, as scikit-learn's `score_samples`: the lower, the stranger; -0.5 is ordinary. */
  readonly anomaly_score: number
  /** 0 to 1 */
  readonly confidence: number
  /** How many earlier images it was held against. */
  readonly history: number
  /** The features that made it so, the strongest first, in words. */
  readonly because: readonly string[]
}

/**
 * What a check says is wrong with one subject, before the gate places it and decides on it. Manifest and Dockerfile checks know
 * their lines; image checks do not, and the gate finds every line that uses the image.
 */
export interface Problem {
  readonly rule: string
  readonly check: Check
  readonly severity: Severity
  /** CVSS base score, 0 to 10, when there is one. */
  readonly score?: number
  /** Whether it is in CISA's catalogue of known exploited vulnerabilities; absent where no source has the catalogue. */
  readonly knownExploited?: boolean
  /** Probability of exploitation within 30 days, 0 to 1. https://www.first.org/epss/ */
  readonly epss?: number
  /** When the first of its advisories was published; RFC 3339, absent where none says so. */
  readonly published?: string
  readonly title: string
  readonly message: string
  readonly package?: AffectedPackage
  /** Of what was found in an image and is no package. */
  readonly content?: ImagePlace
  readonly aliases?: readonly string[]
  readonly references?: readonly string[]
  readonly locations?: readonly Location[]
  readonly suggestion?: Suggestion
  /** What a trusted VEX statement says of it; it is waived then. */
  readonly vex?: { readonly status: 'fixed' | 'not_affected'; readonly justification?: string; readonly detail?: string }
  /** Whether it blocks, whatever its severity; without it, the threshold decides. */
  readonly mode?: 'block' | 'warn'
  /** What tells two problems of one rule and subject apart, and stays the same when lines shift; the message where it is absent. Not part of the report. */
  readonly anchor?: string
  /** The base itself excuses the subject from the rule, by an annotation: the finding is waived. Not part of the report. */
  readonly excuse?: { readonly reason: string; readonly until: string }
}

export type FindingState = 'new' | 'existing' | 'waived'

/** One problem of one subject, at one or more places, decided. */
export interface Finding extends Problem {
  /** An image at a digest (`ghcr.io/acme/shop:1.4@sha256:…`), an object (`Deployment/default/shop`), or a file (`build/Dockerfile`). */
  readonly subject: string
  readonly locations: readonly Location[]
  readonly state: FindingState
  /** The base has it too, and its advisory was published later than the base: nobody could have known. */
  readonly newlyDisclosed?: true
  readonly blocking: boolean
  /** Survives line shifts and re-runs. */
  readonly fingerprint: string
  /** Why it was accepted, by whom, and its last day (`YYYY-MM-DD`); where the state is `waived`. */
  readonly waiver?: { readonly reason: string; readonly owner: string; readonly until: string }
  readonly risk?: Risk
}

/** What could not be read or verified. One is enough for `incomplete`, unless something blocks already. */
export interface Gap {
  readonly subject: string
  readonly message: string
  readonly locations: readonly Location[]
}

export type SignatureStatus = 'verified' | 'unsigned' | 'untrusted' | 'invalid' | 'unchecked'

/** What a rule says to the person whom it stops; the text of `portcullis rules ID`, the reference pages and the review comment. */
export interface RuleText {
  /** `family/name`, such as `pod/privileged`. */
  readonly id: string
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly fix: string
  readonly references: readonly string[]
}

/** A wrong call or a wrong policy file: nothing was judged, exit status 2. The message names file and line where there is one. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Text from outside as it may stand in a message: quoted, control characters escaped, cut to `limit` characters. */
export function quote(text: string, limit = 120): string {
  const points = [...text.slice(0, limit * 2)]
  const cut = points.length > limit || text.length > limit * 2 ? `${points.slice(0, limit).join('')}…` : text
  const escaped = cut.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029"\\]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
  return `"${escaped}"`
}

/** An image that was judged, in the report. */
export interface ImageSubject {
  readonly kind: 'image'
  readonly reference: string
  /** What the reference named when it was resolved, once for the run. */
  readonly digest?: string
  readonly platform?: string
  readonly signature: SignatureStatus
  /** Who signed, or what the signature check found, in one clause. */
  readonly signatureMessage?: string
  /** How many packages its inventory has. */
  readonly packages?: number
  /** Of its layers, as they are stored. */
  readonly sizeBytes?: number
  /** The configuration's `User`; absent where it has none, which is root. */
  readonly user?: string
  readonly locations: readonly Location[]
  /** The image that it was built on, where layers or annotations tell it. */
  readonly base?: { readonly name?: string; readonly digest?: string; readonly layers?: number }
  /** A newer image of the base's series, where it was asked for, and the identifiers of the vulnerabilities that would go and come with it. */
  readonly baseUpdate?: {
    /** The base as the image or the Dockerfile names it. */
    readonly current: string
    readonly proposed: { readonly reference: string; readonly digest: string }
    readonly fixes: readonly string[]
    readonly adds: readonly string[]
  }
  readonly risk?: Risk
  /** Against the image that the base has in its place; absent where it has none, or the same. */
  readonly drift?: Drift
  /** Absent where there is too little history, which a note says. */
  readonly anomaly?: Anomaly
  /** With `scan` only. */
  readonly inventory?: readonly Package[]
  /** Programs and shared libraries that no package owns, sorted by path; with `scan` only. `entropy` in bits a byte, of the beginning: above 7.5 is packed. */
  readonly unowned?: readonly { readonly path: string; readonly entropy: number; readonly layer: string }[]
}

export interface Coverage {
  readonly files: { readonly judged: number; readonly skipped: number }
  readonly objects: number
  readonly dockerfiles: number
  readonly images: { readonly judged: number; readonly failed: number }
  /** Distinct layers that were read, those whose evidence a cache had, and how often one was asked for that was known already. */
  readonly layers?: { readonly read: number; readonly cached: number; readonly shared: number }
  /** Who looked for malware, and in what; absent where nobody did. */
  readonly malware?: MalwareCoverage
  /** What was not judged, each with the reason why. */
  readonly skippedFiles?: readonly { readonly file: string; readonly reason: string }[]
  /** Kinds (`apiVersion/kind`) whose objects were held against no schema, for none is known. */
  readonly kindsWithoutSchema?: readonly string[]
}

export interface MalwareCoverage {
  /** `ClamAV 1.4.6` */
  readonly engine: string
  /** The number of its daily signatures, and their day (`YYYY-MM-DD`); absent with signatures of one's own. */
  readonly signatures?: string
  readonly date?: string
  /** Of distinct layers, those that a later layer deletes among them. */
  readonly files: number
  readonly layers: number
}

/** Which policy judged. */
export interface PolicyInForce {
  /** Empty where there is no policy file and the default is in force. */
  readonly files: readonly string[]
  /** The revision that it was read from; absent where it was read from the judged tree itself or named by its path. */
  readonly revision?: string
  readonly failOn: Exclude<Severity, 'unknown'> | 'never'
}

/** Workloads by their subjects (`Deployment/shop/web`), or `outside`; ports such as `5432`, `53/UDP`, or `any`. */
export interface NetworkPath {
  readonly from: string
  readonly to: string
  readonly ports: readonly string[]
}

/** What a response rule of the policy asks for, and what has become of it. */
export interface PolicyResponse {
  readonly condition: string
  readonly action: string
  /** Of an alert. */
  readonly channel?: string
  /** An image or what a finding is about; absent where it is the run as a whole. */
  readonly subject?: string
  /** Fingerprints of the findings that meet the condition, a hundred at most. */
  readonly findings?: readonly string[]
  /**
   * `waiting`: for whoever publishes the result, or for `--respond`. `handed-over`: the webhook that the policy names has it. `nobody`: what the action
   * needs is not there. `failed`: it could not be taken, which is a gap.
   */
  readonly state: 'failed' | 'handed-over' | 'nobody' | 'taken' | 'waiting'
  readonly detail: string
}

/** The result of a run: `--format json` prints it as it is. Key order is the order here. */
export interface Report {
  readonly schema: 'portcullis.report/v1'
  readonly verdict: Verdict
  readonly reasons: readonly string[]
  readonly summary: {
    readonly critical: number
    readonly high: number
    readonly medium: number
    readonly low: number
    readonly unknown: number
    readonly blocking: number
    readonly existing: number
    readonly waived: number
    readonly gaps: number
  }
  readonly subjects: readonly ImageSubject[]
  readonly findings: readonly Finding[]
  readonly gaps: readonly Gap[]
  readonly coverage: Coverage
  readonly policy: PolicyInForce
  /** What a pull request opens and closes in the network, worked out from its policies, Services and routes; absent where it does neither. */
  readonly reachability?: { readonly added: readonly NetworkPath[]; readonly removed: readonly NetworkPath[] }
  /** In the order of the policy's response rules; absent where none applies. */
  readonly responses?: readonly PolicyResponse[]
  /** What the reader should know and that decides nothing. */
  readonly notes?: readonly string[]
  /** In the report of one shard. */
  readonly shard?: ShardPart
}

/** Which part of which plan a report is, and what joining it with the others takes besides. Digests are `sha256:` and hexadecimal. */
export interface ShardPart {
  /** From 1. */
  readonly index: number
  readonly of: number
  readonly plan: string
  readonly policy: string
  readonly advisories: string
  readonly tree: string
  readonly revision?: string
  /** Whether all checks were asked for. */
  readonly isWhole: boolean
  /** Of each of the report's subjects: its place among those of all shards, and how many of the report's last gaps are its own. */
  readonly subjects: readonly { readonly position: number; readonly gaps: number }[]
  /** Digests of distinct layers, how often any was asked for, and how often for each image: newer bases are judged by every shard that asks for them. */
  readonly layers?: {
    readonly read: readonly string[]
    readonly cached: readonly string[]
    readonly asked: number
    readonly images?: readonly { readonly reference: string; readonly asked: number }[]
  }
  /** How many files of which layers an engine looked at. */
  readonly malware?: readonly { readonly layer: string; readonly files: number }[]
  readonly notes: { readonly run: readonly string[]; readonly images: readonly string[] }
  /** Of each waiver of the policy: what there is to say of it, or would be if no shard needs it. */
  readonly waivers: readonly { readonly note?: string; readonly unused?: string }[]
  /** The policy's response rules, which are held against the joined report, and what is needed for it. */
  readonly responses?: ResponseDemandsText
}

export interface ResponseDemandsText {
  readonly rules: readonly {
    readonly condition: string
    readonly actions: readonly { readonly type: string; readonly params?: Readonly<Record<string, unknown>> | undefined }[]
  }[]
  readonly channels: readonly string[]
  readonly hasHandover: boolean
  readonly enforcement: readonly { readonly paths: readonly string[]; readonly mode: 'audit' | 'enforce' | 'warn' }[]
}
