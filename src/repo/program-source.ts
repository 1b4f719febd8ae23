/** Programs that are called after Dockerfiles, such as `dockerfile.ts`. `Dockerfile.go` may as well be the Dockerfile of a program: its text decides. */
import { baseNameOf } from './path.ts'

const programs = /\.(?:c|cc|cjs|cpp|cs|css|cts|go|h|hpp|html|java|js|jsx|kt|lua|mjs|mts|php|pl|py|rb|rs|scala|swift|ts|tsx|vue)$/i
/** Of a file that no builder would read further. */
const lookedAtBytes = 64 * 1024

/** True for what is named as a program and cannot be built: before `FROM`, a Dockerfile has comments and `ARG` alone. https://docs.docker.com/reference/dockerfile/#from */
export function isProgramSource(path: string, bytes: Uint8Array): boolean {
  return programs.test(baseNameOf(path)) && !beginsAsDockerfile(Buffer.from(bytes.subarray(0, lookedAtBytes)).toString('utf8'))
}

function beginsAsDockerfile(text: string): boolean {
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    // Another frontend may read anything; BuildKit looks for its name behind both marks.
    if (/^\s*(?:#|\/\/)\s*syntax\s*=/i.test(line)) return true
    if (/^\s*(?:#|$)/.test(line)) continue
    return /^\s*(?:ARG|FROM)(?:\s|\\|`|$)/i.test(line)
  }
  // Nothing but comments: what comes after them is not known.
  return true
}
