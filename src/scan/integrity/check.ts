/** Files that are not what the package manager installed, as problems. */
import { type ImagePlace, type Problem, quote, type RuleText } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import type { ContentCheck } from '../content-check.ts'
import type { ChangedFile } from './changed-files.ts'

export const programChanged: RuleText = {
  id: 'image/package-file-changed',
  severity: 'high',
  title: 'Program or library is not the one that its package installed',
  why: 'The package manager noted a digest of every file that it installed, and this program or shared library has another one: something replaced or patched it since. A changed libc, sshd or PAM module is how a backdoor stays where the list of packages and versions looks right, and no advisory speaks of code that the distribution did not build.',
  fix: 'Find the instruction that changes the file and leave it out. Put own builds below `/usr/local` or `/opt`, or into a package; if the file came with the base image, take the base from its publisher anew.',
  references: ['https://attack.mitre.org/techniques/T1554/', 'https://manpages.debian.org/bookworm/dpkg/dpkg.1.en.html#V'],
}

export const dataChanged: RuleText = {
  id: 'image/package-data-changed',
  severity: 'low',
  title: 'Files differ from those that their package installed',
  why: 'The files are neither programs nor configuration, and something changed them after their package was installed. Scripts and modules among them (medium) are run by other programs; for all of them, the next upgrade of the package undoes the change.',
  fix: 'Leave the package’s files alone: override them where the program looks for local files, or bring the change as a patch of the package.',
  references: ['https://manpages.debian.org/bookworm/dpkg/dpkg.1.en.html#V', 'https://rpm-software-management.github.io/rpm/man/rpm.8'],
}

/** Programs that have a finding of their own; the others are counted. */
const maxPrograms = 50
/** Files that are named where several have one finding. */
const maxNamed = 3
const longestInstruction = 500

export const packageIntegrity: ContentCheck = {
  name: 'package-integrity',
  rules: [dataChanged, programChanged],
  check({ image, evidence }) {
    const integrity = evidence.files?.integrity?.()
    if (!integrity) return { problems: [], gaps: [] }
    const programs = integrity.changed.filter(({ kind }) => kind === 'program')
    const others = integrity.changed.filter(({ kind }) => kind !== 'program')
    const rest = programs.slice(maxPrograms)
    return {
      problems: [
        ...programs.slice(0, maxPrograms).map((file) => programProblem(file, image)),
        ...(rest.length > 0 ? [groupProblem(rest, programChanged, 'high', image)] : []),
        ...[...Map.groupBy(others, ({ owner, kind }) => `${kind === 'module' ? 'medium' : 'low'} ${owner}`)].map(([key, files]) =>
          groupProblem(files, dataChanged, key.startsWith('medium') ? 'medium' : 'low', image),
        ),
      ],
      gaps: unknownGap(integrity.unknown),
    }
  },
}

function programProblem(file: ChangedFile, image: Image): Problem {
  return {
    rule: programChanged.id,
    check: 'image-config',
    severity: programChanged.severity,
    title: programChanged.title,
    message: `${quote(file.path)} is not the file that package ${quote(file.owner)} installed`,
    content: placeOf(file, image),
    references: programChanged.references,
    anchor: file.path,
  }
}

function groupProblem(files: readonly ChangedFile[], rule: RuleText, severity: Problem['severity'], image: Image): Problem {
  const [first] = files
  const owners = new Set(files.map(({ owner }) => owner))
  const [owner = ''] = owners
  const named = files.slice(0, maxNamed).map(({ path }) => quote(path))
  const more = files.length > named.length ? ` and ${files.length - named.length} more` : ''
  const whose = owners.size === 1 ? `package ${quote(owner)}` : `${owners.size} packages`
  return {
    rule: rule.id,
    check: 'image-config',
    severity,
    title: rule.title,
    message: `${files.length === 1 ? '1 file differs' : `${files.length} files differ`} from what ${whose} installed: ${named.join(', ')}${more}`,
    ...(first && { content: placeOf(first, image) }),
    references: rule.references,
    anchor: `${severity} ${owners.size === 1 ? owner : 'more'}`,
  }
}

function placeOf({ path, layer }: ChangedFile, { layers }: Image): ImagePlace {
  const instruction = layers.find(({ descriptor }) => descriptor.digest === layer)?.createdBy
  return { path, layer, ...(instruction === undefined ? {} : { instruction: instruction.slice(0, longestInstruction) }) }
}

function unknownGap(paths: readonly string[]): string[] {
  const [first] = paths
  if (first === undefined) return []
  const [count, where] = paths.length === 1 ? ['1 program', 'it lies'] : [`${paths.length} programs`, 'they lie']
  return [
    `${count} of packages could not be compared, for ${where} where packages have none, or the layer looks like one of another distribution: ${quote(first)}`,
  ]
}
