import { Command } from 'commander'
import type { TelemetryOptions } from '../publish/observability/telemetry.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSharedOptions, callOptions, type SharedOptions } from './options.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports } from './output.ts'
import { addSignerOptions, readNamed, readSigners, type SignerOptions } from './signer-options.ts'
import { addTelemetryOptions, openTelemetry } from './telemetry.ts'

export const verifyCommand: MakeCommand = (setStatus) => {
  const destinations: Destination[] = []
  const command = new Command('verify')
    .description(
      'The signatures and attestations of one image: who vouches for its digest. Signers come from the call, else from the policy.',
    )
    .argument('<image>', 'a registry reference, oci:DIR[:TAG], oci-archive:FILE')
  return addOutputOptions(addTelemetryOptions(addSharedOptions(addSignerOptions(command))), destinations).action(
    async (image: string, options: SharedOptions & SignerOptions & TelemetryOptions) => {
      const wanted = checkDestinations(destinations)
      const signers = await readSigners(options)
      const { trustedRoot } = options
      const root =
        trustedRoot === undefined ? {} : { trustedRoot: { name: trustedRoot, bytes: await readNamed('--trusted-root', trustedRoot) } }
      const [{ prepareScan }, { verify }, { withHost }] = await Promise.all([
        import('../gate/prepare.ts'),
        import('../gate/run.ts'),
        import('./host.ts'),
      ])
      const call = { ...callOptions(options), checks: 'signatures', signers, ...root }
      const telemetry = await openTelemetry(options)
      const result = await withHost(options, async (host) => verify(image, await prepareScan(call, host)))
      await writeReports(result, wanted, options.logFormat !== 'json')
      await telemetry.finish(result.report)
      setStatus(exitStatus[result.report.verdict])
    },
  )
}
