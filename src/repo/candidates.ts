/** Which files of a tree may hold something to judge, by their names alone. */
import { baseNameOf } from './path.ts'

export type CandidateKind = 'dockerfile' | 'json' | 'yaml'

const dockerfileName = /^(?:dockerfile|containerfile)(?:\..+)?$|\.(?:dockerfile|containerfile)$/i
/** What stands beside a Dockerfile and is none. */
const besideDockerfile = /\.(?:dockerignore|containerignore|md|txt|sh)$/i

/** Undefined for a file that no check reads. */
export function candidateKind(path: string): CandidateKind | undefined {
  const name = baseNameOf(path)
  if (dockerfileName.test(name) && !besideDockerfile.test(name)) return 'dockerfile'
  if (/\.ya?ml$/i.test(name) || name === 'Kustomization') return 'yaml'
  return /\.json$/i.test(name) ? 'json' : undefined
}
