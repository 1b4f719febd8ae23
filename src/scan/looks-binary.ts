/** Tells programs, archives and pictures from text by the beginning of a file, as `grep` and `git` do. */

/** As far as git looks: `buffer_is_binary` of xdiff-interface.c. */
const lookBytes = 8000

/** `piece` is the file's first. A byte of zero is in every executable, archive and image format, and in no text but UTF-16. */
export function looksBinary(piece: Uint8Array): boolean {
  const head = piece.length > lookBytes ? piece.subarray(0, lookBytes) : piece
  return head.includes(0) && !isUtf16(head)
}

/** By its mark. https://www.rfc-editor.org/rfc/rfc2781 */
function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}
