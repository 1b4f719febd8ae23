/** `--key` and the identity options, as in cosign: https://github.com/sigstore/cosign/blob/main/doc/cosign_verify.md */
import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { quote, UsageError } from '../findings.ts'
import type { KeylessIdentity, PublicKeySource, TextMatch } from '../policy/policy.ts'

export interface SignerOptions {
  readonly key?: readonly string[]
  readonly certificateIdentity?: string
  readonly certificateIdentityRegexp?: string
  readonly certificateOidcIssuer?: string
  readonly certificateOidcIssuerRegexp?: string
  readonly trustedRoot?: string
}

export interface GivenSigners {
  readonly keys: readonly PublicKeySource[]
  readonly identities: readonly KeylessIdentity[]
}

export function addSignerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--key <file>', 'a public key (PEM) that is trusted; repeatable').argParser(
        (value: string, values: readonly string[] | undefined) => [...(values ?? []), value],
      ),
    )
    .option('--certificate-identity <subject>', 'the subject that a keyless signature must have')
    .option('--certificate-identity-regexp <expression>', 'or an anchored expression for it')
    .option('--certificate-oidc-issuer <address>', 'the issuer that must vouch for the subject')
    .option('--certificate-oidc-issuer-regexp <expression>', 'or an anchored expression for it')
    .option('--trusted-root <file>', "a Sigstore instance's trusted root instead of the public one's")
}

/** Throws UsageError for half an identity: a subject without its issuer is anybody's. */
export async function readSigners(options: SignerOptions): Promise<GivenSigners> {
  const keys = await Promise.all(
    (options.key ?? []).map(async (file) => ({ name: file, pem: (await readNamed('--key', file)).toString('utf8') })),
  )
  const subject = matchOf('--certificate-identity', options.certificateIdentity, options.certificateIdentityRegexp)
  const issuer = matchOf('--certificate-oidc-issuer', options.certificateOidcIssuer, options.certificateOidcIssuerRegexp)
  if ((subject === undefined) !== (issuer === undefined)) {
    throw new UsageError(
      '--certificate-identity and --certificate-oidc-issuer go together: a subject means nothing without who vouches for it',
    )
  }
  return { keys, identities: subject && issuer ? [{ subject, issuer, extensions: new Map() }] : [] }
}

/** Throws UsageError that names the option and the file. */
export async function readNamed(option: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UsageError(`${option} ${quote(file)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function matchOf(option: string, text: string | undefined, expression: string | undefined): TextMatch | undefined {
  if (text !== undefined && expression !== undefined) throw new UsageError(`${option} and ${option}-regexp: one of them`)
  if (text !== undefined) return { equals: text }
  return expression === undefined ? undefined : { matches: expression, where: `${option}-regexp` }
}
