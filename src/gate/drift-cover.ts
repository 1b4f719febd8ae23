/** Words of a command line as they may be shown: what is, or may be, a secret is covered. It is looked for elsewhere; here it must not be printed. */

const cover = '…'
/** Of an option or a variable, as people name them. */
const secretName =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|auth(?:orization)?|bearer)/iu
const assigned = new RegExp(`([\\w.-]*${secretName.source}[\\w.-]*["']?\\s*(?:[=:]|\\s)\\s*)("[^"]*"|'[^']*'|[^\\s"']+)`, 'giu')
/** `//user:password@host` */
const inAddress = /(\/\/[^/\s:@]*:)[^/\s@]+(?=@)/gu
/** Long words of letters and digits mixed: tokens look so, paths and names do not. */
const random = /(?<![\w/.-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[A-Za-z0-9_+=-]{24,}(?![\w/.-])/gu
const longestWord = 4000

export function coverSecrets(words: readonly string[]): readonly string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? ''
    if (isSecretOption(before) && !word.startsWith('-')) return cover
    return word.slice(0, longestWord).replace(assigned, `$1${cover}`).replace(inAddress, `$1${cover}`).replace(random, cover)
  })
}

/** `--password`, whose value is the next word. */
function isSecretOption(word: string): boolean {
  return /^--?[\w.-]+$/u.test(word) && secretName.test(word)
}
