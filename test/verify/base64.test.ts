import { expect, test } from 'vitest'
import { decodeBase64 } from '../../src/verify/base64.ts'

test('base64 of the standard alphabet is read', () => {
  expect(decodeBase64('+/8=')).toEqual(Buffer.from([0xfb, 0xff]))
  expect(decodeBase64('')).toEqual(Buffer.alloc(0))
})

test.each(['-_8=', '+/8', '+/8=\n', '+/9=', '+/8==', '+', 'é/8='])(
  '%j is not base64: another alphabet, padding, space, or bits beyond the end',
  (text) => {
    expect(decodeBase64(text)).toBeUndefined()
  },
)
