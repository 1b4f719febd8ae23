/** Kubernetes objects from bytes to findings, all rules, beside parsing with positions alone; and again after a change, with what a cache knows. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure, print, tellsPeak } from './measure.ts'

const files = 1000

/** 10,000 objects in 1,000 files: Deployment, Service, NetworkPolicy, Role and ConfigMap in equal parts. */
export function benchObjects(): void {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  const [tree, known, cache] = ['tree', 'known', 'cache'].map((name) => join(directory, name)) as [string, string, string]
  const check = [process.execPath, ...tellsPeak, 'dist/cli.js', 'check', '--checks', 'manifests', tree, '--format', 'json']
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-C', tree, '-c', 'user.name=bench', '-c', 'user.email=bench@example.org', ...words], { stdio: 'ignore' })
  // Each run finds what was known before the change.
  const before = () => {
    rmSync(cache, { recursive: true, force: true })
    cpSync(known, cache, { recursive: true })
  }
  const statuses = [0, 1]
  try {
    for (let file = 0; file < files; file++) {
      mkdirSync(join(tree, `team-${file % 20}`), { recursive: true })
      writeFileSync(pathOf(tree, file), objects(file))
    }
    git('init', '--quiet')
    git('add', '.')
    git('commit', '--quiet', '--message', 'before the change')
    const [program = '', ...words] = check
    execFileSync(program, [...words, '--cache', known], { stdio: 'ignore' })
    const changed = pathOf(tree, 1)
    writeFileSync(changed, readFileSync(changed, 'utf8').replaceAll('replicas: 2', 'replicas: 3'))
    const base = ['--base', 'HEAD']
    const [parsed, judged, warm, judgedAgainst, warmAgainst] = measure(
      [
        {
          name: 'parsing with positions, 10,000 objects, one thread',
          call: [process.execPath, fileURLToPath(new URL('parse-tree.ts', import.meta.url)), tree],
        },
        { name: 'check --checks manifests, 10,000 objects', call: check, statuses },
        { name: '  one changed file, the rest from the cache', call: [...check, '--cache', cache], statuses, before },
        { name: '  one changed file against its base', call: [...check, ...base], statuses },
        { name: '  the same, the rest from the cache', call: [...check, ...base, '--cache', cache], statuses, before },
      ],
      5,
    )
    if (!parsed || !judged || !warm || !judgedAgainst || !warmAgainst) return
    print(parsed, 'the limit')
    print(judged, `to reach: 4000, 500 MB; ${(1e7 / judged.medianMilliseconds).toFixed(0)} objects a second`)
    print(warm, 'to reach: 1500')
    print(judgedAgainst)
    print(warmAgainst, 'to reach: 1500')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function pathOf(tree: string, file: number): string {
  return join(tree, `team-${file % 20}`, `service-${file}.yaml`)
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
