/** What the gate demands, as plain values. Read by `read.ts`; documented in `docs/policy.md`. */
import type { Location, Severity } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Condition } from './condition.ts'
import type { ObjectDenial } from './object-denials.ts'
import type { ResponsePolicy } from './responses.ts'

export type FailOn = Exclude<Severity, 'unknown'> | 'never'

export interface Policy {
  /** The files it was read from; empty when the default is in force. */
  readonly files: readonly string[]
  readonly failOn: FailOn
  /** Which vulnerabilities block, instead of the threshold. */
  readonly blockWhen?: Denial
  /** What is done about vulnerabilities of the base that were published after it. Undefined: `warn`. */
  readonly newlyDisclosed?: 'block' | 'warn'
  /** What a vulnerability that nobody rated counts as. */
  readonly unrated: { readonly knownExploited: Severity; readonly otherwise: Severity }
  readonly advisories: {
    /** Where they come from when the call names no source: addresses, or paths beside the policy. */
    readonly sources: readonly string[]
    /** Days since the newest record of a local database. */
    readonly warnAfterDays: number
    readonly gapAfterDays: number
  }
  /** Where earlier images that an image is held against come from, and how many at most. Undefined: from the cache of evidence, where there is one. */
  readonly anomaly?: { readonly history: 'registry' | 'cache' | 'off'; readonly images: number }
  /** VEX documents beside the policy. */
  readonly vex: readonly NamedBytes[]
  readonly registries: {
    /** `registry.company.com` or `ghcr.io/acme` (whole path segments), `*` within a segment. Undefined: no registry is distrusted. */
    readonly trusted?: readonly string[]
    readonly mirrors: readonly Mirror[]
  }
  readonly signers: readonly SignerRule[]
  /** Notary Project's trust policy document, and its trust stores by type and name (`ca:acme`). */
  readonly notation?: { readonly trustPolicy: Field; readonly stores: ReadonlyMap<string, readonly NamedBytes[]> }
  /** A Sigstore instance's trusted root instead of the public one's. */
  readonly trustedRoot?: NamedBytes
  /** By rule id: another severity, or off. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>
  readonly enforcement: readonly Enforcement[]
  readonly waivers: readonly Waiver[]
  /** Days from today that a waiver may last, at most. Undefined: 180. */
  readonly waiverDays?: number
  /** Lines of a pull request that have comments at once, at most. Undefined: 25. */
  readonly reviewComments?: number
  /** How much a namespace matters; the first entry that names it decides. Undefined: nobody has said so of any. */
  readonly namespaces?: readonly NamespaceImportance[]
  /** The minor version of Kubernetes 1.x that the objects are for. Undefined: the newest that is known. */
  readonly kubernetesMinor?: number
  /** What is asked of namespaces without labels of their own. */
  readonly podSecurity: { readonly enforce: PodSecurityDemand; readonly warn: PodSecurityDemand }
  /** Sets of values files by the folder of their chart; each set is a rendering of its own, its last file the strongest. */
  readonly charts: ReadonlyMap<string, readonly (readonly string[])[]>
  /** Folders of the Kustomize overlays that are deployed; undefined: those that no other overlay uses. */
  readonly overlays?: readonly string[]
  /** Where kinds of the team's own keep pod templates: `group/Kind` to paths of fields. */
  readonly podTemplates: ReadonlyMap<string, readonly (readonly string[])[]>
  /** Link-local and metadata addresses, or networks of them, that may be asked after all. */
  readonly allowAddresses: readonly string[]
  /** How malware is looked for. Undefined: by the engine that is there. */
  readonly malware?: MalwarePolicy
  /** Conditions that deny an image, in the small condition language. */
  readonly denials: readonly Denial[]
  /** What is done besides, where a condition is met. Undefined: nothing. */
  readonly responses?: ResponsePolicy
  /** Conditions that refuse an object. */
  readonly objectDenials: readonly ObjectDenial[]
  /** Policies of other engines, as they stand: ClusterImagePolicy, ValidatingAdmissionPolicy, Kyverno's. Read by the rooms that know them. */
  readonly userPolicies: readonly Field[]
  /** Policies in Rego: modules (`.rego`), compiled ones (`.wasm`), bundles (`.tar.gz`). */
  readonly regoPolicies: readonly NamedBytes[]
}

