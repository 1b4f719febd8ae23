/** All commands by their names, in the order of the help. What they do is loaded when they are called. */
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

export const commands: Readonly<Record<string, MakeCommand>> = {
  check: checkCommand,
  scan: scanCommand,
  verify: verifyCommand,
  'verify-bundle': verifyBundleCommand,
  sbom: sbomCommand,
  advisories: advisoriesCommand,
  plan: planCommand,
  merge: mergeCommand,
  publish: publishCommand,
  attest: attestCommand,
  rules: rulesCommand,
}
