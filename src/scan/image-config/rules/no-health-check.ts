/** CIS Docker Benchmark 4.6: https://www.cisecurity.org/benchmark/docker */
import type { ImageRule } from '../rule.ts'

export const noHealthCheck: ImageRule = {
  id: 'image/no-health-check',
  severity: 'low',
  title: 'Image has no health check',
  why: 'Docker, Swarm and Compose see only that the process runs, not that it answers, and restart nothing that hangs. (CIS Docker Benchmark 4.6) Kubernetes ignores HEALTHCHECK and has probes instead: this is not reported of images that only its workloads use.',
  fix: 'Add a `HEALTHCHECK` to the Dockerfile, or waive this where only Kubernetes runs the image.',
  references: ['https://docs.docker.com/reference/dockerfile/#healthcheck', 'https://www.cisecurity.org/benchmark/docker'],
  concerns: 'long-running',
  *check({ image: { config } }) {
    const [kind] = config.healthcheck ?? []
    if (kind === undefined)
      yield { content: { field: 'Healthcheck' }, message: 'no health check is configured (Kubernetes needs none: it has probes)' }
    else if (kind === 'NONE') yield { content: { field: 'Healthcheck' }, message: 'the health check of the base is turned off (NONE)' }
  },
}
