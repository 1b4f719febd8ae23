/** What the library leaves out of optional values: https://pkg.go.dev/github.com/google/cel-go/cel#OptionalTypes */
import { type Environment, Optional } from '@marcbachmann/cel-js'
import { registerMacro } from './macros.ts'

export function registerOptionals(environment: Environment): void {
  registerMacro(environment, 'optional.optMap(ast, ast)', 'optional', 1, (receiver, [body], run) =>
    mapped(receiver, (value) => Optional.of(body && run(body, value))),
  )
  registerMacro(environment, 'optional.optFlatMap(ast, ast)', 'optional', 1, (receiver, [body], run) =>
    mapped(receiver, (value) => body && run(body, value)),
  )
  environment
    .registerFunction('OptionalNamespace.ofNonZeroValue(dyn): optional<dyn>', (_: unknown, value: unknown) =>
      isZero(value) ? Optional.none() : Optional.of(value),
    )
    .registerFunction('OptionalNamespace.unwrap(list): list<dyn>', (_: unknown, list: readonly unknown[]) => unwrap(list))
    .registerFunction('list.unwrapOpt(): list<dyn>', unwrap)
    .registerFunction('list.first(): optional<dyn>', (list: readonly unknown[]) => Optional.of(list[0]))
    .registerFunction('list.last(): optional<dyn>', (list: readonly unknown[]) => Optional.of(list.at(-1)))
}

function mapped(receiver: unknown, work: (value: unknown) => unknown): unknown {
  if (!(receiver instanceof Optional)) throw new Error('an optional value is expected')
  return receiver.hasValue() ? work(receiver.value()) : receiver
}

function unwrap(list: readonly unknown[]): readonly unknown[] {
  return list.flatMap((one) => (one instanceof Optional && one.hasValue() ? [one.value()] : []))
}

function isZero(value: unknown): boolean {
  if (value === null || value === false || value === '' || value === 0 || value === 0n) return true
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0
  if (value instanceof Map) return value.size === 0
  return Object.getPrototypeOf(value) === null && Object.keys(Object(value)).length === 0
}
