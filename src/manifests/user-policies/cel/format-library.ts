/** Names as Kubernetes checks them: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library */
import type { Environment } from '@marcbachmann/cel-js'

interface Check {
  readonly pattern: RegExp
  readonly limit: number
  readonly message: string
}

class Format {
  readonly check: Check
  constructor(check: Check) {
    this.check = check
  }
}

const label = { pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/, limit: 63, message: 'must be a lower-case DNS label' }
const subdomain = {
  pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  limit: 253,
  message: 'must be a lower-case DNS subdomain',
}
const labelValue = { pattern: /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, limit: 63, message: 'must be a label value' }

const formats: ReadonlyMap<string, Check> = new Map([
  ['byte', { pattern: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, limit: 1_000_000, message: 'must be base64' }],
  ['date', { pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, limit: 10, message: 'must be a date' }],
  [
    'datetime',
    {
      pattern: /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/,
      limit: 40,
      message: 'must be a date and time',
    },
  ],
  ['dns1035Label', { pattern: /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/, limit: 63, message: 'must be a DNS label that begins with a letter' }],
  ['dns1035LabelPrefix', { pattern: /^[a-z](?:[-a-z0-9]*)$/, limit: 63, message: 'must begin a DNS label' }],
  ['dns1123Label', label],
  ['dns1123LabelPrefix', { pattern: /^[a-z0-9](?:[-a-z0-9]*)$/, limit: 63, message: 'must begin a DNS label' }],
  ['dns1123Subdomain', subdomain],
  ['dns1123SubdomainPrefix', { pattern: /^[a-z0-9](?:[-a-z0-9.]*)$/, limit: 253, message: 'must begin a DNS subdomain' }],
  ['labelValue', labelValue],
  [
    'qualifiedName',
    {
      pattern: /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
      limit: 317,
      message: 'must be a qualified name',
    },
  ],
  ['uri', { pattern: /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/, limit: 10_000, message: 'must be a URI' }],
  ['uuid', { pattern: /^[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}$/, limit: 36, message: 'must be a UUID' }],
])

export function registerFormats(environment: Environment): void {
  class Formats {}
  environment
    .registerType('kubernetes.NamedFormat', Format)
    .registerType('kubernetes.Formats', Formats)
    .registerConstant('format', 'kubernetes.Formats', new Formats())
  for (const [name, check] of formats)
    environment.registerFunction(`kubernetes.Formats.${name}(): kubernetes.NamedFormat`, () => new Format(check))
  // `validate` gives nothing where the text is right, and else the list of what is wrong.
  environment
    .registerFunction('kubernetes.Formats.named(string): optional<kubernetes.NamedFormat>', (_: Formats, name: string) => {
      const check = formats.get(name)
      return check === undefined
        ? optionalOf(environment, 'optional.none()')
        : optionalOf(environment, 'optional.of(oldObject)', new Format(check))
    })
    .registerFunction('kubernetes.NamedFormat.validate(string): optional<list<string>>', ({ check }: Format, text: string) => {
      const isRight = text.length <= check.limit && check.pattern.test(text)
      return isRight ? optionalOf(environment, 'optional.none()') : optionalOf(environment, 'optional.of(oldObject)', [check.message])
    })
}

/** The library makes optionals in expressions alone. */
function optionalOf(environment: Environment, expression: string, oldObject: unknown = null): unknown {
  return environment.evaluate(expression, { oldObject })
}
