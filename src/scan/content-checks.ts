/** Every check of an image's contents and configuration, in alphabetical order. */
import type { ContentCheck } from './content-check.ts'
import { imageConfigCheck } from './image-config/check.ts'
import { packageIntegrity } from './integrity/check.ts'
import { malwareHeuristics } from './malware/check.ts'
import { secretsCheck } from './secrets/check.ts'
import { wastedBytes } from './wasted-bytes.ts'

export const contentChecks: readonly ContentCheck[] = [imageConfigCheck, packageIntegrity, malwareHeuristics, secretsCheck, wastedBytes]
