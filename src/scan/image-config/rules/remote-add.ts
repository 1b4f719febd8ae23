/** CIS Docker Benchmark 4.9: https://www.cisecurity.org/benchmark/docker */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const remoteAdd: ImageRule = {
  id: 'image/remote-add',
  severity: 'low',
  title: 'Image was built with a download by ADD',
  why: 'What the address gave on the day of the build is in the image, and the history does not say that anybody checked it. (CIS Docker Benchmark 4.9)',
  fix: 'Give `ADD` a `--checksum=sha256:…`, or download and check in a `RUN`; where the Dockerfile does so already, waive this: the history leaves the option out.',
  references: ['https://docs.docker.com/reference/dockerfile/#add---checksum', 'https://www.cisecurity.org/benchmark/docker'],
  concerns: 'container',
  *check({ history }) {
    for (const { name, text, layer, written } of history) {
      if (name !== 'ADD' || text.includes('--checksum=')) continue
      const source = text.split(/\s+/).find((word) => /^(?:https?|ftp):\/\//i.test(word))
      if (source === undefined) continue
      yield {
        content: { field: 'history', ...(layer === undefined ? {} : { layer }), instruction: written },
        anchor: source,
        severity: /^https:/i.test(source) ? 'low' : 'medium',
        message: `ADD downloaded ${quote(withoutSecrets(source))}${/^https:/i.test(source) ? '' : ' over a connection that nothing protects'}`,
      }
    }
  },
}

/** An address may carry a password or a signed query. */
function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '')
}
