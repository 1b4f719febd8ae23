/** SBOM documents that an image carries: Bitnami's (`.spdx-NAME.spdx`), and files that are named as SPDX or CycloneDX in JSON. */
import { readText } from '../../formats/text.ts'
import { parseSbom } from '../sbom/parse.ts'
import type { PackageFormat } from './format.ts'

export const sbom: PackageFormat = {
  name: 'sbom',
  endings: ['.spdx', '.json'],
  reads: (path) => /(?:^|\/)\.spdx-[^/]+\.spdx$|[^/]\.(?:spdx|cdx|cyclonedx)\.json$/.test(path),
  async *read(file) {
    // Its gaps are left out: the document is a help, and the image's own files are the evidence.
    for (const { path: _path, layer: _layer, ...one } of parseSbom(JSON.parse(await readText(file.body, limitBytes))).packages) {
      if (!sourceTypes.has(one.type)) yield one
    }
  },
}

const limitBytes = 64 * 1024 * 1024

/** They name where something was built from, not something that is installed. */
const sourceTypes: ReadonlySet<string> = new Set(['bitbucket', 'generic', 'github', 'gitlab'])
