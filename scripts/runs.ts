/** What runs of the package load: entries of the build, which are the doors and what is imported when it is needed. */
const command = ['src/cli.ts', 'src/cli/main.ts']
const judging = [...command, 'src/cli/host.ts', 'src/gate/prepare.ts', 'src/gate/run.ts']
const contents = ['src/advisories/api.ts', 'src/gate/open-access.ts', 'src/gate/open-evidence.ts', 'src/scan/malware/find-engine.ts']
const images = [...contents, 'src/gate/judge-image.ts', 'src/scan/content-checks.ts']
const trees = [
  'src/gate/facts-of-trees.ts',
  'src/gate/judge-manifests.ts',
  'src/gate/judge-secrets.ts',
  'src/gate/judge.ts',
  'src/gate/searched-files.ts',
  'src/gate/tree-reader.ts',
  'src/repo/ignored.ts',
]
const text = ['src/gate/rule-texts.ts', 'src/report/text.ts']

/** By name, each with what it loads. What several load is in files of its own, so that the order of importance is theirs. */
export const runs: Readonly<Record<string, readonly string[]>> = {
  door: ['src/compile-cache.ts'],
  version: command,
  scan: [...judging, ...images, 'src/gate/concerned-image.ts', 'src/gate/judge-one.ts', 'src/report/json.ts'],
  manifests: [...judging, ...trees],
  'manifests, from a cache': [...judging, ...trees, 'src/gate/kept-rules.ts', 'src/oci/cache.ts'],
  check: [...judging, ...images, ...trees, 'src/gate/trust.ts', 'src/http-client.ts', 'src/policy/written.ts'],
  text: [...command, ...text],
  verify: [
    ...judging,
    'src/gate/judge-image.ts',
    'src/gate/judge-one.ts',
    'src/gate/open-access.ts',
    'src/gate/trust.ts',
    'src/http-client.ts',
  ],
  sbom: [...command, ...contents, 'src/cli/host.ts', 'src/gate/inventory.ts', 'src/gate/prepare.ts', 'src/scan/sbom/formats.ts'],
  action: [
    'src/action.ts',
    ...images,
    ...trees,
    ...text,
    'src/gate/trust.ts',
    'src/policy/written.ts',
    'src/http-client.ts',
    'src/publish/github/publish.ts',
  ],
  thread: ['src/scan/layer-worker.ts'],
  'a thread that examines': ['src/scan/examine-layer.ts'],
  'a thread that reads': ['src/scan/evidence-codec.ts', 'src/scan/layer-evidence.ts'],
}
