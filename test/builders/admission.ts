/** Admission policies from their text. */
import type { Field } from '../../src/formats/field.ts'
import { parseYaml } from '../../src/formats/yaml.ts'
import { readAdmissionPolicies } from '../../src/verify/policies/readers.ts'
import type { AdmissionPolicy } from '../../src/verify/policies/requirement.ts'

/** The first document of a file `policy.yaml`; its first line is line 1, though the text may begin with an empty one that counts as no line. */
export function documentOf(text: string): Field {
  const { documents, errors } = parseYaml('policy.yaml', Buffer.from(text.replace(/^\n/, '')), { dialect: 'kubernetes' })
  const [document] = documents
  if (!document || errors.length > 0) throw new TypeError(`the text is no YAML: ${errors[0]?.message}`)
  return document
}

export function policyOf(text: string): AdmissionPolicy {
  const [policy] = readAdmissionPolicies(documentOf(text))
  if (!policy) throw new TypeError('the document holds no policy')
  return policy
}

export function indent(text: string, columns: number): string {
  return text.trimEnd().replace(/^/gm, ' '.repeat(columns))
}
