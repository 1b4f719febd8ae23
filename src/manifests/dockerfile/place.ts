/** Violations of Dockerfiles stand on the lines of their instruction. */

import type { Severity, Suggestion } from '../../findings.ts'
import type { Instruction } from '../../formats/dockerfile.ts'
import type { Dockerfile } from '../../repo/repository.ts'
import type { Violation } from '../rule.ts'

export function at(
  { file }: Dockerfile,
  { startLine, endLine }: Instruction,
  message: string,
  severity?: Severity,
  suggestion?: Suggestion,
): Violation {
  return { location: { file, startLine, endLine }, message, ...(severity && { severity }), ...(suggestion && { suggestion }) }
}
