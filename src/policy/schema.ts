/** The shape of `.portcullis.yaml`. Unknown keys are errors; `docs/policy.md` and the editor schema are generated from the descriptions. */
import * as z from 'zod'
import { importances } from './policy.ts'
import { alertsSchema, handoverSchema, responseRulesSchema } from './response-schema.ts'

const severity = z.enum(['critical', 'high', 'medium', 'low', 'unknown'])
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'expected a day, YYYY-MM-DD')
const text = z.string().min(1).max(4096)

const mirror = z
  .strictObject({
    prefix: text.describe('registry, or registry and leading repository segments, as images name it'),
    registry: text.optional().describe('another registry (with leading segments) that has the same repositories'),
    layouts: text.optional().describe('a folder, one OCI layout in it for each repository'),
  })
  .refine((value) => (value.registry === undefined) !== (value.layouts === undefined), 'expected one of "registry" and "layouts"')

const transparencyLog = z.enum(['required', 'present', 'ignored'])

const key = z.union([
  text,
  z.strictObject({ key: text.describe('PEM text, or a path beside the policy'), transparencyLog: transparencyLog.optional() }),
])

const match = z.union([text, z.strictObject({ matches: text.describe('a regular expression, anchored with ^ and $') })])

const identity = z.strictObject({
  issuer: match.describe('who vouches for the subject: an address, or `matches: EXPRESSION`'),
  subject: match.describe('who signed: an e-mail address or a workflow, or `matches: EXPRESSION`'),
  extensions: z
    .record(text, match)
    .default({})
    .describe('further fields of the certificate, such as `sourceRepositoryUri`, `sourceRepositoryRef`, `buildTrigger`'),
  transparencyLog: transparencyLog.optional(),
})

const attestation = z.strictObject({
  type: text.describe('`provenance`, `spdx`, `cyclonedx`, `vulnerabilities`, `vex`, or a predicate type'),
  condition: text.optional().describe('over its fields, such as `provenance.source starts_with "https://github.com/acme/"`'),
})

const signer = z
  .strictObject({
    images: z.array(text).min(1).describe('patterns of references without tag: `*` within a segment, `**` across segments'),
    keys: z.array(key).default([]).describe('public keys: PEM text or paths beside the policy, or `key` with `transparencyLog`'),
    keyless: z.array(identity).default([]).describe('identities of keyless signatures'),
    notation: z.boolean().default(false).describe('whether Notary Project signatures count, as the trust policy under `notation` says'),
    threshold: z
      .int()
      .min(0)
      .max(100)
      .default(1)
      .describe('how many of these signers must have signed; 0 where what `attestations` demands is enough'),
    attestations: z.array(attestation).default([]).describe('statements that one of these signers must have made'),
    believesVex: z.boolean().default(false).describe('whether VEX attestations by these signers waive what they say is not affected'),
  })
  .refine(({ keys, keyless, notation }) => keys.length + keyless.length > 0 || notation, 'expected "keys", "keyless" or "notation"')
  .refine(({ threshold, attestations }) => threshold > 0 || attestations.length > 0, 'a threshold of 0 needs "attestations"')
  .refine(
    ({ keys, keyless, notation, threshold }) => notation || threshold <= Math.max(1, keys.length + keyless.length),
    'the threshold is higher than there are signers',
  )

const waiver = z
  .strictObject({
    fingerprint: text.optional().describe('the fingerprint of one finding'),
    rule: text.optional().describe('a rule id or a vulnerability id'),
    subject: text.optional().describe("pattern of the finding's subject: `*` stands for anything"),
    reason: text.describe('why it is accepted'),
    owner: text.describe('who answers for it'),
    until: day.describe('the last day on which it holds'),
  })
  .refine((value) => value.fingerprint !== undefined || value.rule !== undefined, 'expected "fingerprint" or "rule"')

export const waiversSchema = z.array(waiver).max(10_000)

const podSecurityLevel = z.enum(['privileged', 'baseline', 'restricted'])
const podSecurityVersion = z.string().regex(/^(?:latest|v1\.\d{1,3})$/u, 'expected latest or a version such as v1.34')

