import { Command } from 'commander'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSharedOptions, callOptions, type SharedOptions } from './options.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports } from './output.ts'

export const scanCommand: MakeCommand = (setStatus) => {
  const destinations: Destination[] = []
  const command = new Command('scan')
    .description('The inventory and the findings of one image.')
    .argument('<image>', 'a registry reference, oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE or docker-daemon:REF')
  return addOutputOptions(addSharedOptions(command), destinations).action(async (image: string, options: SharedOptions) => {
    const wanted = checkDestinations(destinations)
    const [{ prepareScan }, { scan }, { openHost }] = await Promise.all([
      import('../gate/prepare.ts'),
      import('../gate/run.ts'),
      import('./host.ts'),
    ])
    const host = openHost(options)
    try {
      const result = await scan(image, await prepareScan({ ...callOptions(options), checks: 'images' }, host))
      await writeReports(result, wanted)
      setStatus(exitStatus[result.report.verdict])
    } finally {
      host.http.close()
    }
  })
}
