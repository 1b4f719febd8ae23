/** Comprehensions over index and value, or key and value: https://pkg.go.dev/github.com/google/cel-go/ext#TwoVarComprehensions */
import type { Environment } from '@marcbachmann/cel-js'
import { type Node, type Run, registerMacro } from './macros.ts'

type Fold = (entries: Iterable<readonly [unknown, unknown]>, bodies: readonly Node[], run: Run) => unknown

export function registerTwoVariableMacros(environment: Environment): void {
  for (const receiver of ['list', 'map']) {
    register(environment, `${receiver}.all(ast, ast, ast)`, 'bool', all)
    register(environment, `${receiver}.exists(ast, ast, ast)`, 'bool', exists)
    register(environment, `${receiver}.existsOne(ast, ast, ast)`, 'bool', existsOne)
    register(environment, `${receiver}.exists_one(ast, ast, ast)`, 'bool', existsOne)
    for (const bodies of ['ast, ast, ast', 'ast, ast, ast, ast']) {
      register(environment, `${receiver}.transformList(${bodies})`, 'list<dyn>', transformList)
      register(environment, `${receiver}.transformMap(${bodies})`, 'map<dyn, dyn>', transformMap)
      register(environment, `${receiver}.transformMapEntry(${bodies})`, 'map<dyn, dyn>', transformMapEntry)
    }
  }
}

const all: Fold = (entries, [predicate], run) => !some(entries, predicate, run, false)

const exists: Fold = (entries, [predicate], run) => some(entries, predicate, run, true)

/** True where an element has the wanted answer: an element that fails counts only where none has it. */
function some(entries: Iterable<readonly [unknown, unknown]>, predicate: Node | undefined, run: Run, wanted: boolean): boolean {
  const errors: unknown[] = []
  for (const [key, value] of entries) {
    try {
      if (predicate !== undefined && (run(predicate, key, value) === true) === wanted) return true
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
  return false
}

const existsOne: Fold = (entries, [predicate], run) => {
  let count = 0
  for (const [key, value] of entries) if (predicate !== undefined && run(predicate, key, value) === true) count += 1
  return count === 1
}

/** With two bodies, the first one is a filter. */
function* transformed(
  entries: Iterable<readonly [unknown, unknown]>,
  bodies: readonly Node[],
  run: Run,
): Generator<readonly [unknown, unknown]> {
  const [filter, body] = bodies.length === 2 ? bodies : [undefined, bodies[0]]
  for (const [key, value] of entries) {
    if (body !== undefined && (filter === undefined || run(filter, key, value) === true)) yield [key, run(body, key, value)]
  }
}

const transformList: Fold = (entries, bodies, run) => [...transformed(entries, bodies, run)].map(([, value]) => value)

const transformMap: Fold = (entries, bodies, run) => new Map(transformed(entries, bodies, run))

const transformMapEntry: Fold = (entries, bodies, run) => {
  const result = new Map<unknown, unknown>()
  for (const [, entry] of transformed(entries, bodies, run)) for (const [key, value] of entriesOf(entry)) result.set(key, value)
  return result
}

function entriesOf(value: unknown): Iterable<readonly [unknown, unknown]> {
  if (Array.isArray(value)) return value.map((item, index) => [BigInt(index), item] as const)
  if (value instanceof Map) return value
  if (typeof value === 'object' && value !== null) return Object.entries(value)
  throw new Error('a comprehension goes over a list or a map')
}

function register(environment: Environment, signature: string, type: string, fold: Fold): void {
  registerMacro(environment, signature, type, 2, (receiver, bodies, run) => fold(entriesOf(receiver), bodies, run))
}
