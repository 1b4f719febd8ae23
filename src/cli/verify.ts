import { readFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { quote, UsageError } from '../findings.ts'
import type { PublicKeySource } from '../policy/policy.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSharedOptions, callOptions, type SharedOptions } from './options.ts'
import { addOutputOptions, checkDestinations, type Destination, writeReports } from './output.ts'

interface VerifyOptions extends SharedOptions {
  readonly key?: readonly string[]
}

export const verifyCommand: MakeCommand = (setStatus) => {
  const destinations: Destination[] = []
  const command = new Command('verify')
    .description('The signatures and attestations of one image: who vouches for its digest.')
    .argument('<image>', 'a registry reference, or oci:DIR[:TAG]')
    .addOption(
      new Option('--key <file>', 'a public key (PEM) that is trusted; repeatable').argParser(
        (value: string, values: readonly string[] | undefined) => [...(values ?? []), value],
      ),
    )
  return addOutputOptions(addSharedOptions(command), destinations).action(async (image: string, options: VerifyOptions) => {
    const wanted = checkDestinations(destinations)
    const keys = await Promise.all((options.key ?? []).map(readKey))
    const [{ prepareScan }, { verify }, { openHost }] = await Promise.all([
      import('../gate/prepare.ts'),
      import('../gate/run.ts'),
      import('./host.ts'),
    ])
    const host = openHost(options)
    try {
      const result = await verify(image, keys, await prepareScan({ ...callOptions(options), checks: 'signatures' }, host))
      await writeReports(result, wanted)
      setStatus(exitStatus[result.report.verdict])
    } finally {
      host.http.close()
    }
  })
}

async function readKey(file: string): Promise<PublicKeySource> {
  try {
    return { name: file, pem: await readFile(file, 'utf8') }
  } catch (error) {
    throw new UsageError(`--key ${quote(file)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
