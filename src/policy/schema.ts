/** The shape of `.portcullis.yaml`. Unknown keys are errors; `docs/policy.md` and the editor schema are generated from the descriptions. */
import * as z from 'zod'

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

const signer = z.strictObject({
  images: z.array(text).min(1).describe('patterns of references without tag: `*` within a segment, `**` across segments'),
  keys: z.array(text).min(1).describe('public keys: PEM text, or paths beside the policy'),
})

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

export const policySchema = z.strictObject({
  failOn: z.enum(['critical', 'high', 'medium', 'low', 'never']).default('high').describe('the lowest severity that blocks'),
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
  deny: z
    .array(z.strictObject({ name: text, condition: text }))
    .max(1000)
    .default([])
    .describe('conditions that no image may meet'),
  policies: z.array(text).max(100).default([]).describe('further policy files, in the ConfigMap form'),
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
