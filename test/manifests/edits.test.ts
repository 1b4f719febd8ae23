import { expect, test } from 'vitest'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { repositoryOf } from './fixture.ts'

/** The lines that the suggestion of the only `pod-security/allow-privilege-escalation` finding gives, or undefined. */
async function suggested(file: string, text: string): Promise<string | undefined> {
  const found = judgeManifests(await repositoryOf({ [file]: text }), {}).filter(
    ({ rule }) => rule === 'pod-security/allow-privilege-escalation',
  )
  expect(found).toHaveLength(1)
  return found[0]?.suggestion?.replacement
}

const head = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n'

test('an entry is added below the image, with the indentation of the file', async () => {
  const text = `${head}  containers:\n    - image: app:1 # the shop\n      name: main\n      args:\n        - serve\n`
  expect(await suggested('a.yaml', text)).toBe('      name: main\n      securityContext:\n        allowPrivilegeEscalation: false')
})

test('a wrong value is replaced where it stands, its comment kept', async () => {
  const text = `${head}  containers:\n    - name: main\n      securityContext:\n        allowPrivilegeEscalation:   true  # sudo\n`
  expect(await suggested('a.yaml', text)).toBe('        allowPrivilegeEscalation:   false  # sudo')
})

test('a JSON file gets JSON', async () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [{ name: 'main', image: 'app:1' }] } }
  expect(await suggested('a.json', JSON.stringify(pod, undefined, 2))).toBe(
    '        "securityContext": {"allowPrivilegeEscalation": false},\n        "name": "main",',
  )
})

test('what an alias brings in from elsewhere is not edited', async () => {
  const text = `${head}  securityContext: &shared\n    runAsNonRoot: true\n  containers:\n    - name: main\n      securityContext: *shared\n`
  expect(await suggested('a.yaml', text)).toBeUndefined()
})

test('a value that is written over several lines is not taken for one that ends on its line', async () => {
  const text = `${head}  containers:\n    - name: |-\n        main\n      image: app:1\n`
  expect(await suggested('a.yaml', text)).toBe('      image: app:1\n      securityContext:\n        allowPrivilegeEscalation: false')
})

test('an API version is replaced where the new one has the same fields, and nowhere else', async () => {
  const suggestions = async (apiVersion: string, kind: string) =>
    judgeManifests(await repositoryOf({ 'a.yaml': `apiVersion: ${apiVersion} # old\nkind: ${kind}\nmetadata:\n  name: shop\n` }), {})
      .filter(({ rule }) => rule === 'api/removed')
      .map(({ suggestion }) => suggestion?.replacement)
  expect(await suggestions('rbac.authorization.k8s.io/v1beta1', 'Role')).toEqual(['apiVersion: rbac.authorization.k8s.io/v1 # old'])
  expect(await suggestions('extensions/v1beta1', 'Ingress')).toEqual([undefined])
  // Without a spec, no version of the API takes it.
  expect(await suggestions('batch/v1beta1', 'CronJob')).toEqual([undefined])
})