export const policySchema = z.strictObject({
  failOn: z.enum(['critical', 'high', 'medium', 'low', 'never']).default('high').describe('the lowest severity that blocks'),
  blockWhen: text.optional().describe('a condition over each vulnerability that says which block, instead of `failOn`'),
  newlyDisclosed: z
    .enum(['block', 'warn'])
    .optional()
    .describe('vulnerabilities that the base has too and that were published after it: `warn`, which is the default, lists them apart'),
  unrated: z
    .strictObject({
      knownExploited: severity.exclude(['unknown']).default('high').describe('where it is known to be exploited'),
      otherwise: severity.exclude(['unknown']).default('medium').describe('else'),
    })
    .prefault({})
    .describe('what a vulnerability that nobody rated counts as'),
  advisories: z
    .strictObject({
      sources: z.array(text).max(100).default([]).describe('as `--advisories` takes them; paths start from the folder of the policy'),
      warnAfterDays: z.number().min(0).default(3).describe('age of a local database at which it is warned of'),
      gapAfterDays: z.number().min(0).default(7).describe('age at which it is a gap'),
    })
    .prefault({}),
  anomaly: z
    .strictObject({
      history: z
        .enum(['registry', 'cache', 'off'])
        .default('cache')
        .describe(
          '`registry` lists and reads the earlier tags of each image, `cache` takes those that earlier runs with `--cache` have read',
        ),
      images: z.int().min(8).max(50).default(20).describe('how many earlier images at most'),
    })
    .optional()
    .describe('how images are held against the earlier ones of their repositories: see `image/anomaly`'),
  vex: z.array(text).max(1000).default([]).describe('OpenVEX or CycloneDX documents: what they say is not affected, or fixed, is waived'),
  registries: z
    .strictObject({
      trusted: z
        .array(text)
        .max(1000)
        .optional()
        .describe('registries, or registries with leading repository segments; without it, none is distrusted'),
      mirrors: z.array(mirror).max(1000).default([]).describe('where images are read from instead'),
    })
    .prefault({}),
  signers: z.array(signer).max(1000).default([]).describe('whose signatures images must have'),
  notation: z
    .strictObject({
      trustPolicy: text.describe("Notation's trust policy document, beside the policy"),
      trustStores: z.record(text, z.array(text).min(1)).describe('by type and name, such as `ca:acme`: files with the root certificates'),
    })
    .optional()
    .describe('whom Notary Project signatures are trusted by'),
  trustedRoot: text.optional().describe("a Sigstore instance's trusted root, beside the policy; without it, the public instance's"),
  rules: z
    .record(text, z.union([severity, z.literal('off')]))
    .default({})
    .describe('rule id to another severity, or `off`'),
  enforcement: z
    .array(z.strictObject({ paths: z.array(text).min(1), mode: z.enum(['enforce', 'warn', 'audit']) }))
    .max(1000)
    .default([])
    .describe('by path; the first entry that matches decides'),
  waivers: waiversSchema.default([]).describe('accepted findings; those of `.portcullis/waivers.yaml` are added'),
  waiverDays: z.int().min(1).max(180).optional().describe('how many days from today a waiver may last; 180 without it'),
  reviewComments: z.int().min(0).max(30).optional().describe('on how many lines of a pull request comments stand at once; 25 without it'),
  namespaces: z
    .array(
      z.strictObject({
        names: z.array(text).min(1).max(1000).describe('names of namespaces: `*` stands for anything'),
        importance: z.enum(importances).describe('how much harm there would be'),
      }),
    )
    .max(1000)
    .optional()
    .describe(
      'how much what runs there matters, for the risk of findings; the first entry that names a namespace decides, else it is `normal`',
    ),
  kubernetesVersion: z
    .string()
    .regex(/^v1\.\d{1,3}$/u, 'expected a version such as v1.34')
    .optional()
    .describe('the version that the objects are for: which APIs it has, and has no more'),
  podSecurity: z
    .strictObject({
      enforce: podSecurityLevel.default('baseline').describe('what blocks'),
      enforceVersion: podSecurityVersion.default('latest'),
      warn: podSecurityLevel.default('restricted').describe('what is reported without blocking'),
      warnVersion: podSecurityVersion.default('latest'),
    })
    .prefault({})
    .describe('the Pod Security Standards asked of namespaces that no labels of a Namespace object in the tree speak of'),
  deny: z
    .array(z.strictObject({ name: text, condition: text }))
    .max(1000)
    .default([])
    .describe('conditions that no image may meet'),
  denyObjects: z
    .array(
      z.strictObject({
        name: text,
        condition: text.describe('over the fields of an object, of its pods or of their containers'),
        message: text.optional().describe('instead of the condition itself'),
        mode: z.enum(['deny', 'warn']).default('deny').describe('`warn` reports and does not block'),
      }),
    )
    .max(1000)
    .default([])
    .describe('conditions that no object may meet'),
  responses: responseRulesSchema.default([]).describe('what is done besides where a condition is met: see [responses](responses.md)'),
  alerts: alertsSchema.prefault({}).describe('where the alerts of response rules go'),
  handover: handoverSchema.optional().describe('who takes what only a running cluster can do; signed'),
  malware: z
    .strictObject({
      clamd: z
        .string()
        .regex(/^(?:none|unix:\/.+|tcp:.+:\d+)$/u, 'expected unix:PATH, tcp:HOST:PORT or none')
        .optional()
        .describe(
          'where clamd listens: `unix:PATH`, `tcp:HOST:PORT` (loopback or private addresses), or `none`; without it, its usual sockets, and `clamscan` where it is not there',
        ),
      required: z
        .boolean()
        .optional()
        .describe('whether it is a gap that there is no engine, or one that does not tell what exceeds its limits; else a note tells it'),
      signaturesGapAfterDays: z
        .number()
        .min(0)
        .optional()
        .describe('age of the signatures at which it is a gap; 7 without it. With it, it is a gap too that they have no date'),
      fileSeconds: z.int().min(1).max(3600).optional().describe('how long an engine may take for one file; 180 without it'),
      minutes: z.int().min(1).max(1440).optional().describe('how long all files of a run may take; 60 without it'),
      knownBad: z
        .array(text)
        .max(10_000)
        .default([])
        .describe('sha256 digests of files that must not ship, or files of them beside the policy, as `sha256sum` prints them'),
    })
    .optional()
    .describe('how the files of images are searched for malware'),
  charts: z
    .array(
      z.strictObject({
        path: text.describe('the folder of a Helm chart'),
        values: z.array(text).default([]).describe('values files, the last the strongest'),
      }),
    )
    .max(1000)
    .default([])
    .describe('how charts are rendered; a chart that is named twice is rendered twice'),
  overlays: z
    .array(text)
    .max(1000)
    .optional()
    .describe('folders of the Kustomize overlays that are deployed; without it, those that no other overlay uses'),
  podTemplates: z
    .array(
      z.strictObject({
        kind: text.describe('`group/Kind`, such as `example.com/Worker`'),
        path: text.describe('fields down to the pod template, such as `spec.worker.template`'),
      }),
    )
    .max(1000)
    .default([])
    .describe('kinds of the team’s own that hold pods'),
  network: z
    .strictObject({
      allowAddresses: z
        .array(text)
        .max(100)
        .default([])
        .describe('link-local or metadata addresses, or networks, that registries may have'),
    })
    .prefault({}),
  policies: z
    .array(text)
    .max(100)
    .default([])
    .describe(
      'further policy files: in the ConfigMap form, of an engine that a cluster has (ClusterImagePolicy, Kyverno), or in Rego (`.rego`, `.wasm`, bundles)',
    ),
})

export type PolicyFile = z.infer<typeof policySchema>

/** The text in `data` of a policy ConfigMap: named policies with deny conditions. */
export const configMapPolicySchema = z.strictObject({
  policies: z
    .array(
      z.strictObject({
        name: text,
        rules: z.array(z.strictObject({ deny: z.strictObject({ condition: text }) })).min(1),
      }),
    )
    .max(1000),
})
