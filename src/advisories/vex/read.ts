/** VEX documents of every form that is read: OpenVEX and CycloneDX. */
import { quote } from '../../findings.ts'
import { AdvisoryError } from '../errors.ts'
import { isCycloneDx, readCycloneDxVex } from './cyclonedx.ts'
import { isOpenVex, readOpenVex } from './openvex.ts'
import type { VexDocument } from './statement.ts'

/** `value` is JSON that nobody has looked at. Throws AdvisoryError `unreadable-record` for what is no VEX document. */
export function readVex(value: unknown, name: string): VexDocument {
  if (isOpenVex(value)) return readOpenVex(value, name)
  if (isCycloneDx(value)) return readCycloneDxVex(value, name)
  throw new AdvisoryError('unreadable-record', `${quote(name)} is no VEX document: expected OpenVEX or CycloneDX with vulnerabilities`)
}
