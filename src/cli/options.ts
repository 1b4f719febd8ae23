/** Options that several commands share. */
import { type Command, Option } from 'commander'
import type { CallOptions } from '../gate/call-options.ts'

/** What commander hands over for the shared options. */
export type SharedOptions = Omit<CallOptions, 'images' | 'signers' | 'trustedRoot'> & { readonly image?: readonly string[] }

/** One value a use, so that an argument after the option is not taken for a second value. */
function collect(value: string, values: readonly string[] | undefined): readonly string[] {
  return [...(values ?? []), value]
}

export function addSharedOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--policy <file>',
        "this policy file instead of the base's .portcullis.yaml; repeatable, for policies in the ConfigMap form",
      ).argParser(collect),
    )
    .option(
      '--fail-on <severity>',
      'the lowest severity that blocks: critical, high, medium, low or never (default: the policy’s, else high)',
    )
    .addOption(
      new Option(
        '--advisories <source>',
        'an OSV-compatible API address, a database made by `advisories build`, or a directory or zip of OSV records; repeatable',
      ).argParser(collect),
    )
    .option('--offline', 'reach no network; what would need it makes the verdict `incomplete`')
    .option('--clamd <address>', 'where clamd looks for malware, instead of the policy’s: unix:PATH, tcp:HOST:PORT, or none')
    .option(
      '--cache <folder>',
      'keep the evidence of layers, and what is known of documents, in this folder, or at oci://REGISTRY/REPOSITORY, from run to run',
    )
    .option('--cache-key <file>', 'for a cache in a registry: the private key that signs its entries, or the public key, to read alone')
    .option('--platform <os/arch>', 'which platform of a multi-platform image; `all` for each', 'linux/amd64')
}

/** An empty value counts as not given, so that a pipeline can pass a parameter on as it is. */
export function callOptions(options: SharedOptions): CallOptions {
  const { image, ...rest } = options
  const given = Object.fromEntries(
    Object.entries(image === undefined ? rest : { ...rest, images: image }).flatMap(([name, value]) => kept(name, value)),
  )
  return given as CallOptions
}

function kept(name: string, value: string | boolean | readonly string[]): [string, string | boolean | readonly string[]][] {
  const some = typeof value === 'object' ? value.filter((each) => each !== '') : value
  return some === '' ? [] : [[name, some]]
}
