/** Tekton's published schema, made strict: a field that it does not know is an error. Kubernetes' own types come from its schema. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ErrorObject } from 'ajv'

const folder = join(import.meta.dirname, '../../../shared/conformance/specs')
export const hasTektonSchema = existsSync(join(folder, 'tekton-v1.json'))

interface Definition {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, unknown>>
  additionalProperties?: unknown
}

/** What is wrong with an object of the API version `tekton.dev/v1` or `v1beta1`. */
export function tektonErrors(object: { readonly apiVersion: string; readonly kind: string }): readonly ErrorObject[] {
  const version = object.apiVersion.replace('tekton.dev/', '')
  const tekton = definitionsOf(`tekton-${version}.json`)
  const kubernetes = definitionsOf('kubernetes-openapi.json')
  const definitions: Record<string, Definition> = { ...kubernetes, ...tekton }
  for (const [name] of JSON.stringify(tekton).matchAll(/(?<=#\/definitions\/)[^"]+/gu)) {
    if (name in definitions) continue
    const known = Object.keys(kubernetes).find((key) => key.endsWith(`.${name}`))
    definitions[name] = known === undefined ? {} : { ...kubernetes[known] }
  }
  for (const definition of Object.values(definitions)) {
    if (definition.properties && definition.additionalProperties === undefined) definition.additionalProperties = false
  }
  // The published schema takes this type for the struct that holds it; it is written as a text, a list or a map.
  definitions[`${version}.ParamValue`] = { type: ['string', 'array', 'object'] }
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false })
  const validate = ajv.compile({ definitions, $ref: `#/definitions/${version}.${object.kind}` })
  validate(object)
  return validate.errors ?? []
}

function definitionsOf(file: string): Record<string, Definition> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')).definitions
}
