/** Small stand-ins for `helm` and `kustomize` on a path of their own: they do what the tests' charts and overlays need, in the real programs' output form. */
import { chmodSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Folder, temporaryFolder } from './tree.ts'

const yaml = createRequire(import.meta.url).resolve('yaml')

/** https://helm.sh/docs/helm/helm_template/: values, whole-line actions, `toYaml … | nindent`, `required`. */
const helm = `
const { existsSync, readFileSync, readdirSync } = require('node:fs')
const { parse, stringify } = require(${JSON.stringify(yaml)})
const [command, release, chart, ...rest] = process.argv.slice(2)
if (command !== 'template') { console.error('unknown command'); process.exit(2) }
const name = parse(readFileSync(chart + '/Chart.yaml', 'utf8')).name
const values = {}
const version = rest.indexOf('--kube-version')
const kubernetes = version < 0 ? 'v1.20.0' : 'v' + rest.splice(version, 2)[1]
for (const file of [chart + '/values.yaml', ...rest.filter((word) => word !== '--values')]) Object.assign(values, parse(readFileSync(file, 'utf8')))
const look = (path) => path.split('.').slice(1).reduce((value, key) => value?.[key], values)
for (const file of readdirSync(chart + '/templates').sort()) {
  if (!file.endsWith('.yaml')) continue
  const out = []
  readFileSync(chart + '/templates/' + file, 'utf8').trimEnd().split('\\n').forEach((line, index) => {
    if (/^\\s*\\{\\{-? *(if|end|with|range|\\/\\*).*\\}\\}\\s*$/.test(line)) return
    const whole = /^\\s*\\{\\{- *toYaml \\.Values((?:\\.\\w+)+) \\| nindent (\\d+) *\\}\\}/.exec(line)
    if (whole) return out.push(...stringify(look(whole[1])).trimEnd().split('\\n').map((text) => ' '.repeat(whole[2]) + text))
    const got = /^\\{\\{ *\\.Files\\.Get "([^"]+)" *\\}\\}$/.exec(line)
    if (got) return existsSync(chart + '/' + got[1]) ? out.push(...readFileSync(chart + '/' + got[1], 'utf8').trimEnd().split('\\n')) : 0
    line = line.replace(/\\{\\{ *\\.Capabilities\\.KubeVersion *\\}\\}/g, kubernetes)
    line = line.replace(/\\{\\{ *randAlphaNum \\d+ *\\}\\}/g, () => require('node:crypto').randomBytes(8).toString('hex'))
    if (line.includes('{{ fail')) {
      console.error('Error: execution error at (' + name + '/templates/' + file + ':' + (index + 1) + ':5): image is needed')
      process.exit(1)
    }
    out.push(line.replace(/\\{\\{ *\\.Values((?:\\.\\w+)+) *\\}\\}/g, (_, path) => look(path)).replace(/\\{\\{ *\\.Release\\.Name *\\}\\}/g, release))
  })
  console.log('---\\n# Source: ' + name + '/templates/' + file + '\\n' + out.join('\\n'))
}
`

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/: resources, images, patches of one container, origins. */
const kustomize = `
const { readFileSync, existsSync } = require('node:fs')
const { join, relative } = require('node:path')
const { parse, stringify } = require(${JSON.stringify(yaml)})
const top = process.argv.at(-1)
const build = (folder) => {
  const file = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].map((name) => join(folder, name)).find(existsSync)
  const settings = parse(readFileSync(file, 'utf8'))
  const objects = (settings.resources ?? []).flatMap((path) => {
    const place = join(folder, path)
    if (!path.endsWith('.yaml')) return build(place).objects
    return readFileSync(place, 'utf8').split(/^---$/m).map((text) => ({ ...parse(text), origin: relative(top, place) }))
  })
  for (const object of objects) {
    if (settings.namespace) object.metadata.namespace = settings.namespace
    if (settings.namePrefix) object.metadata.name = settings.namePrefix + object.metadata.name
    const containers = object.spec?.template?.spec?.containers ?? []
    for (const patch of settings.patches ?? []) {
      const change = patch.path ? parse(readFileSync(join(folder, patch.path), 'utf8')) : parse(patch.patch)
      if (Array.isArray(change)) for (const { path, value } of change) { const steps = path.split('/').slice(1); steps.slice(0, -1).reduce((at, step) => at[step], object)[steps.at(-1)] = value }
      else for (const one of change.spec.template.spec.containers) Object.assign(containers.find(({ name }) => name === one.name), one)
    }
    for (const image of settings.images ?? []) for (const one of containers) if (one.image.split(':')[0] === image.name) one.image = image.name + ':' + image.newTag
  }
  for (const [kind, key] of [['Secret', 'secretGenerator'], ['ConfigMap', 'configMapGenerator']])
    for (const { name, literals } of settings[key] ?? [])
      objects.push({ apiVersion: 'v1', kind, metadata: { name: name + '-6kh26cf94g' }, data: Object.fromEntries(literals.map((one) => one.split('='))), origin: undefined })
  return { objects, settings }
}
const { objects, settings } = build(top)
if (!objects.length) { console.error('Error: kustomization.yaml is empty'); process.exit(1) }
for (const { origin, ...object } of objects) {
  if (settings.buildMetadata?.includes('originAnnotations')) object.metadata = { annotations: { 'config.kubernetes.io/origin': 'path: ' + origin + '\\n' }, ...object.metadata }
}
console.log(objects.map(({ origin, ...object }) => { if (settings.buildMetadata) object.metadata = { ...object.metadata, annotations: { 'config.kubernetes.io/origin': origin === undefined ? 'configuredIn: kustomization.yaml\\n' : 'path: ' + origin + '\\n' } }; return stringify(object) }).join('---\\n'))
`

/** A folder to have on the path, with these programs. */
export function rendererFolder(names: readonly ('helm' | 'kubectl' | 'kustomize')[]): Folder {
  const folder = temporaryFolder()
  for (const name of names) {
    writeFileSync(join(folder.path, name), `#!${process.execPath}\n${name === 'helm' ? helm : kustomize}`)
    chmodSync(join(folder.path, name), 0o755)
  }
  return folder
}
