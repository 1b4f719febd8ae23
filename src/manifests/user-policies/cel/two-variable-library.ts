/** Comprehensions over index and value, or key and value: https://pkg.go.dev/github.com/google/cel-go/ext#TwoVarComprehensions */
import type { Environment } from '@marcbachmann/cel-js'

interface Node {
  readonly op: string
  readonly args: unknown
}
interface Scope {
  forkWithVariable(name: string, type: unknown): BoundScope
}
interface BoundScope extends Scope {
  reuse(parent: unknown): BoundScope
  setIterValue(value: unknown, evaluator: unknown): BoundScope
}
interface Checker {
  check(node: Node, scope: unknown): unknown
  getType(name: string): unknown
}
interface Evaluator {
  run(node: Node, scope: unknown): unknown
}
type Run = (node: Node, key: unknown, value: unknown) => unknown
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

const all: Fold = (entries, [predicate], run) => {
  for (const [key, value] of entries) if (predicate !== undefined && run(predicate, key, value) !== true) return false
  return true
}

const exists: Fold = (entries, [predicate], run) => {
  for (const [key, value] of entries) if (predicate !== undefined && run(predicate, key, value) === true) return true
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

/** The library's way to write macros: the body is checked and run in a scope that has both names. */
function register(environment: Environment, signature: string, type: string, fold: Fold): void {
  const expand = ({ args, receiver }: { readonly args: readonly Node[]; readonly receiver: Node }) => {
    const [key, value, ...bodies] = args
    let keys: BoundScope | undefined
    let values: BoundScope | undefined
    return {
      typeCheck(checker: Checker, _: unknown, scope: Scope) {
        if (key?.op !== 'id' || value?.op !== 'id') throw new Error(`${signature} needs two names`)
        checker.check(receiver, scope)
        const any = checker.getType('dyn')
        keys = scope.forkWithVariable(String(key.args), any)
        values = keys.forkWithVariable(String(value.args), any)
        for (const body of bodies) checker.check(body, values)
        return checker.getType(type)
      },
      evaluate(evaluator: Evaluator, _: unknown, scope: unknown) {
        const [outer, inner] = [keys, values]
        if (outer === undefined || inner === undefined) throw new Error(`${signature} was not checked`)
        const run: Run = (node, one, other) => {
          const bound = outer.reuse(scope).setIterValue(one, evaluator)
          return evaluator.run(node, inner.reuse(bound).setIterValue(other, evaluator))
        }
        return fold(entriesOf(evaluator.run(receiver, scope)), bodies, run)
      },
    }
  }
  // The types of the library do not speak of macros; its manual does.
  environment.registerFunction(`${signature}: ${type}`, expand as unknown as (...values: unknown[]) => unknown)
}
