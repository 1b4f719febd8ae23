/** Strings that try to be something else than text, made of a fixed seed: the same on every run. */

const pieces = [
  ...[
    '@team',
    '@acme/security',
    '#1',
    'GH-12',
    'acme/shop#3',
    'acme/shop@0123456789abcdef',
    'a@sha256:',
    '@sha256:',
    'https://evil.example/x',
    'www.evil.example',
    'mail@evil.example',
  ],
  ...[
    '[x](javascript:alert(1))',
    '![x](https://evil.example/p.png)',
    '<img src=x onerror=alert(1)>',
    '<script>',
    '</script>',
    '<!-- portcullis:a -->',
    '-->',
    '<details>',
  ],
  ...[
    '```',
    '`',
    '``',
    '~~~',
    '***',
    '__',
    '~~x~~',
    '$x$',
    '|',
    '\\',
    '\\|',
    '\n',
    '\r\n',
    '\n\n# heading',
    '\n- item',
    '\n> quote',
    '\n---\n',
    '1. one',
    '- [ ] task',
  ],
  ...[
    '::error::x',
    '\n::set-output name=a::b',
    '##[add-mask]x',
    '::',
    ':tada:',
    '\x1b[31m',
    '\x1b]8;;https://evil.example\x07',
    '\x9b2J',
    '\b\b',
    '\0',
    '\u202e',
    '\u2066',
    '\u200b',
  ],
  ...[
    '\ud800',
    '\udc00',
    '👩‍💻',
    '商店',
    'e\u0301',
    '&amp;',
    '&#64;',
    '&',
    '"',
    "'",
    '<',
    '>',
    '%',
    '%0A',
    '{0}',
    '$'.concat('{{ github.token }}'),
    '*/',
    ']]>',
    ' ',
    'a',
    '.',
    '=',
    '[^1]',
    '[x]: y',
  ],
] as const

/** Each piece alone, then `number` random runs of them. */
export function nastyStrings(number: number, seed = 1): readonly string[] {
  const next = random(seed)
  const runs = Array.from({ length: number }, () =>
    Array.from({ length: 1 + (next() % 7) }, () => pieces[next() % pieces.length] ?? '').join(''),
  )
  return [...pieces, ...runs]
}

/** Park and Miller's minimal standard generator. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state
  }
}
