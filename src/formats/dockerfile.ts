/** Dockerfile syntax: https://docs.docker.com/reference/dockerfile/ */
export interface DockerfileSource {
  readonly instructions: readonly Instruction[]
  readonly stages: readonly Stage[]
  readonly errors: readonly { readonly line: number; readonly message: string }[]
}

export interface Instruction {
  /** In upper case. */
  readonly name: string
  /** All after the name and its flags, continuation lines joined, comments between them dropped. */
  readonly arguments: string
  readonly flags: ReadonlyMap<string, string>
  /** The words of an exec form (`["a", "b"]`); absent for the shell form. */
  readonly exec?: readonly string[]
  /** Bodies of here-documents, in order. */
  readonly hereDocuments: readonly { readonly name: string; readonly body: string; readonly startLine: number }[]
  readonly startLine: number
  readonly endLine: number
}

export interface Stage {
  readonly index: number
  readonly name?: string
  readonly from: Instruction
  /** The base with arguments expanded; undefined where an argument has no value. */
  readonly base: string | undefined
  /** Where the reference stands on the `FROM` line, when it is written out there. Columns count from 1, the end is exclusive. */
  readonly baseColumns?: { readonly line: number; readonly startColumn: number; readonly endColumn: number }
  /** The stage that `base` names, if it names one. */
  readonly baseStage?: number
  /** The instructions after `FROM`. */
  readonly instructions: readonly Instruction[]
}
