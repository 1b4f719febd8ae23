/** Parts of Compose services that rules look at, however they are written. https://docs.docker.com/reference/compose-file/services/ */
import type { Field } from '../formats/field.ts'
import type { ComposeService } from '../repo/repository.ts'

export interface BindMount {
  readonly field: Field
  /** On the host; relative ones are as they are written. */
  readonly source: string
  readonly isReadOnly: boolean
}

/** Volumes that are folders or files of the host; those that have a name are none. */
export function bindMountsOf({ root }: ComposeService): readonly BindMount[] {
  return root
    .at('volumes')
    .items()
    .flatMap((field): BindMount[] => {
      if (field.kind === 'map') {
        if (field.at('type').value !== 'bind') return []
        return [
          { field: field.at('source'), source: String(field.at('source').value ?? ''), isReadOnly: field.at('read_only').value === true },
        ]
      }
      const [source = '', , mode = ''] = String(field.value ?? '').split(':')
      const isPath = /^(?:[./~]|\$\{?(?:HOME|PWD)\b)/u.test(source) && String(field.value).includes(':')
      return isPath ? [{ field, source, isReadOnly: mode.split(',').includes('ro') }] : []
    })
}

export interface Variable {
  readonly name: string
  readonly field: Field
  readonly value: string
}

/** `NAME: value`, or `NAME=value` in a list. */
export function variablesOf({ root }: ComposeService): readonly Variable[] {
  const environment = root.at('environment')
  const named = environment.entries().map(([name, field]) => ({ name, field, value: String(field.value ?? '') }))
  const listed = environment.items().map((field) => {
    const text = String(field.value ?? '')
    const end = text.indexOf('=')
    return { name: end < 0 ? text : text.slice(0, end), field, value: end < 0 ? '' : text.slice(end + 1) }
  })
  return [...named, ...listed]
}
