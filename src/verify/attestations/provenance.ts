/** SLSA provenance, v0.2 and v1. https://slsa.dev/spec/v1.1/provenance, https://slsa.dev/spec/v0.2/provenance */
import type { FieldValue, PredicateKind } from './kinds.ts'
import { at, listAt, present, textAt } from './path.ts'

const version02 = 'https://slsa.dev/provenance/v0.2'
const version1 = 'https://slsa.dev/provenance/v1'

export const provenance: PredicateKind = {
  name: 'provenance',
  reads: (predicateType) => predicateType === version02 || predicateType === version1,
  fields: new Map([
    ['provenance.build_type', { type: 'string', meaning: 'the URI of the kind of build' }],
    ['provenance.builder', { type: 'string', meaning: 'the URI of who built it, with its version where the builder gives one' }],
    ['provenance.entry_point', { type: 'string', meaning: 'the file that the build was started from, such as a workflow' }],
    ['provenance.invocation', { type: 'string', meaning: 'the URI or the name of the one run that built it' }],
    ['provenance.ref', { type: 'string', meaning: 'the branch or tag of the source, such as refs/heads/main' }],
    ['provenance.revision', { type: 'string', meaning: 'the commit of the source' }],
    ['provenance.source', { type: 'string', meaning: 'the URI of the source repository, without `git+` before it and a ref after it' }],
  ]),
  read: (predicateType, predicate) => (predicateType === version02 ? read02(predicate) : read1(predicate)),
}

function read02(predicate: unknown): ReadonlyMap<string, FieldValue> {
  const config = at(predicate, 'invocation', 'configSource')
  const source = splitSource(textAt(config, 'uri') ?? textAt(predicate, 'materials', 0, 'uri'))
  return present({
    'provenance.build_type': textAt(predicate, 'buildType'),
    'provenance.builder': textAt(predicate, 'builder', 'id'),
    'provenance.entry_point': textAt(config, 'entryPoint'),
    'provenance.invocation': textAt(predicate, 'metadata', 'buildInvocationId') ?? textAt(predicate, 'metadata', 'buildInvocationID'),
    'provenance.ref': source.ref,
    'provenance.revision': commitOf(config) ?? commitOf(at(predicate, 'materials', 0)),
    'provenance.source': source.repository,
  })
}

function read1(predicate: unknown): ReadonlyMap<string, FieldValue> {
  const definition = at(predicate, 'buildDefinition')
  const parameters = at(definition, 'externalParameters')
  // The source is the dependency with a commit; builders differ in where else they name it.
  const dependency = listAt(definition, 'resolvedDependencies').find((candidate) => commitOf(candidate) !== undefined)
  const named = textAt(parameters, 'workflow', 'repository') ?? textAt(parameters, 'source', 'uri') ?? textAt(parameters, 'source')
  const source = splitSource(textAt(dependency, 'uri') ?? named)
  return present({
    'provenance.build_type': textAt(definition, 'buildType'),
    'provenance.builder': textAt(predicate, 'runDetails', 'builder', 'id'),
    'provenance.entry_point': textAt(parameters, 'workflow', 'path'),
    'provenance.invocation': textAt(predicate, 'runDetails', 'metadata', 'invocationId'),
    'provenance.ref': textAt(parameters, 'workflow', 'ref') ?? source.ref,
    'provenance.revision': commitOf(dependency) ?? commitOf(at(parameters, 'source')),
    'provenance.source': source.repository,
  })
}

function commitOf(resource: unknown): string | undefined {
  return textAt(resource, 'digest', 'gitCommit') ?? textAt(resource, 'digest', 'sha1')
}

/** `git+https://github.com/acme/shop@refs/heads/main` in its parts; an `@` in the authority is a user's. SPDX 2.3, 7.7 */
function splitSource(uri: string | undefined): { repository?: string; ref?: string } {
  const [, repository, ref] = /^(?:git\+)?((?:[a-z+]+:\/\/[^/]*)?[^@]*)(?:@(.*))?$/.exec(uri ?? '') ?? []
  return { ...(repository && { repository }), ...(ref && { ref }) }
}
