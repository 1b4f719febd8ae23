/** A tree narrowed to one file of it. */
import type { Tree } from './tree.ts'

export function onlyFile(tree: Tree, path: string): Tree {
  return {
    name: tree.name,
    files: async () => (await tree.files()).filter((file) => file.path === path),
    read: (file, limitBytes) => tree.read(file, limitBytes),
    stream: (file) => tree.stream?.(file),
  }
}
