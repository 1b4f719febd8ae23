/** Advisories from the local database. */
import { openReadOnly } from './database-format.ts'
import { DatabaseReader } from './database-reader.ts'
import type { AdvisorySource } from './source.ts'

/** Opened when it is first asked: a file of another format is then a failure of the source, and so a gap. */
export function database(path: string): AdvisorySource {
  let opened: ReturnType<typeof openDatabase> | undefined
  const open = (): ReturnType<typeof openDatabase> => {
    opened ??= openDatabase(path)
    return opened
  }
  return {
    name: path,
    async *records(queries, gap, signal) {
      yield* (await open()).records(queries, gap, signal)
    },
    covered: async (ecosystems, signal) => (await open()).covered(ecosystems, signal),
    async *byId(ids, gap, signal) {
      yield* (await open()).byId(ids, gap, signal)
    },
    exploitation: async (cves, signal) => (await (await open()).exploitation?.(cves, signal)) ?? new Map(),
    built: async () => (await open()).built(),
    close: () => void opened?.then((source) => source.close()).catch(() => undefined),
  }
}

/** The caller closes it. Throws AdvisoryError `wrong-format` for what is no database of this format. */
export async function openDatabase(path: string): Promise<AdvisorySource & { built(): Promise<Date>; close(): void }> {
  const reader = new DatabaseReader(await openReadOnly(path), path)
  return {
    name: path,
    async *records(queries, gap, signal) {
      for (const message of reader.unread()) gap(message)
      for (const [number, entries] of reader.candidates(queries, signal)) yield reader.record(number, entries)
    },
    covered: (ecosystems) => Promise.resolve(reader.covered(ecosystems)),
    async *byId(ids) {
      yield* reader.byId(ids)
    },
    exploitation: (cves) => Promise.resolve(reader.exploitation(cves)),
    built: () => Promise.resolve(reader.built()),
    close: () => reader.close(),
  }
}
