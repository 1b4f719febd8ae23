/** The entries that a map has in the end: duplicates resolved, merge keys followed. https://yaml.org/type/merge.html */
import { type MapNode, targetOf, type YamlNode, type YamlPair } from './node.ts'
import type { Dialect } from './scalar.ts'

/** Each key once, at its first place in the order, with its last value. */
export function effectivePairs(map: MapNode, dialect: Dialect): readonly YamlPair[] {
  if (!map.hasMerge && !map.hasDuplicate) return map.pairs
  const pairs = new Map<string, YamlPair>()
  for (const pair of map.pairs) {
    if (pair.isMerge) for (const merged of mergedPairs(pair.value, dialect)) pairs.set(merged.key, merged)
    else pairs.set(pair.key, pair)
  }
  // goyaml.v2 goes from top to bottom: a merge key below a key of the same name wins. The merge key's own specification, and
  // newer readers, let the key that is written out win wherever it stands.
  if (dialect === 'core') for (const pair of map.pairs) if (!pair.isMerge) pairs.set(pair.key, pair)
  return [...pairs.values()]
}

/** Of several maps, the earlier one wins: it comes last here. */
function mergedPairs(value: YamlNode, dialect: Dialect): readonly YamlPair[] {
  const source = targetOf(value)
  if (source.kind === 'map') return effectivePairs(source, dialect)
  if (source.kind !== 'list') return []
  return source.items.toReversed().flatMap((item) => {
    const map = targetOf(item)
    return map.kind === 'map' ? effectivePairs(map, dialect) : []
  })
}
