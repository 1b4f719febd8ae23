/** Every examiner, in alphabetical order. */
import type { Examiner } from './examiner.ts'
import { executables } from './executables.ts'
import { accountsExaminer } from './image-config/accounts-examiner.ts'
import { capabilitiesExaminer } from './image-config/file-capabilities.ts'
import { malwareExaminer } from './malware/examiner.ts'
import { secretExaminer } from './secrets/examiner.ts'

export const examiners: readonly Examiner[] = [accountsExaminer, capabilitiesExaminer, executables, malwareExaminer, secretExaminer]
