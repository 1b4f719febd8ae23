/** Where objects and Dockerfiles name images. */

import { type Instruction, imagesBeside, type Stage, stageNames } from '../formats/dockerfile.ts'
import { imageUse } from './image-use.ts'
import { podsOf } from './pod.ts'
import type { Dockerfile, ImageUse, KubernetesObject } from './repository.ts'
import { tektonImageUses } from './tekton.ts'

/** The images of an object's pods (containers of all three kinds, and image volumes), and of Tekton's steps. */
export function* objectImageUses(object: KubernetesObject): Generator<ImageUse> {
  yield* tektonImageUses(object)
  for (const pod of podsOf(object)) {
    for (const container of pod.containers) yield* imageUse(container.at('image'), object.subject)
    for (const volume of pod.at('volumes').items()) yield* imageUse(volume.at('image', 'reference'), object.subject)
  }
}

/** The images that a build begins with or takes files from. `lines` are the file's. */
export function* dockerfileImageUses({ file, source }: Dockerfile, lines: readonly string[]): Generator<ImageUse> {
  const names = stageNames(source.stages)
  for (const stage of source.stages) {
    if (stage.base !== undefined && stage.base !== 'scratch' && stage.baseStage === undefined) yield baseUse(file, stage, stage.base)
    for (const instruction of stage.instructions) {
      for (const reference of imagesBeside(instruction, names)) {
        // A builder refuses arguments here, so that the text is the reference.
        yield { reference, user: file, role: 'base', ...placeOf(file, instruction, reference, lines) }
      }
    }
  }
}

function baseUse(file: string, { from, baseColumns }: Stage, reference: string): ImageUse {
  const common = { reference, user: file, role: 'base' as const }
  if (!baseColumns) return { ...common, location: { file, startLine: from.startLine, endLine: from.endLine } }
  const { line, startColumn, endColumn } = baseColumns
  return { ...common, location: { file, startLine: line, endLine: line, startColumn, endColumn }, literal: { startColumn, endColumn } }
}

function placeOf(
  file: string,
  { startLine, endLine }: Instruction,
  reference: string,
  lines: readonly string[],
): Pick<ImageUse, 'location' | 'literal'> {
  for (let line = startLine; line <= endLine; line++) {
    const at = lines[line - 1]?.indexOf(`from=${reference}`) ?? -1
    if (at < 0) continue
    const startColumn = at + 'from='.length + 1
    const endColumn = startColumn + reference.length
    return { location: { file, startLine: line, endLine: line, startColumn, endColumn }, literal: { startColumn, endColumn } }
  }
  return { location: { file, startLine, endLine } }
}
