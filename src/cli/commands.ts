/** All commands, in the order of the help. Each is loaded when it is called. */
import { advisoriesCommand } from './advisories.ts'
import { attestCommand } from './attest.ts'
import { checkCommand } from './check.ts'
import type { MakeCommand } from './command.ts'
import { mergeCommand } from './merge.ts'
import { planCommand } from './plan.ts'
import { publishCommand } from './publish.ts'
import { rulesCommand } from './rules.ts'
import { sbomCommand } from './sbom.ts'
import { scanCommand } from './scan.ts'
import { verifyCommand } from './verify.ts'
import { verifyBundleCommand } from './verify-bundle.ts'

export const commands: readonly MakeCommand[] = [
  checkCommand,
  scanCommand,
  verifyCommand,
  verifyBundleCommand,
  sbomCommand,
  advisoriesCommand,
  planCommand,
  mergeCommand,
  publishCommand,
  attestCommand,
  rulesCommand,
]
