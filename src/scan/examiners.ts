/** Every examiner, in alphabetical order. */
import type { Examiner } from './examiner.ts'
import { accountsExaminer } from './image-config/accounts-examiner.ts'

export const examiners: readonly Examiner[] = [accountsExaminer]
