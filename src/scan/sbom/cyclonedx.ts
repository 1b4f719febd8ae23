/** An inventory as CycloneDX 1.6 JSON. https://cyclonedx.org/docs/1.6/json/ */
import { createHash } from 'node:crypto'
import type { Distribution, Package } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import type { EvidenceGap, ImageEvidence } from '../evidence.ts'
import { contentUuid, imageName, imagePurl, isSpdxExpression, type SbomOptions, wholeSeconds } from './document.ts'

/** Ends with a line end. Gaps make the composition `incomplete` and stand in the metadata. */
export function renderCycloneDx(image: Image, evidence: ImageEvidence, options: SbomOptions): string {
  const root = imagePurl(image)
  const components = [...distributionComponents(evidence.distribution), ...evidence.packages.map(packageComponent)]
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${contentUuid(image, evidence, options)}`,
    version: 1,
    metadata: {
      timestamp: wholeSeconds(options.timestamp),
      lifecycles: [{ phase: 'post-build' }],
      tools: { components: [{ type: 'application', name: 'portcullis', version: options.version }] },
      component: {
        type: 'container',
        'bom-ref': root,
        name: imageName(image),
        version: image.manifestDigest,
        purl: root,
        properties: layerProperties(image),
      },
      ...(evidence.gaps.length > 0 ? { properties: evidence.gaps.map(gapProperty) } : {}),
    },
    components,
    dependencies: [{ ref: root, dependsOn: components.map((component) => component['bom-ref']) }],
    compositions: [{ aggregate: evidence.gaps.length > 0 ? 'incomplete' : 'unknown', assemblies: [root] }],
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function layerProperties({ layers }: Image) {
  return layers.flatMap(({ descriptor, diffId, createdBy }, index) => [
    property(`layer:${index}:digest`, descriptor.digest),
    ...(diffId ? [property(`layer:${index}:diffId`, diffId)] : []),
    ...(createdBy ? [property(`layer:${index}:createdBy`, createdBy)] : []),
  ])
}

function distributionComponents(distribution: Distribution | undefined) {
  if (!distribution) return []
  const { id, version, name } = distribution
  return [
    {
      type: 'operating-system',
      'bom-ref': `os:${id}@${version}`,
      name: id,
      ...(version ? { version } : {}),
      ...(name ? { description: name } : {}),
    },
  ]
}

function packageComponent(one: Package) {
  const { name, version, purl, layer, path, source, sourceVersion, licenses = [], ownedBySystem, module } = one
  return {
    type: 'library',
    // Two files can prove the same package; a reference names one of them.
    'bom-ref': `${purl}#${createHash('sha256').update(path).digest('hex').slice(0, 16)}`,
    name,
    version,
    ...(licenses.length > 0 ? { licenses: licenseChoice(licenses) } : {}),
    purl,
    evidence: { occurrences: [{ location: path }] },
    properties: [
      property('layer', layer),
      property('source', source),
      property('sourceVersion', sourceVersion),
      ...(module ? [property('module', module)] : []),
      ...(ownedBySystem ? [property('ownedBySystem', 'true')] : []),
    ],
  }
}

/** A list of licences, or one expression and nothing else. */
function licenseChoice(licenses: readonly string[]) {
  const [only] = licenses
  if (licenses.length === 1 && only !== undefined && isSpdxExpression(only)) return [{ expression: only }]
  return licenses.map((name) => ({ license: { name } }))
}

function gapProperty({ layer, path, line, message }: EvidenceGap) {
  return property('gap', [path ?? layer, line, message].filter((part) => part !== undefined).join(': '))
}

function property(name: string, value: string) {
  return { name: `portcullis:${name}`, value }
}
