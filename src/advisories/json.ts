/** JSON in bytes. */

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Undefined, which is no JSON value, for what is no JSON in UTF-8: the caller says what it was. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch {
    return undefined
  }
}
