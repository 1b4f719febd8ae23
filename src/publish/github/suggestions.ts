/** A suggestion is offered after it was applied in memory, judged again, and cleared its finding: what one click applies has to help. */
import type { Finding, Suggestion } from '../../findings.ts'
import { baseUpdateRule } from '../../gate/base-update-rule.ts'
import { judgeManifests } from '../../manifests/judge.ts'
import { readRepository } from '../../repo/read.ts'
import type { Tree } from '../../repo/tree.ts'

/** `lines`: the judged text of a file. Never throws: what cannot be judged is not offered. */
export async function clears(finding: Finding, lines: (file: string) => readonly string[]): Promise<boolean> {
  const [location] = finding.locations
  const { suggestion } = finding
  if (!location || !suggestion) return false
  const before = lines(location.file)
  if (before.length < suggestion.endLine) return false
  const [old, now] = await Promise.all([problemsIn(location.file, before), problemsIn(location.file, applied(before, suggestion))])
  // What the newer base clears was judged in the images; here the line has to name another base, and no line less.
  if (finding.rule === baseUpdateRule.id)
    return now.gaps <= old.gaps && now.bases.length === old.bases.length && now.bases.some((base, index) => base !== old.bases[index])
  const isSame = ({ rule, subject }: { readonly rule: string; readonly subject: string }): boolean =>
    rule === finding.rule && subject === finding.subject
  // A file that no longer parses has no problem any more, and a gap instead.
  return now.gaps <= old.gaps && now.problems.filter(isSame).length < old.problems.filter(isSame).length
}

function applied(lines: readonly string[], { startLine, endLine, replacement }: Suggestion): readonly string[] {
  return [...lines.slice(0, startLine - 1), ...replacement.split('\n'), ...lines.slice(endLine)]
}

/** By the rules that need no more than the file. */
async function problemsIn(file: string, lines: readonly string[]) {
  const repository = await readRepository(treeOf(file, Buffer.from(lines.join('\n'))))
  const bases = repository.imageUses.filter(({ role }) => role === 'base').map(({ reference }) => reference)
  return { gaps: repository.gaps.length, problems: judgeManifests(repository, {}), bases }
}

function treeOf(path: string, bytes: Uint8Array): Tree {
  return {
    name: path,
    files: async () => [{ path, sizeBytes: bytes.byteLength }],
    read: async (asked) => (asked === path ? bytes : undefined),
  }
}
