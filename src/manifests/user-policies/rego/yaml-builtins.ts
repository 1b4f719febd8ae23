/** Rego's functions over YAML: those of OPA's own library bring an older parser with them, which the packaged build leaves out. https://www.openpolicyagent.org/docs/policy-reference/builtins/encoding */
import { parse, stringify } from 'yaml'

export const yamlBuiltins = {
  'yaml.is_valid': (text: unknown) => (typeof text === 'string' ? read(text) !== undefined : undefined),
  'yaml.marshal': (value: unknown) => stringify(value),
  'yaml.unmarshal': (text: unknown) => (typeof text === 'string' ? read(text)?.value : undefined),
}

/** Undefined for what does not parse, and for aliases that repeat without end. */
function read(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: parse(text, { logLevel: 'error' }) }
  } catch {
    return undefined // That it is none is the answer.
  }
}
