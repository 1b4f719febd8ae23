/** `parse-tree.ts FOLDER`: reads and parses every YAML file with positions, and nothing else: the limit for a judge of manifests. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '../src/formats/yaml.ts'

const [, , directory = '.'] = process.argv
for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.yaml')) parseYaml(file, readFileSync(join(directory, file)), { dialect: 'kubernetes' })
}
