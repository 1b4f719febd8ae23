/** Installed packages of R: their `DESCRIPTION`. https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file */
import { paragraphs } from '../../formats/paragraphs.ts'
import type { PackageFormat } from './format.ts'

export const cran: PackageFormat = {
  name: 'cran',
  endings: ['description'],
  reads: (path) => /(?:^|\/)(?:site-)?library\/[^/]+\/DESCRIPTION$/.test(path),
  async *read(file) {
    for await (const { fields, line, faults } of paragraphs(file.body)) {
      for (const fault of faults) yield { kind: 'gap', ...fault }
      const field = new Map(fields)
      const [name, version, license] = ['Package', 'Version', 'License'].map((key) => field.get(key))
      // Parts of R itself, which have its version and are on no mirror.
      if (field.get('Priority') === 'base') return
      if (name && version) yield { kind: 'package', type: 'cran', name, version, ...(license ? { licenses: [license] } : {}) }
      else yield { kind: 'gap', line, message: 'description without a package name or a version' }
      // One paragraph is the whole description.
      return
    }
  },
}
