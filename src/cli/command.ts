import type { Command } from 'commander'

/** Makes the command; it calls `setStatus` with the exit status when it has run. */
export type MakeCommand = (setStatus: (status: number) => void) => Command
