/** `User` of an image's configuration: `user`, `uid`, `user:group`, … https://github.com/opencontainers/image-spec/blob/main/config.md#properties */
import type { ImageConfig } from '../../oci/image.ts'

/** Without the group; undefined where there is none. */
export function configuredUser({ user = '' }: Pick<ImageConfig, 'user'>): string | undefined {
  const [name = ''] = user.split(':')
  return name.trim() === '' ? undefined : name.trim()
}
