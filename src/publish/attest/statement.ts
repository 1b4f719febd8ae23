/** The verdict of a run as in-toto statements, one for each image. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
import type { Report, Verdict } from '../../findings.ts'
import { verdictOf } from '../../gate/verdict.ts'
import { isDigest } from '../../oci/reference.ts'

/** `docs/verdict-attestation.md` and `docs/verdict-v1.schema.json` say what it holds. */
export const verdictPredicateType = 'https://portcullis.dev/verdict/v1'

export interface VerdictPredicate {
  readonly verifier: { readonly id: string; readonly version: string }
  /** RFC 3339. */
  readonly judgedAt: string
  /** Of the whole run: what deploys the image is part of it. */
  readonly verdict: Verdict
  /** Of what the run found in, and could not read of, this image alone. */
  readonly imageVerdict: Verdict
  readonly policy: Report['policy']
  /** Of the report's bytes as they were read. */
  readonly reportDigest: { readonly sha256: string }
  readonly report: unknown
}

export interface VerdictStatement {
  readonly _type: 'https://in-toto.io/Statement/v1'
  readonly subject: readonly [{ readonly name: string; readonly digest: Readonly<Record<string, string>> }]
  readonly predicateType: typeof verdictPredicateType
  readonly predicate: VerdictPredicate
}

export interface JudgedImage {
  /** As it was written. */
  readonly reference: string
  readonly digest: string
}

export interface VerdictFacts {
  readonly report: Report
  /** What `report` was read from: members that are not known here are told as well. */
  readonly whole: unknown
  readonly reportSha256: string
  readonly version: string
  readonly now: Date
}

/** Each once, in the order of the report; those that no digest was found for have none that could be attested. */
export function judgedImages({ subjects }: Report): readonly JudgedImage[] {
  const images = new Map<string, JudgedImage>()
  for (const { reference, digest } of subjects)
    if (digest !== undefined && isDigest(digest)) images.set(`${reference} ${digest}`, { reference, digest })
  return [...images.values()]
}

export function verdictStatement({ reference, digest }: JudgedImage, facts: VerdictFacts): VerdictStatement {
  const { report, whole, reportSha256, version, now } = facts
  const [algorithm = 'sha256', hex = ''] = digest.split(':')
  const [name = reference] = reference.split('@')
  const subject = reference.includes('@') ? reference : `${reference}@${digest}`
  const isOwn = (each: { readonly subject?: string }): boolean => each.subject === subject || each.subject === reference
  const { findings, gaps, responses = [] } = report
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name, digest: { [algorithm]: hex } }],
    predicateType: verdictPredicateType,
    predicate: {
      verifier: { id: 'https://portcullis.dev', version },
      judgedAt: now.toISOString(),
      verdict: report.verdict,
      imageVerdict: verdictOf(findings.filter(isOwn), gaps.filter(isOwn), responses.filter(isOwn)),
      policy: report.policy,
      reportDigest: { sha256: reportSha256 },
      report: whole,
    },
  }
}

/** What a public image may say of itself: nothing of other images, manifests and files. */
export function narrowed(whole: unknown, { reference, digest }: JudgedImage): unknown {
  const subject = reference.includes('@') ? reference : `${reference}@${digest}`
  const { schema, verdict, policy, subjects, findings, gaps } = whole as Report
  const withoutPlaces = <Each extends object>(each: Each): Omit<Each, 'locations' | 'suggestion'> => {
    const { locations: _, suggestion: __, ...rest } = each as Each & { locations?: unknown; suggestion?: unknown }
    return rest as Omit<Each, 'locations' | 'suggestion'>
  }
  return {
    schema,
    verdict,
    subjects: subjects.filter((each) => each.reference === reference && each.digest === digest).map(withoutPlaces),
    findings: findings.filter((each) => each.subject === subject).map(withoutPlaces),
    gaps: gaps.filter((each) => each.subject === subject).map(withoutPlaces),
    policy,
  }
}
