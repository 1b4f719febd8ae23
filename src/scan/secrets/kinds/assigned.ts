/** Values that have no mark of their own, and are known by the name that they are given to. */

/**
 * `name` is where the anchor is, the rest of the name follows; then what stands between a name and its value in programs, JSON, YAML, INI files, shells
 * and Dockerfiles. `value` becomes the group `secret`. Both are sources of expressions; `name` in small letters, for any case.
 */
export function assigned(name: string, value: string, follows = '(?![\\w+/=-])'): RegExp {
  return new RegExp(`${inAnyCase(name)}${between}(?<secret>${value})${follows}`, 'dy')
}

const between =
  '[\\w.-]{0,24}["\'`\\])]{0,3}[ \\t]{0,16}(?:=>|:=|[:=,( ])[ \\t]{0,16}(?:[|>]-?\\s{1,16})?["\'`(]{0,2}(?:(?:Bearer|Bot|SSWS|Token) )?'

/** Letter by letter: a modifier (`(?i:…)`) loses alternatives that begin alike, in V8 13.6. */
function inAnyCase(source: string): string {
  return source.replace(/\\.|\[[^\]]*\]|[a-z]/g, (part) => (part.length > 1 ? part : `[${part}${part.toUpperCase()}]`))
}
