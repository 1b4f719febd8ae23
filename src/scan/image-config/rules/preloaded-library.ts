/** Libraries that every program loads first: ld.so(8) */
import { quote } from '../../../findings.ts'
import { environmentOf } from '../environment.ts'
import type { ImageRule } from '../rule.ts'

export const preloadedLibrary: ImageRule = {
  id: 'image/preloaded-library',
  severity: 'medium',
  title: 'A library is loaded into every program',
  why: 'LD_PRELOAD and etc/ld.so.preload put code into every program that starts, where it can answer in the place of the system: allocators do so for speed, and rootkits to stay unseen.',
  fix: 'Load the library in the one program that needs it, from a package, and name it by its whole path.',
  references: ['https://man7.org/linux/man-pages/man8/ld.so.8.html'],
  concerns: 'image',
  *check({ image: { config }, evidence: { files } }) {
    const preload = files?.find('etc/ld.so.preload')
    if (preload?.type === 'file' && preload.sizeBytes > 0)
      yield {
        content: { path: 'etc/ld.so.preload', layer: preload.layer },
        anchor: 'file',
        message: 'etc/ld.so.preload has every program load a library first',
      }
    for (const library of (environmentOf(config.env).get('LD_PRELOAD') ?? '')
      .split(/[\s:]+/)
      .filter((part) => part !== '')
      .slice(0, 50)) {
      const name = quote(library)
      const file = files?.find(library.replace(/^\/+/, ''))
      const detail = { content: { field: 'Env' }, anchor: library }
      if (/^\/?(?:tmp|var\/tmp|dev\/shm)\//.test(library) || (file && (file.mode & 0o002) !== 0))
        yield { ...detail, severity: 'high', message: `LD_PRELOAD names ${name}, which everybody may write` }
      else if (!library.includes('/')) continue
      else if (!library.startsWith('/')) yield { ...detail, message: `LD_PRELOAD names ${name}, which is another file in every folder` }
      else if (files && !file)
        yield { ...detail, message: `LD_PRELOAD names ${name}, which is not in the image: whoever puts it there is in every program` }
      else if (file && !files?.isOwned(file.path))
        yield { ...detail, severity: 'low', message: `LD_PRELOAD names ${name}, which no package owns` }
    }
  },
}
