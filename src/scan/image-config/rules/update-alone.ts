/** CIS Docker Benchmark 4.7: https://www.cisecurity.org/benchmark/docker */
import type { ImageRule } from '../rule.ts'
import { pipelinesOf } from '../shell.ts'

export const updateAlone: ImageRule = {
  id: 'image/update-alone',
  severity: 'low',
  title: 'Package lists were updated in an instruction of their own',
  why: 'The builder keeps the layer of the update, and later builds install from a list that is weeks old: versions that have been fixed since, or that are gone. (CIS Docker Benchmark 4.7)',
  fix: 'Update and install in one `RUN`: `apt-get update && apt-get install -y --no-install-recommends … && rm -rf /var/lib/apt/lists/*`.',
  references: ['https://docs.docker.com/build/building/best-practices/#apt-get', 'https://www.cisecurity.org/benchmark/docker'],
  concerns: 'container',
  *check({ history }) {
    for (const { name, text, layer, written } of history) {
      if (name !== 'RUN') continue
      const commands = pipelinesOf(text)
        .flat()
        .filter(([program]) => !besides.has(program ?? ''))
      if (commands.length === 0 || !commands.every(isUpdate)) continue
      yield {
        content: { field: 'history', ...(layer === undefined ? {} : { layer }), instruction: written },
        anchor: written,
        message: 'the package lists were updated, and nothing was installed with them',
      }
    }
  },
}

/** What a careful author writes around it. */
const besides: ReadonlySet<string> = new Set(['', 'echo', 'export', 'rm', 'set', 'true'])

function isUpdate([program = '', ...options]: readonly string[]): boolean {
  return /^(?:apt-get|apt|apk)$/.test(program) && options.find((option) => /^[a-z]/.test(option)) === 'update'
}
