/** How the library takes macros: the body is checked and run in a scope that has the names that it is written with. Its manual says so; its types do not. */
import type { Environment } from '@marcbachmann/cel-js'

export interface Node {
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

/** Runs a body with a value for each of the names. */
export type Run = (body: Node, ...values: readonly unknown[]) => unknown

/** `signature` without its type; the first `names` arguments are names, the others bodies. `work` is given the receiver's value. */
export function registerMacro(
  environment: Environment,
  signature: string,
  type: string,
  names: number,
  work: (receiver: unknown, bodies: readonly Node[], run: Run) => unknown,
): void {
  const expand = ({ args, receiver }: { readonly args: readonly Node[]; readonly receiver: Node }) => {
    const [variables, bodies] = [args.slice(0, names), args.slice(names)]
    let scopes: readonly BoundScope[] = []
    return {
      typeCheck(checker: Checker, _: unknown, scope: Scope) {
        if (variables.some(({ op }) => op !== 'id')) throw new Error(`${signature} needs ${names === 1 ? 'a name' : `${names} names`}`)
        checker.check(receiver, scope)
        const bound: BoundScope[] = []
        for (const { args: name } of variables) bound.push((bound.at(-1) ?? scope).forkWithVariable(String(name), checker.getType('dyn')))
        scopes = bound
        for (const body of bodies) checker.check(body, bound.at(-1))
        return checker.getType(type)
      },
      evaluate(evaluator: Evaluator, _: unknown, scope: unknown) {
        const run: Run = (body, ...values) => {
          let inner = scope
          for (const [index, one] of scopes.entries()) inner = one.reuse(inner).setIterValue(values[index], evaluator)
          return evaluator.run(body, inner)
        }
        return work(evaluator.run(receiver, scope), bodies, run)
      },
    }
  }
  environment.registerFunction(`${signature}: ${type}`, expand as unknown as (...values: unknown[]) => unknown)
}
