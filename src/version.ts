/** The version of this build; a test holds it against package.json. */
export const version = '0.1.0'

declare const portcullisCode: string | undefined
/** A digest of the packaged code, which its build puts here; undefined where the sources run. */
export const codeDigest = typeof portcullisCode === 'undefined' ? undefined : portcullisCode
