/** Distinguished names of policies and of certificates. RFC 4514; trust store specification, "Trusted Identities" */
import type { X509Certificate } from 'node:crypto'

export type SubjectName = ReadonlyMap<string, string>

/** `C=US, ST=WA, O=Acme\, Inc` in its attributes; undefined for what is none, or has an attribute twice. */
export function parseSubjectName(text: string): SubjectName | undefined {
  const attributes = text.match(/(?:\\.|[^,\\])+/g) ?? []
  return fromPairs(attributes.map((attribute) => attribute.trim().replace(/\\(.)/g, '$1')))
}

/** Node writes one attribute a line, escaped by RFC 2253. Several values of one attribute make no name that a policy could mean. */
export function subjectNameOf({ subject }: X509Certificate): SubjectName | undefined {
  const plain = (line: string) =>
    line.replace(/\\([0-9A-Fa-f]{2})|\\(.)/g, (_, hex?: string, character?: string) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (character ?? ''),
    )
  return fromPairs((subject ?? '').split('\n').map(plain))
}

function fromPairs(pairs: readonly string[]): SubjectName | undefined {
  const name = new Map<string, string>()
  for (const pair of pairs) {
    const [, key, value] = /^([A-Za-z][\w.-]*|\d+(?:\.\d+)*) ?= ?(.*)$/s.exec(pair) ?? []
    if (key === undefined || value === undefined || name.has(key.toUpperCase())) return undefined
    name.set(key.toUpperCase(), value)
  }
  return name.size > 0 ? name : undefined
}

/** True where the name has every attribute of the wanted one. */
export function includesName(name: SubjectName, wanted: SubjectName): boolean {
  return wanted.entries().every(([key, value]) => name.get(key) === value)
}
