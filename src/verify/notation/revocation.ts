/** Whether a certificate of a chain was taken back. */
import type { Chain } from './chain.ts'

export type RevocationAnswer = { readonly status: 'good' } | { readonly status: 'revoked' | 'unknown'; readonly message: string }

/** Asks for every certificate but the root, whom only the trust store can take back. Never rejects but for the signal. */
export type RevocationCheck = (chain: Chain, now: Date, signal: AbortSignal) => Promise<RevocationAnswer>
