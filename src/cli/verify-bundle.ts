import { createReadStream } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../findings.ts'
import type { MakeCommand } from './command.ts'
import { exitStatus } from './exit-status.ts'
import { addSignerOptions, readNamed, readSigners, type SignerOptions } from './signer-options.ts'

interface BundleOptions extends SignerOptions {
  readonly bundle: string
}

/** https://github.com/sigstore/sigstore-conformance/blob/main/docs/cli_protocol.md */
export const verifyBundleCommand: MakeCommand = (setStatus) =>
  addSignerOptions(
    new Command('verify-bundle')
      .description('One Sigstore bundle over one file or digest; exit status 0 when it verifies.')
      .argument('<artifact>', 'a file, or sha256:<hex>')
      .requiredOption('--bundle <file>', 'the bundle'),
  ).action(async (artifact: string, options: BundleOptions) => {
    const { keys, identities } = await readSigners(options)
    if (keys.length === 0 && identities.length === 0)
      throw new UsageError('expected --key, or --certificate-identity with --certificate-oidc-issuer')
    const [bundle, root, { verifyBundle }, { signersOf }] = await Promise.all([
      readNamed('--bundle', options.bundle),
      options.trustedRoot === undefined ? undefined : readNamed('--trusted-root', options.trustedRoot),
      import('../verify/verify-bundle.ts'),
      import('../gate/trust.ts'),
    ])
    const { readTrustedRoot } = await import('../verify/sigstore/trusted-root.ts')
    const result = await verifyBundle({
      bundle,
      artifact: /^sha(256|384|512):/u.test(artifact) ? { digest: artifact } : { stream: createReadStream(artifact) },
      keys,
      identities: signersOf(identities),
      ...(root === undefined ? {} : { root: readTrustedRoot(root, options.trustedRoot ?? '') }),
    })
    process.stderr.write(`${result.status}: ${result.message}\n`)
    setStatus(result.status === 'verified' ? exitStatus.pass : exitStatus.block)
  })
