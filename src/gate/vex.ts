/** What VEX documents say of an image's vulnerabilities: those of the policy, and those that a trusted signer attested. */
import { answerByVex } from '../advisories/vex/apply.ts'
import { readVex } from '../advisories/vex/read.ts'
import type { VexDocument, VexStatement } from '../advisories/vex/statement.ts'
import { type Problem, UsageError } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import { predicateKind } from '../verify/attestations/kinds.ts'
import type { AttestationCheck } from '../verify/signature.ts'
import { messageOf } from './errors.ts'

/** Throws UsageError for a file that is no VEX document; a statement of one that cannot be used is a gap. */
export function readVexDocuments(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): VexDocument {
  const documents = files.map(({ name, bytes }) => {
    try {
      return readVex(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), name)
    } catch (error) {
      throw new UsageError(`${name}: ${messageOf(error)}`, { cause: error })
    }
  })
  return { statements: documents.flatMap(({ statements }) => statements), gaps: documents.flatMap(({ gaps }) => gaps) }
}

/** Of verified attestations alone. */
export function vexOfAttestations(attestations: readonly AttestationCheck[]): VexDocument {
  const kin = attestations.filter(({ status, predicateType = '' }) => status === 'verified' && predicateKind(predicateType) === 'vex')
  const documents = kin.map(({ predicate, signer = 'a trusted signer' }): VexDocument => {
    try {
      return readVex(predicate, `VEX attestation of ${signer}`)
    } catch (error) {
      return { statements: [], gaps: [`VEX attestation of ${signer}: ${messageOf(error)}`] }
    }
  })
  return { statements: documents.flatMap(({ statements }) => statements), gaps: documents.flatMap(({ gaps }) => gaps) }
}

/** The same problems in the same order, those that are answered with what was said. */
export function withVex(problems: readonly Problem[], statements: readonly VexStatement[], image: Image): readonly Problem[] {
  if (statements.length === 0) return problems
  const { reference, digest, manifestDigest } = image
  const about = {
    reference: reference.text,
    repository: `${reference.registry}/${reference.repository}`,
    digests: [digest, manifestDigest],
  }
  const answers = new Map(answerByVex(problems, statements, about).map(({ problem, statements: said }) => [problem, said[0]] as const))
  return problems.map((problem) => {
    const said = answers.get(problem)
    if (said?.status !== 'fixed' && said?.status !== 'not_affected') return problem
    const { status, justification, detail } = said
    return {
      ...problem,
      vex: { status, ...(justification === undefined ? {} : { justification }), ...(detail === undefined ? {} : { detail }) },
    }
  })
}
