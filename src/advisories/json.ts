/** JSON in bytes. */

/** Undefined, which is no JSON value, for what is no JSON in UTF-8: the caller says what it was. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
