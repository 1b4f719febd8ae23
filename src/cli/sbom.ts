import { Command, Option } from 'commander'
import { UsageError } from '../findings.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'

interface SbomOptions {
  readonly format: 'cyclonedx' | 'spdx'
  readonly output?: string
  readonly offline?: boolean
  readonly platform: string
  readonly cache?: string
  readonly cacheKey?: string
  readonly policy?: readonly string[]
}

export const sbomCommand: MakeCommand = (setStatus) =>
  new Command('sbom')
    .description('The inventory of one image as CycloneDX 1.6 or SPDX 2.3.')
    .argument('<image>', 'a registry reference, oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE or docker-daemon:REF')
    .addOption(new Option('--format <format>', 'which format').choices(['cyclonedx', 'spdx']).default('cyclonedx'))
    .option('--output <file>', 'where it goes instead of standard output')
    .option('--cache <folder>', 'keep the evidence of layers in this folder, or at oci://REGISTRY/REPOSITORY, from run to run')
    .option('--cache-key <file>', 'for a cache in a registry: the private key that signs its entries, or the public key, to read alone')
    .option('--offline', 'reach no network')
    .option('--platform <os/arch>', 'which platform of a multi-platform image', 'linux/amd64')
    .action(async (image: string, options: SbomOptions) => {
      if (options.platform === 'all') throw new UsageError('--platform: one platform, a document describes one image')
      const [{ prepareScan }, { inventory }, { withHost }, { writeText }] = await Promise.all([
        import('../gate/prepare.ts'),
        import('../gate/inventory.ts'),
        import('./host.ts'),
        import('./output.ts'),
      ])
      const { document, gaps } = await withHost(options, async (host) =>
        inventory(
          image,
          options.format,
          await prepareScan({ ...options, checks: 'images', packagesAlone: true }, host),
          process.env.SOURCE_DATE_EPOCH,
        ),
      )
      await writeText(document, options.output)
      for (const gap of gaps) process.stderr.write(`portcullis: ${gap}\n`)
      setStatus(gaps.length === 0 ? exitStatus.pass : exitStatus.incomplete)
    })
