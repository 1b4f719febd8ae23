/** Where programs are looked for: https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html#tag_08_03 */
import { quote } from '../../../findings.ts'
import { environmentOf } from '../environment.ts'
import type { ImageRule } from '../rule.ts'

export const unsafePath: ImageRule = {
  id: 'image/unsafe-path',
  severity: 'medium',
  title: 'PATH looks for programs where anybody may put them',
  why: "A program that is started by its name is taken from the first folder of PATH that has it. An empty or relative entry is the folder that happens to be current, and a folder for temporary files is everybody's.",
  fix: 'Name only whole paths of folders that root alone may write.',
  references: [
    'https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html#tag_08_03',
    'https://cwe.mitre.org/data/definitions/426.html',
  ],
  concerns: 'image',
  *check({ image: { config, platform }, evidence: { files } }) {
    const path = environmentOf(config.env).get('PATH')
    if (path === undefined || platform.os === 'windows') return
    for (const entry of new Set(path.slice(0, 64 * 1024).split(':'))) {
      const detail = { content: { field: 'Env' }, anchor: entry }
      const folder = files?.find(entry.replace(/^\/+|\/+$/g, ''))
      if (entry === '') yield { ...detail, message: 'PATH has an empty entry, which is the current folder' }
      else if (!entry.startsWith('/') && !/^[$~]/.test(entry))
        yield { ...detail, message: `PATH has ${quote(entry)}, which is below the current folder` }
      // What all may write without the sticky bit is told by image/world-writable.
      else if (/^\/(?:tmp|var\/tmp|dev\/shm)(?:\/|$)/.test(entry) || (folder?.type === 'directory' && (folder.mode & 0o1002) === 0o1002))
        yield { ...detail, message: `PATH has ${quote(entry)}, where everybody may put programs` }
    }
  },
}
