/** The shape of response rules, and of where alerts go. */
import * as z from 'zod'

const text = z.string().min(1).max(4096)
const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'expected one line of text')
const names = z.array(line).min(1).max(20)
const login = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?$/u, 'expected the name of an account')

/** By type: what an action of a gate takes. Types that are not here are handed over, with whatever they take. */
const paramsByType = new Map<string, z.ZodType>(
  Object.entries({
    block: z.strictObject({}),
    warn: z.strictObject({}),
    request_changes: z.strictObject({ message: text.optional() }),
    label: z
      .strictObject({ label: line.optional(), labels: names.optional() })
      .refine(({ label, labels }) => (label === undefined) !== (labels === undefined), 'expected one of "label" and "labels"'),
    assign_reviewers: z
      .strictObject({ reviewers: z.array(login).max(15).optional(), teams: z.array(login).max(15).optional() })
      .refine(({ reviewers = [], teams = [] }) => reviewers.length + teams.length > 0, 'expected "reviewers" or "teams"'),
    open_issue: z.strictObject({ title: line.optional(), labels: names.optional(), assignees: z.array(login).max(10).optional() }),
    alert: z.strictObject({ severity: line.optional(), channels: names.optional(), message: text.optional() }),
  }),
)

const action = z
  .strictObject({
    type: z
      .string()
      .regex(/^[A-Za-z][\w-]{0,63}$/u, 'expected the name of an action')
      .describe('`block`, `warn`, `request_changes`, `label`, `assign_reviewers`, `open_issue`, `alert`; any other is handed over'),
    params: z.record(text, z.unknown()).optional().describe('what the action takes; see [responses](responses.md)'),
  })
  .superRefine(({ type, params = {} }, context) => {
    const result = paramsByType.get(type)?.safeParse(params, { reportInput: false })
    for (const issue of result?.error?.issues ?? []) {
      const [key] = issue.code === 'unrecognized_keys' ? issue.keys : []
      const message = key === undefined ? issue.message : `an action ${type} takes no such parameter`
      context.addIssue({ code: 'custom', message, path: ['params', ...issue.path, ...(key === undefined ? [] : [key])] })
    }
  })

export const responseRulesSchema = z
  .array(
    z.strictObject({ condition: text.describe('when it applies'), actions: z.array(action).min(1).max(20).describe('what is done then') }),
  )
  .max(200)

/** The text in `data` of a ConfigMap with response rules. */
export const configMapResponsesSchema = z.strictObject({ response_rules: responseRulesSchema })

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/u, 'expected the name of an environment variable')
const address = z
  .string()
  .max(2048)
  .refine((value) => URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol), 'expected an address')
  .refine(
    (value) => !URL.canParse(value) || new URL(value).username + new URL(value).password === '',
    'expected an address without credentials',
  )

const webhook = z
  .strictObject({
    url: address.optional().describe('where it is sent'),
    urlFrom: variable.optional().describe('or the environment variable that holds the address'),
    secretFrom: variable.describe('the environment variable that holds the key of its signature'),
  })
  .refine(({ url, urlFrom }) => (url === undefined) !== (urlFrom === undefined), 'expected one of "url" and "urlFrom"')

const mailbox = z
  .string()
  .max(254)
  .regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/u, 'expected an e-mail address')

const email = z
  .strictObject({
    host: z
      .string()
      .max(253)
      .regex(/^[A-Za-z0-9.:-]+$/u, 'expected the name of a host')
      .describe('the SMTP server'),
    port: z.int().min(1).max(65_535).optional().describe('587 without it, 465 with `tls: implicit`'),
    tls: z.enum(['starttls', 'implicit', 'none']).default('starttls').describe('`none` is for loopback addresses alone'),
    from: mailbox.describe('the sender'),
    to: z.array(mailbox).min(1).max(50).describe('who gets it'),
    usernameFrom: variable.optional().describe('the environment variable that holds the name to log in with'),
    passwordFrom: variable.optional().describe('and the one that holds the password'),
  })
  .refine(
    ({ usernameFrom, passwordFrom }) => (usernameFrom === undefined) === (passwordFrom === undefined),
    'expected both "usernameFrom" and "passwordFrom", or neither',
  )

export const alertsSchema = z.strictObject({
  slack: z
    .strictObject({ webhookFrom: variable.describe('the environment variable that holds the address of the incoming webhook') })
    .optional()
    .describe('Slack, or what takes the same messages'),
  webhook: webhook.optional().describe('any receiver of JSON; signed'),
  email: email.optional().describe('by SMTP'),
})

export const handoverSchema = webhook
