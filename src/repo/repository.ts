/** What a tree would put into a cluster: the values that the checks judge. */

import type { Gap, Location } from '../findings.ts'
import type { DockerfileSource } from '../formats/dockerfile.ts'
import type { Field } from '../formats/field.ts'

/** One Kubernetes object (items of a `List` are objects of their own). */
export interface KubernetesObject {
  readonly file: string
  readonly apiVersion: string
  readonly kind: string
  /** `default` where a namespaced object says none; empty for kinds that have no namespace. */
  readonly namespace: string
  /** `metadata.name`, or `metadata.generateName` with `*`; empty where there is neither. */
  readonly name: string
  /** `Deployment/default/shop`, or `ClusterRole/admin` for kinds that have no namespace. */
  readonly subject: string
  readonly root: Field
  /** For kinds that Kubernetes does not know: the paths of their pod templates, as the reader was told them. */
  readonly podTemplates?: readonly (readonly string[])[]
  /** Equal for the same document of a file of the same name and bytes; absent where that is not known. */
  readonly origin?: Origin
}

export interface Origin {
  /** Of the file's name and bytes. */
  readonly digest: string
  /** Its place among the objects of the file, from 0. */
  readonly index: number
}

export interface Dockerfile {
  readonly file: string
  readonly source: DockerfileSource
}

/** A reference and where it is written. */
export interface ImageUse {
  /** As it is written, arguments expanded. */
  readonly reference: string
  readonly location: Location
  /** The object or file that uses it, as a finding's subject names it. */
  readonly user: string
  /** How it is used: a container that would run, or a base image that it would be built from. */
  readonly role: 'container' | 'base'
  /** Absent where the text on the line is not the reference itself (an argument's value, a rendered chart): no suggestion is possible there. */
  readonly literal?: { readonly startColumn: number; readonly endColumn: number }
}

/** A GitHub workflow, or an action. */
export interface Workflow {
  readonly file: string
  readonly root: Field
}

/** A service of a Compose file. */
export interface ComposeService {
  readonly file: string
  readonly name: string
  readonly root: Field
}

export interface Repository {
  readonly objects: readonly KubernetesObject[]
  readonly dockerfiles: readonly Dockerfile[]
  readonly imageUses: readonly ImageUse[]
  readonly workflows?: readonly Workflow[]
  readonly composeServices?: readonly ComposeService[]
  readonly gaps: readonly Gap[]
  readonly coverage: FileCoverage
  /** The text lines of a judged file, for renderers and suggestions; empty where the file was not judged. */
  lines(file: string): readonly string[]
  /** Whether the tree holds the file, judged or not; absent where that is not known. */
  hasFile?(path: string): boolean
}

export interface FileCoverage {
  readonly judged: number
  readonly skipped: number
  /** Each skipped file with the reason why. */
  readonly skippedFiles: readonly { readonly file: string; readonly reason: string }[]
}
