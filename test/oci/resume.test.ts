import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { registry as registrySource } from '../../src/oci/registry.ts'
import { collectBytes, verified } from '../../src/oci/verified.ts'
import { digestOf } from '../builders/image.ts'
import { type Interceptor, startRegistry, type TestRegistry } from '../builders/registry.ts'

const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251))
const descriptor = { mediaType: 'application/octet-stream', digest: digestOf(bytes), size: bytes.length }
const { signal } = new AbortController()

let server: TestRegistry
let http: HttpClient
beforeEach(async () => {
  server = await startRegistry()
  server.blobs.set(descriptor.digest, bytes)
  http = createHttp({ sleep: async () => {} })
})
afterEach(async () => {
  http.close()
  await server.close()
})

const read = () =>
  collectBytes(verified(registrySource(http, { registry: server.host, repository: 'a' })).read(descriptor, signal), 1e6, 'blob')
const ranges = () => server.seen.map(({ headers }) => headers.range)

/** Sends `count` bytes from where it was asked, then breaks the connection. */
const breakAfter =
  (count: number, times: number): Interceptor =>
  (request, response) => {
    if (times-- <= 0) return false
    const start = Number(/\d+/.exec(request.headers.range ?? '0')?.[0])
    const range = start === 0 ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
    response
      .writeHead(start === 0 ? 200 : 206, { 'content-length': bytes.length - start, ...range })
      .write(bytes.subarray(start, start + count))
    setTimeout(() => request.socket.destroy(), 20)
    return true
  }

test('a download goes on where its connection broke', async () => {
  server.intercept = breakAfter(30_000, 2)
  expect((await read()).equals(bytes)).toBe(true)
  expect(ranges()).toEqual([undefined, 'bytes=30000-', 'bytes=60000-'])
})

test('a server without ranges starts again, and no byte comes twice', async () => {
  let broken = false
  server.intercept = (request, response) => {
    if (broken) {
      response.end(bytes)
      return true
    }
    broken = true
    return breakAfter(30_000, 1)(request, response)
  }
  expect((await read()).equals(bytes)).toBe(true)
})

test('a connection that breaks behind the last byte has brought all', async () => {
  server.intercept = (request, response) => {
    // Without a length, so that the end is only told by a last chunk, which does not come.
    response.writeHead(200).write(bytes)
    setTimeout(() => request.socket.destroy(), 50)
    return true
  }
  expect((await read()).equals(bytes)).toBe(true)
  expect(ranges()).toEqual([undefined])
})

test('connections that bring nothing are given up', async () => {
  server.intercept = breakAfter(0, 100)
  await expect(read()).rejects.toMatchObject({ code: 'unreachable' })
  expect(server.seen).toHaveLength(5)
})

test('a server that goes on at another byte is malformed', async () => {
  let broken = false
  server.intercept = (request, response) => {
    if (!broken) {
      broken = true
      return breakAfter(30_000, 1)(request, response)
    }
    response.writeHead(206, { 'content-range': 'bytes 50000-99999/100000' }).end(bytes.subarray(50_000))
    return true
  }
  await expect(read()).rejects.toMatchObject({ code: 'malformed' })
})

test('a resumed blob that became another one is a wrong digest', async () => {
  server.intercept = (request, response) => {
    server.blobs.set(descriptor.digest, Buffer.alloc(bytes.length))
    server.intercept = undefined
    return breakAfter(30_000, 1)(request, response)
  }
  await expect(read()).rejects.toMatchObject({ code: 'digest-mismatch' })
})
