/** Signatures through the packaged command, as whole processes: one bundle, and one check of many images by key against a registry on loopback. */
import { spawn } from 'node:child_process'
import { messageBundle } from '../test/builders/bundle.ts'
import { folderOf } from '../test/builders/command.ts'
import { startRegistry } from '../test/builders/registry.ts'
import { registryRepository } from '../test/builders/registry-repository.ts'
import { cosignSign, ecdsaKey } from '../test/builders/signing.ts'
import { githubIssuer, sigstoreInstance, workflow } from '../test/builders/sigstore.ts'
import { print, summary } from './measure.ts'

const rounds = 7
const images = 60

export async function benchVerifyProcess(): Promise<void> {
  const [sigstore, registry, key] = [await sigstoreInstance(), await startRegistry(), ecdsaKey('release')]
  const artifact = Buffer.from('the artifact')
  const pods = Array.from({ length: images }, (_, index) => {
    const repository = registryRepository(registry, `acme/shop-${index}`)
    cosignSign(repository, repository.image.digest, { key })
    return `apiVersion: v1\nkind: Pod\nmetadata: {name: shop-${index}}\nspec: {containers: [{name: main, image: "${repository.reference}"}]}\n`
  })
  const { directory, remove } = await folderOf({
    artifact,
    'bundle.json': JSON.stringify(await messageBundle(sigstore, artifact)),
    'root.json': sigstore.rootJson,
    'tree/pods.yaml': pods.join('---\n'),
    'policy.yaml': `signers: [{images: ["${registry.host}/**"], keys: [release.pub]}]\n`,
    'release.pub': key.pem,
  })
  const at = (name: string) => `${directory}/${name}`
  const signer = ['--certificate-identity', workflow, '--certificate-oidc-issuer', githubIssuer, '--trusted-root', at('root.json')]
  const bundle = ['dist/cli.js', 'verify-bundle', '--bundle', at('bundle.json'), ...signer, at('artifact')]
  const check = ['dist/cli.js', 'check', at('tree'), '--policy', at('policy.yaml'), '--checks', 'signatures']
  try {
    print(summary('node -e 0', await times(['-e', '0'])), 'the limit')
    print(summary('verify-bundle, whole process', await times(bundle)), 'to reach: 350')
    print(summary(`check of ${images} images by key, whole process`, await times(check)), 'to reach: 3000, cosign: 350')
  } finally {
    await Promise.all([remove(), registry.close()])
  }
}

/** Not by `spawnSync`: the registry is in this process. */
async function times(call: readonly string[]): Promise<number[]> {
  const all: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now()
    await run(call)
    if (round > 0) all.push(performance.now() - start)
  }
  return all
}

function run(call: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, call, { stdio: 'ignore' })
    child.on('error', reject)
    child.on('close', (status) => (status === 0 ? resolve() : reject(new Error(`${call.join(' ')} ended with ${status}`))))
  })
}
