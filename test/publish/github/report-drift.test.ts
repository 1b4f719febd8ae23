import { expect, test } from 'vitest'
import type { Anomaly, Drift } from '../../../src/findings.ts'
import { driftListLimit } from '../../../src/gate/drift.ts'
import { readReport } from '../../../src/publish/github/report-schema.ts'
import { image, report } from '../../builders/report.ts'

const names = Array.from({ length: driftListLimit }, (_, index) => `usr/bin/x${index}`)
const list = { added: names, removed: [], omitted: 7 }
const drift: Drift = {
  from: { reference: 'shop:1', digest: `sha256:${'a'.repeat(64)}` },
  packages: {
    added: names.map((name) => ({ type: 'apk', name, version: '1' })),
    removed: [],
    changed: [{ type: 'apk', name: 'musl', from: '1', to: '2' }],
  },
  setuid: list,
  binaries: list,
  networkServices: list,
  ports: list,
  user: { from: '1000', to: 'root' },
  entrypoint: { from: [], to: ['/srv/app'] },
  environment: { ...list, changed: ['PATH'] },
  sizeBytes: { from: 1, to: 2 ** 40 },
  layers: { from: 1, to: 2, shared: 1 },
}
const anomaly: Anomaly = { is_anomaly: true, anomaly_score: -0.83, confidence: 0.8, history: 19, because: ['it grew'] }
const read = (some: { readonly drift?: unknown; readonly anomaly?: unknown }) =>
  readReport(Buffer.from(JSON.stringify(report({ subjects: [{ ...image(), ...some } as ReturnType<typeof image>] })))).subjects[0]

test('what somebody else’s report says of drift and history is read as the gate writes it', () => {
  const subject = read({ drift, anomaly })
  expect({ drift: subject?.drift, anomaly: subject?.anomaly }).toEqual({ drift, anomaly })
})

test.each([
  ['a list longer than the gate writes', { drift: { ...drift, setuid: { added: Array.from({ length: 5000 }, () => 'x'), removed: [] } } }],
  ['a name without end', { drift: { ...drift, ports: { added: ['x'.repeat(10_000)], removed: [] } } }],
  ['no image that it is against', { drift: { ...drift, from: undefined } }],
  ['a size that is no number', { drift: { ...drift, sizeBytes: { from: 1, to: '2' } } }],
  ['a score that is none', { anomaly: { ...anomaly, anomaly_score: 3 } }],
  ['a reason that is no text', { anomaly: { ...anomaly, because: [{}] } }],
])('%s is refused', (_, some) => {
  expect(() => read(some)).toThrow(/the report is not one at subjects/u)
})
