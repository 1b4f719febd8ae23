/** `conftest test`, a file an input: it runs the rules itself and tells only what they refuse. https://www.conftest.dev/options/ */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { itemsOf, membersOf } from '../../../formats/json-object.ts'
import type { RegoAnswers, RegoRequest, RegoWorkspace } from './engine.ts'
import type { RuleValues } from './results.ts'

export async function evaluateByConftest(request: RegoRequest, workspace: RegoWorkspace): Promise<RegoAnswers | undefined> {
  const folder = await mkdtemp(join(workspace.directory, 'inputs-'))
  for (const [index, input] of request.inputs.entries()) await writeFile(join(folder, `${index}.json`), JSON.stringify(input))
  const namespaces = request.packages.flatMap((name) => ['--namespace', name])
  const result = await workspace.run('conftest', [
    'test',
    '--output',
    'json',
    '--no-color',
    '--policy',
    workspace.modules,
    ...namespaces,
    folder,
  ])
  if (result.status === 'missing') return undefined
  // 1 where something is refused.
  if (result.status !== 0 && result.status !== 1) throw new Error(`conftest: ${workspace.complaint(result)}`)
  const answers: Map<string, RuleValues>[] = request.inputs.map(
    () => new Map(request.packages.map((name) => [name, new Map([['deny', []]])] as const)),
  )
  let files = 0
  for (const entry of entriesOf(result.stdout, () => workspace.complaint(result))) {
    const [file, name] = [entry.get('filename'), entry.get('namespace')]
    const answer = typeof file === 'string' ? answers[Number(basename(file, '.json'))] : undefined
    if (!answer || typeof name !== 'string') continue
    files++
    answer.set(
      name,
      new Map([
        ['deny', itemsOf(entry.get('failures')).map(withMetadata)],
        ['warn', itemsOf(entry.get('warnings')).map(withMetadata)],
      ]),
    )
  }
  if (files < request.inputs.length) throw new Error(`conftest: it judged ${files} of ${request.inputs.length} objects`)
  return answers
}

function entriesOf(stdout: string, complaint: () => string): readonly ReadonlyMap<string, unknown>[] {
  try {
    return itemsOf(JSON.parse(stdout)).flatMap((entry) => membersOf(entry) ?? [])
  } catch (cause) {
    throw new Error(`conftest: ${complaint()}`, { cause })
  }
}

/** `msg`, and what the rule says beside it under `metadata`. */
function withMetadata(entry: unknown): unknown {
  const members = membersOf(entry)
  return { ...Object.fromEntries(membersOf(members?.get('metadata')) ?? []), msg: members?.get('msg') }
}
