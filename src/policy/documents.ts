/** The documents of policy files, and whose they are: our own form, or an object of a cluster. */
import { UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { parseYaml } from '../formats/yaml.ts'
import type { ReadFile } from './read.ts'
import { at } from './validate.ts'

export async function readDocuments(file: string, read: ReadFile): Promise<readonly Field[] | undefined> {
  const bytes = await read(file)
  return bytes === undefined ? undefined : parseDocuments(file, bytes)
}

function parseDocuments(file: string, bytes: Uint8Array): readonly Field[] {
  const { documents, errors } = parseYaml(file, bytes, { dialect: 'core' })
  const [error] = errors
  if (error) throw new UsageError(`${file}:${error.line}${error.column === undefined ? '' : `:${error.column}`}: ${error.message}`)
  if (documents.length === 0) throw new UsageError(`${file}: the policy is empty`)
  return documents
}

export function onlyDocument(file: string, bytes: Uint8Array): Field {
  const [document, second] = parseDocuments(file, bytes)
  if (!document) throw new UsageError(`${file}: the policy is empty`)
  if (second) throw new UsageError(`${at(second.location())}: a second document, a policy is one`)
  return document
}

/** An object of a cluster, which is not of our own form: a ConfigMap that holds policies, or another engine's policy. */
export function isForeign(root: Field): boolean {
  return typeof root.at('apiVersion').value === 'string' && typeof root.at('kind').value === 'string'
}

export function isConfigMap(root: Field): boolean {
  return root.at('kind').value === 'ConfigMap' && root.at('apiVersion').value === 'v1'
}
