/** The page in a real browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { html } from '../../src/report/html.ts'
import { type Browser, findChromium, type Page, startBrowser } from '../builders/browser.ts'
import { nastyStrings } from '../builders/nasty.ts'
import { exampleReport, finding, image, place, renderContext, report } from '../builders/report.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('the page in Chromium (skipped where there is none)', () => {
  let browser: Browser
  let folder: string
  let files = 0

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-page-'))
    browser = await startBrowser(chromium ?? '')
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(some: Report, context = renderContext(), size?: Parameters<Browser['open']>[1], hash = ''): Promise<Page> {
    files += 1
    const file = join(folder, `${files}.html`)
    await writeFile(file, [...html(some, context)].join(''))
    return browser.open(file + hash, size)
  }
  const openExample = async (size?: Parameters<Browser['open']>[1], hash = '') => {
    const { context, report: example } = exampleReport()
    return open(example, context, size, hash)
  }

  const shown = (page: Page) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('#findings > *')].filter((li) => li.checkVisibility()).map((li) => li.dataset.rule)`,
    )
  const set = (page: Page, name: string, value: string) =>
    page.evaluate(
      `{ const field = document.querySelector('[name=${name}]'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('input', { bubbles: true })) }`,
    )
  const untick = (page: Page, value: string) => page.evaluate(`document.querySelector('input[type=checkbox][value=${value}]').click()`)

  test('asks for nothing and complains of nothing', async () => {
    const page = await openExample()
    expect(await page.evaluate('document.title')).toBe('blocked · Portcullis report')
    expect([...page.requests]).toEqual([])
    expect(page.complaints).toEqual([])
  })

  test('runs no script but its own', async () => {
    const page = await openExample()
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="globalThis.ran = true">')`)
    await page.evaluate(
      `{ const script = document.createElement('script'); script.textContent = 'globalThis.ran = true'; document.body.append(script) }`,
    )
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))')
    expect(await page.evaluate('globalThis.ran === undefined')).toBe(true)
    expect(page.complaints.join('\n')).toMatch(/Content Security Policy/)
  })

  test('filters by severity, check, state, image, path and text', async () => {
    const page = await openExample()
    const all = await shown(page)
    expect(all).toHaveLength(9)
    await set(page, 'check', 'manifest')
    expect(await shown(page)).toEqual(['pod/privileged', 'image/mutable-tag', 'network/unselected'])
    await untick(page, 'waived')
    expect(await shown(page)).toEqual(['pod/privileged', 'image/mutable-tag'])
    await untick(page, 'critical')
    expect(await shown(page)).toEqual(['image/mutable-tag'])
    await page.evaluate(`document.querySelector('button[type=reset]').click()`)
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 20))')
    expect(await shown(page)).toEqual(all)
    await set(page, 'path', 'WORKER')
    expect(await shown(page)).toEqual(expect.arrayContaining(['secret/token', 'signature/missing']))
    expect(await shown(page)).not.toContain('pod/privileged')
    await set(page, 'text', 'buffer overflow')
    expect(await shown(page)).toEqual(['CVE-2021-3711'])
    expect(await page.evaluate(`document.getElementById('shown').textContent`)).toBe('3 of 11 shown')
    await page.evaluate(`document.querySelector('form').reset()`)
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 20))')
    await set(page, 'subject', exampleReport().report.findings[0]?.subject ?? '')
    expect(await shown(page)).toEqual(['CVE-2021-3711', 'CVE-2019-14697', 'signature/missing', 'CVE-2018-20679'])
  })

  test('sorts by path and rule, and back by importance', async () => {
    const page = await openExample()
    const all = await shown(page)
    await set(page, 'sort', 'rule')
    expect(await shown(page)).toEqual(all.toSorted())
    await set(page, 'sort', 'path')
    expect((await shown(page)).at(-1)).toBe('config/root')
    await set(page, 'sort', 'order')
    expect(await shown(page)).toEqual(all)
  })

  test('is used by keyboard: tab to a finding, arrows between them, enter and space unfold', async () => {
    const page = await openExample()
    await page.evaluate(`document.getElementById('fold').click()`)
    for (let step = 0; step < 40; step++) {
      await page.press('Tab')
      if (await page.evaluate(`document.activeElement.matches('#findings summary')`)) break
    }
    const rule = () =>
      page.evaluate(`document.activeElement.closest('.finding')?.dataset.rule + ' ' + document.activeElement.parentElement.open`)
    expect(await rule()).toBe('CVE-2021-3711 false')
    await page.press('ArrowDown')
    expect(await rule()).toBe('CVE-2019-14697 false')
    await page.press('Enter')
    expect(await rule()).toBe('CVE-2019-14697 true')
    await page.press(' ')
    expect(await rule()).toBe('CVE-2019-14697 false')
    await page.press('ArrowUp')
    expect(await rule()).toBe('CVE-2021-3711 false')
  })

  test('opens the finding that its address names', async () => {
    const page = await openExample(undefined, `#${encodeURIComponent('finding-mutable-1')}`)
    expect(await page.evaluate(`document.getElementById('finding-mutable-1').open`)).toBe(true)
  })

  test.each([320, 390, 1280])('fits a screen of %d pixels without sideways scrolling', async (width) => {
    const page = await openExample({ width, height: 800, mobile: width < 600 })
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })

  test.each(['light', 'dark'])('is readable in %s: every text has a contrast of 4.5 or more', async (scheme) => {
    const page = await openExample()
    await page.emulate({ 'prefers-color-scheme': scheme })
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`)
    expect(await page.evaluate(contrasts)).toEqual([])
  })

  test('on paper everything is unfolded and nothing is there to press', async () => {
    const page = await openExample()
    await page.emulate({}, 'print')
    expect(
      await page.evaluate(`[...document.querySelectorAll('button, input, select')].filter((each) => each.checkVisibility()).length`),
    ).toBe(0)
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await page.evaluate(`document.querySelectorAll('details:not([open])').length`)).toBe(0)
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    expect(await page.evaluate(`document.querySelectorAll('.finding > details:not([open])').length`)).toBeGreaterThan(0)
    const pdf = await page.pdf()
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  })

  test('hostile text is shown as text and makes no element', async () => {
    const texts = nastyStrings(150)
    const plain = texts.map(() => finding({ message: 'x', rule: 'x', subject: 'x', fingerprint: 'x', locations: [place('x', 1)] }))
    const hostile = texts.map((text) =>
      finding({ message: text, rule: text, subject: text, fingerprint: text, locations: [place(text, 1)] }),
    )
    const count = async (findings: readonly ReturnType<typeof finding>[]) => {
      const page = await open(
        report({ findings, subjects: findings.map(({ message }) => image({ reference: message })) }),
        renderContext({}, { lines: () => ['a'] }),
      )
      const elements = await page.evaluate(
        `document.querySelectorAll('main script, main img, main style, main a, main iframe, main [onerror]').length + ' ' + document.querySelectorAll('body > *').length`,
      )
      return { elements, complaints: page.complaints, requests: [...page.requests] }
    }
    expect(await count(hostile)).toEqual(await count(plain))
  })

  test('3,000 findings are filtered at once', async () => {
    const findings = Array.from({ length: 3_000 }, (_, index) =>
      finding({ fingerprint: `${index}`, rule: `rule/${index}`, locations: [place(`deploy/${index}.yaml`, 1)] }),
    )
    const page = await open(report({ findings }), renderContext({}, { lines: () => ['a: b', 'c: d'] }))
    const milliseconds = await page.evaluate<number>(
      `{ const start = performance.now(); const field = document.querySelector('[name=text]'); field.value = 'rule/2999'; field.dispatchEvent(new Event('input', { bubbles: true })); document.body.offsetHeight; performance.now() - start }`,
    )
    expect(await shown(page)).toEqual(['rule/2999'])
    expect(milliseconds).toBeLessThan(2_000)
  })
})

/** WCAG 2.2, 1.4.3: elements with text of their own whose contrast with what is behind them is too low. */
const contrasts = `(() => {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const parse = (colour) => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return { r, g, b, a } }
  const luminance = ({ r, g, b }) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255)
  const behind = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor)
      if (colour.a > 0) return colour
    }
    return { r: 255, g: 255, b: 255 }
  }
  const bad = []
  for (const element of document.querySelectorAll('body *')) {
    if (element.tagName === 'SCRIPT' || element.tagName === 'OPTION' || !element.checkVisibility()) continue
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue
    const [one, other] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))]
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    if (ratio < 4.5) bad.push(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2))
  }
  return [...new Set(bad)]
})()`
