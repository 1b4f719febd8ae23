import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { openSource } from '../../src/oci/sources.ts'
import { listTags, maxTagPages, maxTags } from '../../src/oci/tags.ts'
import { buildImage, json, writeLayout } from '../builders/image.ts'
import { send, startRegistry, type TestRegistry } from '../builders/registry.ts'

const image = buildImage({ layers: [{ a: 'x' }] })
const { signal } = new AbortController()

describe('of a registry', () => {
  let registry: TestRegistry
  let http: HttpClient
  beforeEach(async () => {
    registry = await startRegistry()
    for (const tag of ['1.2', '1.0', '1.1', 'latest']) registry.push('acme/shop', tag, image)
    registry.push('acme/shop-web', '7', image)
    http = createHttp({ sleep: async () => {} })
  })
  afterEach(async () => {
    http.close()
    await registry.close()
  })
  const list = async () => listTags((await openSource(`${registry.host}/acme/shop:1.0`, { http, signal })).source, signal)
  /** Answers every request for tags with this. */
  const answer = (body: string, link?: (request: number) => string) => {
    let requests = 0
    registry.intercept = (_, response) => {
      if (link) response.setHeader('link', link(requests++))
      send(response, 200, body)
      return true
    }
  }

  test('all pages are followed', async () => {
    registry.pageSize = 3
    expect({ tags: await list(), requests: registry.seen.length }).toEqual({ tags: ['1.0', '1.1', '1.2', 'latest'], requests: 2 })
  })

  test('a repository without tags has none', async () => {
    answer('{"name":"acme/shop","tags":null}')
    expect(await list()).toEqual([])
  })

  test('a registry that lists no tags says so', async () => {
    registry.tagsApi = false
    await expect(list()).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('the tags of') })
  })

  test.each([
    ['text that is no tag', () => answer('{"tags":["1.0","\\u001b[2J"]}'), 'malformed'],
    ['something that is no list', () => answer('{"tags":{"1.0":1}}'), 'malformed'],
    ['half an answer', () => answer('{"tags":["1.0"'), 'malformed'],
    [
      'a next page on another host',
      () => answer('{"tags":[]}', () => '<http://127.0.0.2/v2/acme/shop/tags/list>; rel="next"'),
      'malformed',
    ],
    ['pages without an end', () => answer('{"tags":[]}', (page) => `</v2/acme/shop/tags/list?last=${page}>; rel="next"`), 'too-large'],
    ['more tags than are read', () => answer(json({ tags: new Array(maxTags + 1).fill('1') }).toString()), 'too-large'],
    [
      'more tags than are read, on many pages',
      () =>
        answer(json({ tags: new Array(maxTags / 2).fill('1') }).toString(), (page) => `</v2/acme/shop/tags/list?last=${page}>; rel="next"`),
      'too-large',
    ],
  ])('%s is an error', async (_, arrange, code) => {
    arrange()
    await expect(list()).rejects.toMatchObject({ code })
    expect(registry.seen.length).toBeLessThanOrEqual(maxTagPages)
  })
})

test('of a layout, they are the names in its index that are tags', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'portcullis-tags-'))
  const { descriptor, blobs } = image
  const entries = ['2.0', '1.0', 'registry.example.com/shop:3', undefined].map((tag) => ({ descriptor, ...(tag ? { tag } : {}) }))
  await writeLayout(directory, { entries, blobs })
  const { source } = await openSource(`oci:${directory}:1.0`, { http: createHttp(), signal })
  expect(await listTags(source, signal)).toEqual(['1.0', '2.0'])
  await rm(directory, { recursive: true })
})
