/** The judged tree's place in the repository: findings name files of the tree, GitHub those of the repository. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { quote, type Report, UsageError } from '../../findings.ts'
import type { GateResult } from '../../gate/run.ts'

/** `''`, or `deploy/` where the judged tree is a folder of the repository. Throws UsageError for a path outside of the workspace. */
export function prefixOf(path: string, workspace: string): string {
  const named = resolve(workspace, path)
  // Of one file, the tree is its folder.
  const place = statSync(named, { throwIfNoEntry: false })?.isFile() ? dirname(named) : named
  const inside = relative(workspace, place)
  if (inside === '..' || inside.startsWith(`..${sep}`)) throw new UsageError(`input path: ${quote(path)} is outside of the workspace`)
  const root = checkoutOf(place, workspace)
  const prefix = relative(root, place).split(sep).join('/')
  return prefix === '' ? '' : `${prefix}/`
}

/** The checkout may be in a folder of the workspace. */
export function checkoutOf(place: string, workspace: string): string {
  for (let folder = place; folder.length >= workspace.length; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) break
  }
  return workspace
}

/** The same result with the paths of the repository. */
export function relocate({ report, lines }: GateResult, prefix: string): GateResult {
  if (prefix === '') return { report, lines }
  const moved = <Item extends { readonly locations: Report['gaps'][number]['locations'] }>(item: Item): Item => ({
    ...item,
    locations: item.locations.map((location) => ({ ...location, file: prefix + location.file })),
  })
  return {
    lines: (file) => (file.startsWith(prefix) ? lines(file.slice(prefix.length)) : []),
    report: {
      ...report,
      subjects: report.subjects.map(moved),
      findings: report.findings.map(moved),
      gaps: report.gaps.map(moved),
    },
  }
}
