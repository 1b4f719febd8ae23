/** All that a run of the Action takes from the world around it. */
import type { BaseFiles } from '../../gate/open-policy.ts'
import type { GateResult } from '../../gate/run.ts'
import type { HttpClient } from '../../http.ts'
import type { Tree } from '../../repo/tree.ts'
import type { RenderContext } from '../../report/renderer.ts'
import type { Telemetry } from '../observability/telemetry.ts'
import type { GitHubAddress } from './api.ts'
import type { ResultsService } from './artifact-upload.ts'
import type { ActionInputs } from './inputs.ts'
import type { Pace } from './patience.ts'
import type { Runner } from './runner.ts'

export interface ActionWorld {
  readonly inputs: ActionInputs
  readonly event: { readonly name: string; readonly payload: unknown; readonly sha?: string; readonly ref?: string }
  readonly address: GitHubAddress
  /** `GITHUB_SERVER_URL`; without it there are no links. */
  readonly serverUrl?: string
  /** The page of this run, that the status links to. */
  readonly runUrl?: string
  /** `GITHUB_WORKSPACE`. */
  readonly workspace: string
  readonly http: HttpClient
  readonly pace: Pace
  readonly signal: AbortSignal
  /** Where the secrets of the policy's alerts are; none without it. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly runner: Runner
  /** Where artifacts of the run are stored; absent outside of GitHub's runners, and on older appliances. */
  readonly results?: ResultsService
  /** The checked-out tree at the input's path. */
  readonly head: Tree
  /** Judges it, against the base where there is one; `baseTime` is when that was committed, in milliseconds since 1970. */
  readonly judge: (base: Tree | undefined, baseFiles?: BaseFiles, baseTime?: number) => Promise<GateResult>
  /** Metrics of the run, where they are asked for. */
  readonly telemetry?: Pick<Telemetry, 'finish'>
  /** What the renderers know besides the report. */
  readonly context: Omit<RenderContext, 'lines' | 'link'>
}
