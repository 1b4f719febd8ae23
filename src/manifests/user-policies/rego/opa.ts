/** `opa eval` over all inputs at once. https://www.openpolicyagent.org/docs/cli#eval */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { itemsOf, membersOf } from '../../../formats/json-object.ts'
import type { ProgramResult } from '../../../repo/render/program.ts'
import type { RegoAnswers, RegoRequest, RegoWorkspace } from './engine.ts'
import type { RuleValues } from './results.ts'

/** What asks others, or looks at the machine: a module that uses one does not compile. */
const forbidden: ReadonlySet<unknown> = new Set(['http.send', 'net.lookup_ip_addr', 'opa.runtime'])

export async function evaluateByOpa(request: RegoRequest, workspace: RegoWorkspace): Promise<RegoAnswers | undefined> {
  const capabilities = await workspace.run('opa', ['capabilities', '--current'])
  if (capabilities.status === 'missing') return undefined
  if (capabilities.status !== 0) throw new Error(`opa: ${workspace.complaint(capabilities)}`)
  const [capabilitiesFile, inputFile] = [join(workspace.directory, 'capabilities.json'), join(workspace.directory, 'inputs.json')]
  await writeFile(capabilitiesFile, restricted(capabilities.stdout))
  await writeFile(inputFile, JSON.stringify({ inputs: request.inputs }))
  const answers: Map<string, RuleValues>[] = request.inputs.map(() => new Map())
  for (const name of request.packages) {
    const query = `[{"i": i, "v": v} | o := input.inputs[i]; v := data${name
      .split('.')
      .map((step) => `[${JSON.stringify(step)}]`)
      .join('')} with input as o]`
    const words = ['eval', '--format', 'json', '--timeout', '30s', '--capabilities', capabilitiesFile]
    const result = await bySyntax(request.syntax, workspace, [...words, '--data', workspace.modules, '--input', inputFile], query)
    for (const entry of valuesOf(result.stdout)) {
      const [index, values] = [entry.get('i'), membersOf(entry.get('v'))]
      if (typeof index === 'number' && values) answers[index]?.set(name, values)
    }
    // A package is there for every input, if only as an empty object: what is not there was not asked.
    const asked = answers.filter((answer) => answer.has(name)).length
    if (asked < answers.length) throw new Error(`opa: package ${name} judged ${asked} of ${answers.length} objects`)
  }
  return answers
}

/** A version of OPA takes one syntax unless it is told otherwise, and one that knows no other does not know the flag. */
async function bySyntax(
  syntax: RegoRequest['syntax'],
  workspace: RegoWorkspace,
  words: readonly string[],
  query: string,
): Promise<ProgramResult> {
  const flags = syntax === 'v0' ? [['--v0-compatible'], []] : [[], ['--v0-compatible']]
  const complaints: string[] = []
  for (const flag of flags) {
    const result = await workspace.run('opa', [...words, ...flag, query])
    if (result.status === 0) return result
    const said = workspace.complaint({ ...result, stderr: result.stderr || errorsOf(result.stdout) })
    if (!said.includes('unknown flag')) complaints.push(said)
  }
  throw new Error(`opa: ${complaints[0] ?? 'it takes neither syntax'}`)
}

function restricted(text: string): string {
  const capabilities = membersOf(JSON.parse(text)) ?? new Map<string, unknown>()
  const builtins = itemsOf(capabilities.get('builtins')).filter((builtin) => !forbidden.has(membersOf(builtin)?.get('name')))
  return JSON.stringify({ ...Object.fromEntries(capabilities), builtins, allow_net: [] })
}

/** Errors of compiling come on standard output, as JSON. */
function errorsOf(stdout: string): string {
  try {
    const errors = itemsOf(membersOf(JSON.parse(stdout))?.get('errors')).flatMap((error) => membersOf(error) ?? [])
    return errors
      .slice(0, 3)
      .map((error) => {
        const place = membersOf(error.get('location'))
        const file = String(place?.get('file') ?? '')
        return `${file === '' ? '' : `${file}:${String(place?.get('row') ?? '')}: `}${String(error.get('message') ?? '')}`
      })
      .join('; ')
  } catch {
    // It is no JSON: whatever it is, it is what the program said.
    return stdout
  }
}

function valuesOf(stdout: string): readonly ReadonlyMap<string, unknown>[] {
  const results = itemsOf(membersOf(JSON.parse(stdout))?.get('result'))
  const expressions = results.flatMap((result) => itemsOf(membersOf(result)?.get('expressions')))
  return expressions.flatMap((expression) => itemsOf(membersOf(expression)?.get('value'))).flatMap((entry) => membersOf(entry) ?? [])
}
