import { Command } from 'commander'
import { quote, type RuleText, UsageError } from '../findings.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'

export const rulesCommand: MakeCommand = (setStatus) =>
  new Command('rules')
    .description('List the rules, or explain one: what, why, how to fix, references.')
    .argument('[id]', 'a rule id, such as pod/privileged')
    .action(async (id: string | undefined) => {
      const { ruleTexts } = await import('../gate/rule-texts.ts')
      const rules = ruleTexts()
      process.stdout.write(id === undefined ? listed([...rules.values()]) : explained(id, rules))
      setStatus(exitStatus.pass)
    })

function listed(rules: readonly RuleText[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length))
  return rules.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}\n`).join('')
}

function explained(id: string, rules: ReadonlyMap<string, RuleText>): string {
  const rule = rules.get(id)
  if (!rule) {
    const alike = [...rules.keys()].filter((known) => known.includes(id.split('/').at(-1) ?? id)).slice(0, 5)
    throw new UsageError(
      `no rule ${quote(id)}${alike.length > 0 ? `, did you mean ${alike.join(', ')}` : ' (`portcullis rules` lists them)'}`,
    )
  }
  return `${rule.id} (${rule.severity})\n${rule.title}\n\nWhy\n  ${rule.why}\n\nHow to fix\n  ${rule.fix}\n\nReferences\n${rule.references.map((reference) => `  ${reference}\n`).join('')}`
}
