/** Holds recorded requests and answers against GitHub's OpenAPI description, where the conformance data is beside the checkout. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { Recorded } from './github.ts'

export const openapiFile = join(import.meta.dirname, '../../../shared/conformance/specs/github-openapi.json')
export const hasOpenapi = existsSync(openapiFile)

interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >
}

/** What is wrong with each of the requests, one line each; empty where all is as described. */
export function openapiProblems(requests: readonly Recorded[]): string[] {
  const document = JSON.parse(readFileSync(openapiFile, 'utf8'))
  const ajv = new Ajv({ strict: false, allErrors: false, logger: false, validateFormats: true })
  addFormats.default(ajv)
  ajv.addSchema(draftOf(document), 'github')
  const compiled = new Map<string, ValidateFunction>()
  const validator = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `github#${pointer}` })
    compiled.set(pointer, known)
    return known
  }
  const problems: string[] = []
  for (const request of requests) {
    if (request.template === undefined) continue
    const method = request.method.toLowerCase()
    const operation: Operation | undefined = document.paths[request.template]?.[method]
    const name = `${request.method} ${request.template}`
    if (!operation) {
      problems.push(`${name}: not described`)
      continue
    }
    const base = `/paths/${pointerPart(request.template)}/${method}`
    const check = (what: string, pointer: string, value: unknown): void => {
      const validate = validator(pointer)
      if (!validate(value)) problems.push(`${name} ${what}: ${ajv.errorsText(validate.errors)}`)
    }
    if (operation.requestBody?.content?.['application/json']?.schema)
      check('request', `${base}/requestBody/content/${pointerPart('application/json')}/schema`, request.body)
    const response = operation.responses[request.status]
    if (!response) {
      problems.push(`${name}: answer ${request.status} is not described`)
      continue
    }
    const place = response.$ref ? response.$ref.slice(1) : `${base}/responses/${request.status}`
    const content = (response.$ref ? pointed(document, place) : response).content?.['application/json']
    if (content?.schema && request.answer !== undefined)
      check(`answer ${request.status}`, `${place}/content/${pointerPart('application/json')}/schema`, request.answer)
  }
  return [...new Set(problems)]
}

function pointed(document: unknown, pointer: string): Operation['responses'][string] {
  let value = document
  for (const key of pointer.split('/').slice(1)) value = (value as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')]
  return value as Operation['responses'][string]
}

/** encodeURIComponent: the pointer stands in a URI's fragment. */
function pointerPart(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
}

/** OpenAPI 3.0's `nullable` as JSON Schema has it. */
function draftOf(value: unknown): object {
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'object' && item !== null ? draftOf(item) : item))
  const entries = Object.entries(value as Record<string, unknown>).map(([key, item]) => [
    key,
    typeof item === 'object' && item !== null ? draftOf(item) : item,
  ])
  const { nullable, discriminator: _, example: __, ...schema } = Object.fromEntries(entries)
  if (nullable !== true) return schema
  if (typeof schema.type === 'string' && schema.enum === undefined) return { ...schema, type: [schema.type, 'null'] }
  return { anyOf: [schema, { type: 'null' }] }
}
