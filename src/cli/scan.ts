import { Command } from 'commander'
import type { TelemetryOptions } from '../publish/observability/telemetry.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSharedOptions, callOptions, type SharedOptions } from './options.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports } from './output.ts'
import { readNamed } from './signer-options.ts'
import { addTelemetryOptions, openTelemetry } from './telemetry.ts'

export const scanCommand: MakeCommand = (setStatus) => {
  const destinations: Destination[] = []
  const command = new Command('scan')
    .description('The inventory and the findings of one image.')
    .option(
      '--sbom <file>',
      'a CycloneDX or SPDX document instead of the layers; used only when a signer of the policy attested it for the image',
    )
    .option('--base-updates', 'ask the registry for a newer base image, and say which findings it would clear')
    .option('--anomaly', 'read the earlier tags of the image, and say whether it is unlike them')
    .argument('<image>', 'a registry reference, oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE or docker-daemon:REF')
  return addOutputOptions(addTelemetryOptions(addSharedOptions(command)), destinations).action(
    async (image: string, { sbom, ...options }: SharedOptions & TelemetryOptions & { readonly sbom?: string }) => {
      const wanted = checkDestinations(destinations)
      const [{ prepareScan }, { scan }, { withHost }] = await Promise.all([
        import('../gate/prepare.ts'),
        import('../gate/run.ts'),
        import('./host.ts'),
      ])
      const document = sbom ? { sbom: { name: sbom, bytes: await readNamed('--sbom', sbom) } } : {}
      // Who attested an SBOM is a matter of signatures.
      const call = { ...callOptions(options), checks: sbom ? 'images,signatures' : 'images' }
      const telemetry = await openTelemetry(options)
      const result = await withHost(options, async (host) =>
        scan(image, { ...(await prepareScan(call, telemetry.counting(host))), ...document, checks: new Set(['images']) }),
      )
      await writeReports(result, wanted, options.logFormat !== 'json')
      await telemetry.finish(result.report)
      setStatus(exitStatus[result.report.verdict])
    },
  )
}
