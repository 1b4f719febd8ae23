/** `npm run demo`: builds the images of the example, judges it offline with the packaged command, and says what was seen. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildImages } from './images.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const call = ['check', 'examples/storefront', '--offline', '--advisories', 'examples/storefront/advisories']

await buildImages(`${root}/examples/images`, `${root}/examples/storefront/.images`)
console.log(`$ portcullis ${call.join(' ')}\n`)
const { status } = spawnSync(process.execPath, ['dist/cli.js', ...call], { cwd: root, stdio: 'inherit' })
console.log(explanation(status))
process.exitCode = status === 1 ? 0 : 1

function explanation(exitStatus: number | null): string {
  if (exitStatus !== 1) return `\nThe demo expected the gate to block (exit status 1), and it ended with ${exitStatus}.`
  return `
What you saw: the exit status was 1, a pull request with this tree would not be merged.
  cart     nobody signed its image (signature-verification of image-security-policy.yaml)
  metrics  its image comes from a registry that is not trusted (trusted-registry-only), and it runs privileged
  search   its image brings an OpenSSL with a vulnerability above 7.0 (vulnerability-scan)
  web      is as it should be: pinned, signed, from the right registry
  all four stand on an Alpine past its end of life, which is told and does not block

How to go on:
  Read    examples/storefront/.portcullis.yaml and image-security-policy.yaml, the policy that judged.
  Change  a line of examples/storefront/deploy/ and run \`npm run demo\` again.
  Ask     node_modules/.bin/node dist/cli.js rules pod/privileged, or add --format json to the call above.
  Judge   your own repository: node_modules/.bin/node dist/cli.js check PATH
  Gate    pull requests with the Action or the Tekton task: see README.md.`
}
