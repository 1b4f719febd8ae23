/** A pull request that changes how it would be judged: shown, with what it would have changed, and without effect until it is merged. */
import type { Report } from '../../findings.ts'
import type { GateResult } from '../../gate/run.ts'
import type { Tree } from '../../repo/tree.ts'
import { escapeMarkdown, markdownCode } from '../../report/escape.ts'
import type { PullFile } from './diff.ts'

const mostNamed = 10

/** Paths relative to the judged tree, in the order of the change. `trusted`: what is always read from the base. */
export function changedPolicyFiles(
  files: readonly PullFile[],
  report: Report,
  prefix: string,
  trusted: readonly string[],
): readonly string[] {
  const deciding = new Set([...trusted, ...report.policy.files])
  const named = files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath]))
  return [...new Set(named)]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
    .filter((path) => deciding.has(path))
}

/** The base with the policy files of the head: for this one question, and for no verdict. */
export function withHeadPolicy(base: Tree, head: Tree, changed: readonly string[]): Tree {
  return {
    ...base,
    name: `${base.name} with the policy of the change`,
    read: (path, limit) => (changed.includes(path) ? head : base).read(path, limit),
  }
}

/** One paragraph of Markdown. `judgeAgain` is the whole gate with the head's policy. */
export async function policyRemark(changed: readonly string[], report: Report, judgeAgain: () => Promise<GateResult>): Promise<string> {
  const names = changed.slice(0, mostNamed).map((path) => markdownCode(path))
  const more = changed.length > mostNamed ? ` and ${changed.length - mostNamed} more` : ''
  const start = `**This change edits ${names.join(', ')}${more}**, which decides how changes are judged. It has no effect here until it is merged.`
  return `${start} ${await effectOf(report, judgeAgain)}`
}

async function effectOf(report: Report, judgeAgain: () => Promise<GateResult>): Promise<string> {
  try {
    const { report: other } = await judgeAgain()
    const [now, then] = [countsOf(report), countsOf(other)]
    if (other.verdict === report.verdict && now === then) return `With it, the verdict would be the same: ${report.verdict}, ${now}.`
    return `With it, the verdict would be **${other.verdict}** (${then}) instead of **${report.verdict}** (${now}).`
  } catch (error) {
    return `It cannot be read: ${escapeMarkdown((error instanceof Error ? error.message : String(error)).slice(0, 500))}`
  }
}

function countsOf({ summary: { blocking, waived, gaps } }: Report): string {
  return `${blocking} blocking, ${waived} waived, ${gaps} not verified`
}
