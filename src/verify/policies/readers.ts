/** The admission policies that are read as they stand, in alphabetical order. */
import type { Field } from '../../formats/field.ts'
import { isClusterImagePolicy, readClusterImagePolicy } from './cluster-image-policy.ts'
import { isImageValidatingPolicy, readImageValidatingPolicy } from './kyverno-image-validating-policy.ts'
import { isKyvernoPolicy, readKyvernoVerifyImages } from './kyverno-verify-images.ts'
import type { AdmissionPolicy } from './requirement.ts'

interface Reader {
  readonly name: string
  reads(document: Field): boolean
  /** Throws UsageError, with the line, for what is wrong in the document. */
  read(document: Field): readonly AdmissionPolicy[]
}

export const admissionReaders: readonly Reader[] = [
  { name: 'ClusterImagePolicy', reads: isClusterImagePolicy, read: (document) => [readClusterImagePolicy(document)] },
  { name: 'ImageValidatingPolicy', reads: isImageValidatingPolicy, read: (document) => [readImageValidatingPolicy(document)] },
  { name: 'Kyverno verifyImages', reads: isKyvernoPolicy, read: readKyvernoVerifyImages },
]

/** None for a document of any other kind. */
export function readAdmissionPolicies(document: Field): readonly AdmissionPolicy[] {
  return admissionReaders.find((reader) => reader.reads(document))?.read(document) ?? []
}
