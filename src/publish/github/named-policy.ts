/** A policy that the workflow names by its path is read from the checkout, which has the change in it: then the change must leave it alone. */
import { dirname, relative, resolve, sep } from 'node:path'
import { type Gap, quote } from '../../findings.ts'
import type { PullFile } from './diff.ts'

/** Trust material that a policy may point at wherever it lies. */
const trustMaterial = /\.(?:cer|crt|pem|pub)$/i

/** `names` as the input has them; `root` is the checkout. A gap for each named file that the change edits, or that it edits something beside. */
export function namedPolicyGaps(names: readonly string[], files: readonly PullFile[], root: string): Gap[] {
  const changed = files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath]))
  return names.flatMap((name) => {
    const path = relative(root, resolve(name)).split(sep).join('/')
    // What lies outside of the checkout no change can reach.
    if (path.startsWith('../')) return []
    const folder = dirname(path)
    const touched = changed.find((each) => each === path || (folder !== '.' && each.startsWith(`${folder}/`)) || trustMaterial.test(each))
    if (touched === undefined) return []
    const message = `the policy ${quote(path)} is read from the checkout, and this change edits ${quote(touched)}: a policy at the root of the base, .portcullis.yaml, cannot be edited by a change that it judges`
    return [{ subject: 'policy', message, locations: [] }]
  })
}
