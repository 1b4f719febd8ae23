/** Kubernetes objects from bytes to findings, all rules, beside parsing with positions alone. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure, print } from './measure.ts'

const files = 1000

/** 10,000 objects in 1,000 files: Deployment, Service, NetworkPolicy, Role and ConfigMap in equal parts. */
export function benchObjects(): void {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  try {
    for (let file = 0; file < files; file++) {
      const folder = join(directory, `team-${file % 20}`)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `service-${file}.yaml`), objects(file))
    }
    const node = process.execPath
    const [parsed, judged] = measure(
      [
        {
          name: 'parsing with positions, 10,000 objects, one thread',
          call: [node, fileURLToPath(new URL('parse-tree.ts', import.meta.url)), directory],
        },
        {
          name: 'check --checks manifests, 10,000 objects',
          call: [node, 'dist/cli.js', 'check', '--checks', 'manifests', directory, '--format', 'json'],
          statuses: [0, 1],
        },
      ],
      3,
    )
    if (!parsed || !judged) return
    print(parsed, 'the limit')
    print(judged, `to reach: 4000; ${(1e7 / judged.medianMilliseconds).toFixed(0)} objects a second`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function objects(file: number): string {
  return [0, 1]
    .map((half) => {
      const name = `service-${file}-${half}`
      const namespace = `team-${file % 20}`
      return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: ${file % 3 !== 0}
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: main
          image: ghcr.io/acme/${name}:1.${file}@sha256:${'0123456789abcdef'.repeat(4)}
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          resources:
            requests: { cpu: 50m, memory: 64Mi }
            limits: { memory: 128Mi }
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: 8080
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: service-${(file + 7) % files}-${half}
      ports:
        - protocol: TCP
          port: 8080
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}
  namespace: ${namespace}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get]
    resourceNames: [${name}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  config.yaml: |
    level: info
    peers: [a, b, c]
`
    })
    .join('---\n')
}
