import type { HttpClient } from './http.ts'
import { HttpError } from './http-error.ts'

/** Asks nobody, and loads nothing that could. */
export const offlineHttp: HttpClient = {
  async send({ url }) {
    throw new HttpError('offline', `${url.host} was not asked, because of --offline`)
  },
  close: () => {},
}
