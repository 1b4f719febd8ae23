/** Every examiner, in alphabetical order. */
import type { Examiner } from './examiner.ts'

export const examiners: readonly Examiner[] = []
