/** Files by name: what a layout is read from, be it a directory or an archive. */

export interface ContentFiles {
  /** Where they are, for messages. */
  readonly place: string
  /** Size in bytes; undefined where there is no such file. Names have `/` and no `..`. */
  size(name: string): Promise<number | undefined>
  /** From `start`, at most `length` bytes. Throws RegistryError `not-found`. */
  read(name: string, signal: AbortSignal, range?: { readonly start: number; readonly length: number }): AsyncIterable<Uint8Array>
  close?(): Promise<void>
}
