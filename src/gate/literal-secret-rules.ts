/** What else says that a value on its line is a secret. */
export const literalSecretRules: ReadonlySet<string> = new Set([
  'compose/literal-secret',
  'dockerfile/secret-argument',
  'object/literal-secret',
  'pod/literal-secret',
])
