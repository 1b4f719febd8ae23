/** Which part of a file a line is in: what is near to it there is about the same thing. */

/** The lines of the document or the build stage that a line is in, from 1, inclusive. */
export function partOf(lines: readonly string[], line: number): readonly [number, number] {
  const isDockerfile = lines.some((text) => /^\s*FROM\s/i.test(text)) && !lines.some((text) => /^(?:apiVersion|kind):/.test(text))
  const starts = isDockerfile ? /^\s*FROM\s/i : /^---(?:\s|$)/
  let from = Math.min(line, Math.max(1, lines.length))
  while (from > 1 && !starts.test(lines[from - 1] ?? '')) from--
  let to = line
  while (to < lines.length && !starts.test(lines[to] ?? '')) to++
  return [from, to]
}
