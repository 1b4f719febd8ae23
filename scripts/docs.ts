/** Generates `docs/rules/` from the rules' own text and `docs/policy.md` from the policy's schema. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import type { RuleText } from '../src/findings.ts'
import { ruleTexts } from '../src/gate/rule-texts.ts'
import { fieldRoots, plainNames } from '../src/policy/object-condition.ts'
import { policySchema } from '../src/policy/schema.ts'
import { policyNames } from '../src/policy/vocabulary.ts'

const rules = [...ruleTexts().values()]
await rm('docs/rules', { recursive: true, force: true })
for (const rule of rules) await write(`docs/rules/${rule.id}.md`, rulePage(rule))
await write('docs/rules/README.md', ruleIndex(rules))
await write('docs/policy.md', policyPage())

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

function rulePage({ id, severity, title, why, fix, references }: RuleText): string {
  return `# ${id}

${title}. Severity: ${severity}.

## Why

${why}

## How to fix

${fix}

## References

${references.map((reference) => `- <${reference}>\n`).join('')}`
}

function ruleIndex(all: readonly RuleText[]): string {
  const rows = all.map(({ id, severity, title }) => `| [${id}](${join('.', id)}.md) | ${severity} | ${title} |\n`)
  return `# Rules

Generated from the rules; \`portcullis rules ID\` prints the same. A policy's \`rules\` gives a rule another severity or turns it off.

| rule | severity | what |
| --- | --- | --- |
${rows.join('')}`
}

interface SchemaNode {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly additionalProperties?: SchemaNode | boolean
  readonly anyOf?: readonly SchemaNode[]
  readonly const?: string
}

function policyPage(): string {
  const schema = z.toJSONSchema(policySchema, { io: 'input' }) as SchemaNode
  const names = policyNames.map(({ name, type, of, meaning }) => {
    const kind = type.kind === 'word' ? type.words.map((word) => `\`${word}\``).join(type.ordered ? ' < ' : ', ') : type.kind
    return `| \`${name}\` | ${of} | ${kind} | ${meaning} |\n`
  })
  return `# The policy file

\`.portcullis.yaml\` in the root of the base branch. Every key is optional; an unknown one is an error with its line. Paths start from the folder of the file and do not leave it.
This page is generated from the schema.

| key | value | default | meaning |
| --- | --- | --- | --- |
${rowsOf(schema, '').join('')}
## Conditions

A condition compares names with values: \`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`, \`in [...]\`, \`not in [...]\`, \`starts_with\`, \`ends_with\`, \`contains\`, joined by \`and\`, \`or\`, \`not\` and parentheses. An image
that meets a condition under \`deny\` gets a finding \`policy/NAME\` on its line, and that finding blocks whatever \`failOn\` says, but for \`never\`. A condition over vulnerabilities is held against each
vulnerability of the image, one over findings alone against all that was found in it ([risk](risk.md)). Where a name that decides it has no value (a vulnerability without a score), the condition is a gap: it is not taken for false.

| name | of each | values | meaning |
| --- | --- | --- | --- |
${names.join('')}
## Conditions over objects

Those under \`denyObjects\` are held against each object of the tree; one that names fields of \`pod\` or \`container\`, against each pod that the object would make, or each of its containers.
A dotted name is a field: \`spec.replicas\`, \`labels["app.kubernetes.io/name"]\`, \`container.ports[0].containerPort\`, \`spec.rules[*].host\` for every element. Alone, it is true where something
stands there that is not \`false\`. A field that is absent equals nothing, so \`!=\` and \`not in\` hold there. Of several elements one is enough, but for \`!=\` and \`not in\`, which hold where none is it. A text has no order: comparing one with \`<\` is a gap.

| name | meaning |
| --- | --- |
${[...plainNames].map(([name, { meaning }]) => `| \`${name}\` | ${meaning} |\n`).join('')}${[...fieldRoots].map(([name, { root, path }]) => `| \`${name}.…\` | a field of ${path.length === 0 ? `the ${root}` : `the ${root}'s \`${path.join('.')}\``} |\n`).join('')}
## The ConfigMap form

A ConfigMap whose \`data\` holds texts of this form is accepted in the place of \`.portcullis.yaml\`, beside it as \`image-security-policy.yaml\`, or where \`policies\` or \`--policy\` names it:

\`\`\`yaml
policies:
- name: trusted-registry-only
  rules:
  - deny:
      condition: image_registry not in ["registry.company.com"]
\`\`\`

## Waivers

\`waivers\`, and \`.portcullis/waivers.yaml\` (a list of the same form), name accepted findings by fingerprint, or by rule and subject. One whose day has passed has no effect, nor has one
that would last more than 180 days from today; those, and waivers that accept nothing any more, are named in the report.
`
}

function rowsOf(node: SchemaNode, prefix: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`
    const fallback =
      value.default === undefined || JSON.stringify(value.default) === '{}' || JSON.stringify(value.default) === '[]'
        ? ''
        : `\`${value.default}\``
    const row = `| \`${name}\` | ${kindOf(value)} | ${fallback} | ${value.description ?? ''} |\n`
    const below = value.type === 'object' ? rowsOf(value, name) : value.items?.type === 'object' ? rowsOf(value.items, `${name}[]`) : []
    return [row, ...below]
  })
}

function kindOf(node: SchemaNode): string {
  if (node.anyOf) return node.anyOf.map(kindOf).join(', ')
  if (node.const !== undefined) return `\`${node.const}\``
  if (node.enum) return node.enum.map((value) => `\`${value}\``).join(', ')
  if (node.type === 'array') return `list of ${node.items ? kindOf(node.items) : 'values'}`
  if (node.type === 'object') return typeof node.additionalProperties === 'object' ? `map to ${kindOf(node.additionalProperties)}` : 'map'
  return node.type === 'string' ? 'text' : (node.type ?? 'value')
}
