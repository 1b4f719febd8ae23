/** Findings that a reader takes as one: all vulnerabilities of one package in one image. */
import type { Finding } from '../findings.ts'
import { compareFindings } from './order.ts'
import type { RenderContext } from './renderer.ts'
import { severityCounts } from './words.ts'

export interface Group {
  /** At least one, in the order of `compareFindings`. */
  readonly findings: readonly [Finding, ...Finding[]]
  /** Where it is a package's group: also when it has one finding only. */
  readonly package?: GroupPackage
}

export interface GroupPackage {
  readonly name: string
  readonly version: string
  /** The versions to go to, one where it is known which is the newest; none where a finding has no fix. */
  readonly fixed: readonly string[]
  /** How many of the findings have no fix. */
  readonly unfixed: number
}

/** In the order of `compareFindings` of each group's first finding. States are not mixed: what is new is told apart from what was there. */
export function groupFindings(findings: readonly Finding[], context: RenderContext): readonly Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>()
  for (const finding of findings.toSorted(compareFindings)) {
    const key = keyOf(finding)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [finding])
    else group.push(finding)
  }
  return [...groups.values()].map((group) => {
    const affected = group[0].check === 'vulnerability' ? group[0].package : undefined
    if (affected === undefined) return { findings: group }
    return { findings: group, package: { name: affected.name, version: affected.version, ...fixesOf(group, affected.purl, context) } }
  })
}

function keyOf(finding: Finding): string {
  if (finding.check !== 'vulnerability' || finding.package === undefined)
    return JSON.stringify([finding.fingerprint, finding.rule, finding.subject])
  return JSON.stringify([
    finding.subject,
    finding.package.name,
    finding.package.version,
    finding.package.purl,
    finding.state,
    finding.newlyDisclosed === true,
  ])
}

function fixesOf(group: readonly Finding[], purl: string, context: RenderContext): { fixed: readonly string[]; unfixed: number } {
  const fixes = group.map((finding) => finding.package?.fixed).filter((fixed) => fixed !== undefined)
  const distinct = [...new Set(fixes)]
  const newest = distinct.length > 1 ? context.newest?.(purl, distinct) : undefined
  return { fixed: newest === undefined ? distinct : [newest], unfixed: group.length - fixes.length }
}

/** `openssl 1.1.1d-r0 → 1.1.1g-r0: 3 critical, 2 high`. Text from outside is in it: escape it. */
export function groupTitle(group: Group): string {
  const [first] = group.findings
  if (group.package === undefined) return first.message === '' ? first.title : first.message
  return `${versionStep(group.package)}: ${group.findings.length === 1 ? first.rule : severityCounts(group.findings)}`
}

/** `openssl 1.1.1d-r0 → 1.1.1g-r0`; more than one version where their order is not known; `no fix` where there is none. */
export function versionStep({ name, version, fixed }: GroupPackage): string {
  if (fixed.length === 0) return `${name} ${version}, no fix`
  const more = fixed.length > 3 ? `, … (${fixed.length})` : ''
  return `${name} ${version} → ${fixed.slice(0, 3).join(', ')}${more}`
}
