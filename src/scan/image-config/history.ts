/** The instructions of an image's history, as the builders write them: BuildKit, the old Docker builder, Buildah, Kaniko. */
import type { Image } from '../../oci/image.ts'

export interface HistoryStep {
  /** `RUN`, `ADD`, `ENV`, …; `RUN` where only a command is written. */
  readonly name: string
  /** What follows it; of `RUN` the command, without the shell that runs it. */
  readonly text: string
  /** Digest of the layer that it made. */
  readonly layer?: string
  /** As it is written, cut. */
  readonly written: string
}

/** More of one instruction is not looked at. */
const maxInstruction = 64 * 1024
export const longestWritten = 500

export function historyOf({ config, layers }: Pick<Image, 'config' | 'layers'>): readonly HistoryStep[] {
  // A history that does not fit its layers explains none of them.
  const fits = config.history.filter(({ emptyLayer }) => !emptyLayer).length === layers.length
  let index = 0
  return config.history.flatMap(({ createdBy, emptyLayer }) => {
    const layer = emptyLayer || !fits ? undefined : layers[index]?.descriptor.digest
    if (!emptyLayer) index += 1
    if (createdBy === undefined) return []
    return [
      {
        ...stepOf(createdBy.slice(0, maxInstruction)),
        ...(layer === undefined ? {} : { layer }),
        written: createdBy.slice(0, longestWritten),
      },
    ]
  })
}

function stepOf(createdBy: string): Pick<HistoryStep, 'name' | 'text'> {
  const bare = createdBy.trim().replace(/\s*# buildkit$/, '')
  // The old builder's mark of what runs nothing.
  const marker = bare.indexOf('#(nop)')
  const written = marker >= 0 && marker < 40 ? bare.slice(marker + '#(nop)'.length).trim() : bare
  const [, name, rest = ''] =
    /^(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\s+([\s\S]*)$/.exec(written) ?? []
  if (name !== undefined && name !== 'RUN') return { name, text: rest }
  return { name: 'RUN', text: withoutShell(name === undefined ? written : rest) }
}

/** `|1 VERSION=2 /bin/sh -c make` and `/bin/sh -o pipefail -c make` are `make`. */
function withoutShell(text: string): string {
  const start = text.slice(0, 8192)
  const shell = /^(?:\|\d+\s[\s\S]*?)?\/(?:usr\/)?bin\/(?:ba|da|a|z)?sh(?:\s+-[\w-]+|\s+pipefail)*?\s+-\w*c\s+/.exec(start)
  return shell ? text.slice(shell[0].length) : text
}
