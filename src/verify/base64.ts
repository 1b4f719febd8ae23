/** Base64 as RFC 4648 section 4 has it, strictly: `Buffer.from` takes any alphabet and stops in silence where it reads no further. */

const standard = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Undefined for another alphabet, missing padding, spaces, or bits that are set where the padding says there are none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (!standard.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
