/** Java archives, and those within them: fat jars, web and enterprise applications. https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html */
import { quote } from '../../findings.ts'
import { readBytes } from '../../formats/text.ts'
import { readZip, type ZipBudget } from '../../formats/zip.ts'
import { identifyArchive } from '../java/identify.ts'
import type { Found, PackageFormat } from './format.ts'

export const java: PackageFormat = {
  name: 'java',
  endings: ['.jar', '.war', '.ear', '.par', '.sar', '.nar', '.jpi', '.hpi'],
  reads: (path) => archive.test(path),
  async *read(file) {
    const budget = { entries: entryLimit, unpackedBytes: unpackedLimitBytes }
    yield* readArchive(await readBytes(file.body, limitBytes), file.path.slice(file.path.lastIndexOf('/') + 1), '', 0, budget)
  },
}

const archive = /\.(?:jar|war|ear|par|sar|nar|jpi|hpi)$/i

/** A zip is read from its end: the archive is held while it is looked at. */
const limitBytes = 256 * 1024 * 1024
/** Of one file with all that lies within it. */
const entryLimit = 1_000_000
const unpackedLimitBytes = 1024 * 1024 * 1024
/** An application holds a web application, that holds libraries, that hold one more. */
const depthLimit = 5
const textLimitBytes = 1024 * 1024

async function* readArchive(bytes: Buffer, fileName: string, within: string, depth: number, budget: ZipBudget): AsyncGenerator<Found> {
  const pomProperties: string[] = []
  let manifest: string | undefined
  let hasArchives = false
  const wanted = (name: string, sizeBytes: number) => archive.test(name) || (isDescription(name) && sizeBytes <= textLimitBytes)
  for await (const result of readZip(bytes, wanted, budget)) {
    if ('fault' in result) {
      yield { kind: 'gap', message: within === '' ? result.fault : `${quote(within)}: ${result.fault}` }
      continue
    }
    const { name, bytes: content } = result.member
    if (name === 'META-INF/MANIFEST.MF') manifest = content.toString('utf8')
    else if (!archive.test(name)) pomProperties.push(content.toString('utf8'))
    else {
      hasArchives = true
      yield* readNested(content, name, within === '' ? name : `${within}!/${name}`, depth + 1, budget)
    }
  }
  for (const one of identifyArchive({ fileName, pomProperties, manifest, hasArchives })) yield within === '' ? one : { ...one, within }
}

async function* readNested(bytes: Buffer, name: string, within: string, depth: number, budget: ZipBudget): AsyncGenerator<Found> {
  if (depth > depthLimit) {
    yield { kind: 'gap', message: `${quote(within)} lies more than ${depthLimit} archives deep, and is not read` }
    return
  }
  try {
    yield* readArchive(bytes, name.slice(name.lastIndexOf('/') + 1), within, depth, budget)
  } catch (error) {
    // A spent budget ends the whole file.
    if (error instanceof RangeError) throw error
    yield { kind: 'gap', message: `${quote(within)}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function isDescription(name: string): boolean {
  return name === 'META-INF/MANIFEST.MF' || /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(name)
}
