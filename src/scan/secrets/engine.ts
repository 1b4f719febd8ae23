/** The engine of all kinds, made when it is first asked for: its tables take some milliseconds. */
import { secretKinds } from './kinds.ts'
import { type SecretEngine, secretEngine } from './search.ts'

const made: { engine?: SecretEngine } = {}

export function ownEngine(): SecretEngine {
  made.engine ??= secretEngine(secretKinds)
  return made.engine
}