export interface MalwarePolicy {
  /** `unix:PATH`, `tcp:HOST:PORT` or `none`. Undefined: the usual places. */
  readonly clamd?: string
  /** Undefined: false. */
  readonly required?: boolean
  /** Undefined: 7, and signatures without a date are no gap. */
  readonly signaturesGapAfterDays?: number
  /** For one file. Undefined: 180. */
  readonly fileSeconds?: number
  /** For all files. Undefined: 60. */
  readonly minutes?: number
  /** By sha256 digest in hexadecimal: what the list says of it. */
  readonly knownBad: ReadonlyMap<string, string>
}

/** A Pod Security Standard, as a minor version of Kubernetes 1.x has it; `Infinity` is the latest. */
export interface PodSecurityDemand {
  readonly level: 'privileged' | 'baseline' | 'restricted'
  readonly minor: number
}

/** A file beside the policy. */
export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Images below `prefix` are read from elsewhere: another registry, or a folder of OCI layouts in the judged tree's place. */
export interface Mirror {
  readonly prefix: string
  readonly to: { readonly registry: string } | { readonly layouts: string }
}

/** Images that match any of `images` must be signed by as many of the signers as `threshold` says; 0: their attestations are enough. */
export interface SignerRule {
  readonly images: readonly string[]
  readonly keys: readonly PublicKeySource[]
  readonly identities: readonly KeylessIdentity[]
  /** Whether Notary Project signatures count, by whom the trust policy names. */
  readonly notation: boolean
  readonly threshold: number
  readonly attestations: readonly AttestationRule[]
  /** Whether what these signers say in VEX attestations is believed. */
  readonly believesVex: boolean
  readonly location?: Location
}

/** Whether a signature has to stand in a transparency log. */
export type LogDemand = 'required' | 'present' | 'ignored'

export interface PublicKeySource {
  /** Where it was read, for messages. */
  readonly name: string
  /** PEM, SubjectPublicKeyInfo. */
  readonly pem: string
  /** Default `ignored`. */
  readonly transparencyLog?: LogDemand
}

/** The whole text, or an anchored regular expression; `where` leads the message when it is wrong. */
export type TextMatch = { readonly equals: string } | { readonly matches: string; readonly where: string }

/** A signer whom an OpenID Connect issuer vouches for. */
export interface KeylessIdentity {
  readonly issuer: TextMatch
  readonly subject: TextMatch
  /** By Fulcio's name of the certificate extension, such as `sourceRepositoryUri`. */
  readonly extensions: ReadonlyMap<string, TextMatch>
  /** Default `required`. */
  readonly transparencyLog?: LogDemand
}

/** A statement that one of the signers must have made about the image. */
export interface AttestationRule {
  /** `provenance`, `spdx`, `cyclonedx`, `vulnerabilities`, `vex`, or a predicate type as it is written. */
  readonly type: string
  /** Over the fields of that type; parsed where those are known. */
  readonly condition?: { readonly text: string; readonly location: Location }
}

/** From the least up. */
export const importances = ['low', 'normal', 'high', 'critical'] as const
export type Importance = (typeof importances)[number]

export interface NamespaceImportance {
  /** Patterns with `*`. */
  readonly names: readonly string[]
  readonly importance: Importance
}

export type EnforcementMode = 'enforce' | 'warn' | 'audit'

/** The first entry whose paths match decides. `warn` reports without blocking; `audit` reports in the summary alone. */
export interface Enforcement {
  readonly paths: readonly string[]
  readonly mode: EnforcementMode
}

export interface Waiver {
  readonly fingerprint?: string
  readonly rule?: string
  /** Pattern with `*`. */
  readonly subject?: string
  readonly reason: string
  readonly owner: string
  /** Its last day, `YYYY-MM-DD`. */
  readonly until: string
  readonly location: Location
}

export interface Denial {
  /** `trusted-registry-only`; the finding's rule is `policy/<name>`. */
  readonly name: string
  readonly condition: Condition
  readonly location: Location
}
