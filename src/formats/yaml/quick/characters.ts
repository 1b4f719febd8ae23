/** The signs that the quick reader tells apart, as UTF-16 code units. YAML 1.2.2 section 5.3 */
export const tab = 0x09
export const newline = 0x0a
export const carriageReturn = 0x0d
export const space = 0x20
export const doubleQuote = 0x22
export const hash = 0x23
export const singleQuote = 0x27
export const plus = 0x2b
export const comma = 0x2c
export const dash = 0x2d
export const dot = 0x2e
export const colon = 0x3a
export const openBracket = 0x5b
export const backslash = 0x5c
export const closeBracket = 0x5d
export const openBrace = 0x7b
export const bar = 0x7c
export const closeBrace = 0x7d
export const byteOrderMark = 0xfeff

/** What a plain scalar does not begin with here: indicators, and those that may begin one in some places only. */
export const notPlain: ReadonlySet<number> = new Set([...'?:,[]{}#&*!|>\'"%@`\t\n\r '].map((character) => character.charCodeAt(0)))
