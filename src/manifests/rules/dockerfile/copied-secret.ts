/** Files that hold secrets by their name. */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const copiedSecret: Rule<Dockerfile> = {
  id: 'dockerfile/copied-secret',
  severity: 'high',
  title: 'Secret is copied into the image',
  why: 'A file that a layer has brought in stays in it, even where a later layer deletes it: whoever can pull the image has the secret.',
  fix: 'Use a secret mount (`RUN --mount=type=secret`), and list the file in `.dockerignore`.',
  references: ['https://docs.docker.com/build/building/secrets/'],
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions) {
      if ((instruction.name !== 'COPY' && instruction.name !== 'ADD') || instruction.flags.has('from')) continue
      const words = instruction.exec ?? instruction.arguments.split(/\s+/)
      for (const source of words.slice(0, -1).filter(isSecretFile)) {
        yield at(dockerfile, instruction, `${quote(source)} is brought into a layer`)
      }
    }
  },
}

function isSecretFile(path: string): boolean {
  const name =
    path
      .replace(/["'/]+$/g, '')
      .split('/')
      .at(-1) ?? ''
  if (/\.(?:example|sample|template|dist|pub|md)$/.test(name)) return false
  return /^(?:\.env(?:\..+)?|id_(?:rsa|dsa|ecdsa|ed25519)|\.npmrc|\.pypirc|\.netrc|\.git-credentials|\.aws|\.ssh|\.kube|kubeconfig|\.dockerconfigjson|.+\.(?:p12|pfx|jks|keystore|kdbx)|.*(?:private|server|tls)[-_.]?key\.pem|.+\.key)$/.test(
    name,
  )
}
