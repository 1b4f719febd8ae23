/** The contract's exit statuses: one a verdict, and one for a call that is wrong. */
export const exitStatus = { pass: 0, block: 1, usage: 2, incomplete: 3 } as const
