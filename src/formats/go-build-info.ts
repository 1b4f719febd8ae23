/** The module list that Go's linker puts into every program, also into stripped ones. Go's `debug/buildinfo` describes both forms. */
import { parseElfSegments } from './elf.ts'
import { type GoModule, parseModules, stringAt, stripMarks } from './go-modules.ts'
import { occurrences, StreamCapture, type WindowScanner } from './stream-window.ts'

export interface GoBuildInfo {
  /** `go1.22.3`, as the linker wrote it. */
  readonly toolchain: string
  /** The main module first; replaced modules as what replaced them. */
  readonly modules: readonly GoModule[]
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
/** Looked for first: seven bytes are searched for in another way than eight, and code has few of this first one, where every twentieth is 0xff. */
const magicStart = 2
const magicPart = magic.subarray(magicStart, magicStart + 7)
/** The module list stands between these marks. Go's `cmd/go/internal/modload`, `infoStart` and `infoEnd` */
const listStart = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex')
const listEnd = Buffer.from('f932433186182072008242104116d8f2', 'hex')
const versionStarts = [Buffer.from('go1.'), Buffer.from('devel ')]
const alignment = 16
const headerBytes = 32
const limitBytes = 16 * 1024 * 1024
/** Some 100 bytes a module. Programs about programs have the first mark alone. */
const listLimitBytes = 1024 * 1024
/** Strings that look like a toolchain's version, of which one is it: real programs have a handful. */
const candidateLimit = 20_000

type Capture = { readonly bytes: StreamCapture; needed: number }

/** Feed it the whole stream, then ask for `result`. */
export class GoBuildInfoScanner implements WindowScanner {
  #head: Buffer | undefined
  #isGo = false
  #inline: Capture | undefined
  #list: Capture | undefined
  #header: Capture | undefined
  #found: GoBuildInfo | undefined
  #listText: string | undefined
  /** Of the older form: the address of the version's string header, and what it says. */
  #versionPointer: { readonly offset: number; readonly wide: boolean; readonly little: boolean } | undefined
  #versionText: string | undefined
  #fault: string | undefined
  readonly #candidates = new Map<number, Buffer>()

  get isDone(): boolean {
    return this.#found !== undefined
  }

  scan(window: Buffer, offset: number, from: number, to: number, fresh: number): void {
    if (this.#found) return
    if (!this.#head) {
      this.#head = Buffer.from(window.subarray(0, 4096))
      // The linker's note of the build's id.
      this.#isGo = this.#head.includes('Go\0\0', 0, 'latin1')
    }
    const news = window.subarray(fresh)
    if (this.#inline) this.#continueInline(news)
    if (this.#list) this.#continueList(news)
    if (this.#header) this.#continueHeader(news)
    for (const part of occurrences(window, magicPart, from + magicStart, to + magicStart)) {
      const at = part - magicStart
      if (!window.subarray(at, at + magic.length).equals(magic)) continue
      this.#start(window.subarray(at), offset + at)
      if (this.#found) return
    }
    if (!this.#isGo) return
    for (const at of occurrences(window, listStart, from, to)) this.#startList(window.subarray(at + listStart.length))
    for (const pattern of versionStarts) for (const at of occurrences(window, pattern, from, to)) this.#keepCandidate(window, at, offset)
    const pointer = this.#versionPointer
    if (pointer && pointer.offset >= offset + from && pointer.offset < offset + to)
      this.#startHeader(window.subarray(pointer.offset - offset))
  }

  /** Undefined for what was not made by Go. Throws RangeError for build information that cannot be read. */
  result(): GoBuildInfo | undefined {
    if (this.#found) return this.#found
    if (this.#versionText !== undefined) return { toolchain: this.#versionText, modules: parseModules(this.#listText ?? '') }
    if (this.#fault !== undefined) throw new RangeError(this.#fault)
    if (this.#inline || this.#versionPointer) throw new RangeError('Go build information is cut short')
    return undefined
  }

  /** Programs that read other programs have the magic among their texts: it counts where it is aligned and makes sense. */
  #start(bytes: Buffer, offset: number): void {
    if (offset % alignment !== 0 || bytes.length < headerBytes) return
    const [pointerBytes = 0, flags = 0] = bytes.subarray(magic.length)
    if ((flags & 2) !== 0) {
      this.#inline = { bytes: new StreamCapture(bytes, limitBytes), needed: headerBytes }
      this.#continueInline(Buffer.alloc(0))
    } else if ((pointerBytes === 4 || pointerBytes === 8) && flags <= 1) this.#follow(bytes, pointerBytes === 8, flags === 0, offset)
  }

  /** Go 1.18 and later: two strings, each after its length. */
  #continueInline(news: Buffer): void {
    const capture = this.#inline
    if (!capture) return
    const isFull = news.length > 0 && !capture.bytes.append(news)
    if (capture.bytes.size < capture.needed) {
      if (isFull) this.#drop('Go build information is longer than 16 MiB')
      return
    }
    const bytes = capture.bytes.bytes()
    const version = stringAt(bytes, headerBytes)
    if ('text' in version && !/^(?:go\d|devel)/.test(version.text)) {
      this.#drop(undefined)
      return
    }
    const list = 'text' in version ? stringAt(bytes, version.end) : version
    if ('text' in version && 'text' in list) this.#found = { toolchain: version.text, modules: parseModules(stripMarks(list.text)) }
    else if ('needed' in list && list.needed < limitBytes && !isFull) capture.needed = Math.max(list.needed, bytes.length + 1)
    else this.#drop('Go build information has a string longer than itself')
  }

  #drop(fault: string | undefined): void {
    this.#inline = undefined
    this.#fault = fault ?? this.#fault
  }

  /** Before Go 1.18: pointers to strings elsewhere. The version's text has passed by already; what points at it comes later. */
  #follow(bytes: Buffer, wide: boolean, little: boolean, offset: number): void {
    const segments = this.#head && parseElfSegments(this.#head)
    const at = segments?.offsetOf(pointer(bytes, 16, wide, little))
    if (at === undefined || at < offset) this.#fault = 'Go build information points outside the program'
    else this.#versionPointer = { offset: at, wide, little }
  }

  #startHeader(bytes: Buffer): void {
    this.#header = { bytes: new StreamCapture(bytes.subarray(0, 16), 16), needed: this.#versionPointer?.wide ? 16 : 8 }
    this.#continueHeader(Buffer.alloc(0))
  }

  #continueHeader(news: Buffer): void {
    const [capture, form] = [this.#header, this.#versionPointer]
    if (!capture || !form) return
    if (news.length > 0) capture.bytes.append(news)
    if (capture.bytes.size < capture.needed) return
    this.#header = undefined
    const bytes = capture.bytes.bytes()
    const at = this.#head && parseElfSegments(this.#head)?.offsetOf(pointer(bytes, 0, form.wide, form.little))
    const length = pointer(bytes, form.wide ? 8 : 4, form.wide, form.little)
    const text = at === undefined ? undefined : this.#candidates.get(at)
    if (text && length <= text.length) this.#versionText = text.toString('utf8', 0, length)
    else this.#fault = 'Go build information names a toolchain that was not found'
  }

  #startList(bytes: Buffer): void {
    this.#list = { bytes: new StreamCapture(bytes.subarray(0, listLimitBytes), listLimitBytes), needed: 0 }
    this.#continueList(Buffer.alloc(0))
  }

  #continueList(news: Buffer): void {
    const capture = this.#list
    if (!capture) return
    const isFull = news.length > 0 && !capture.bytes.append(news)
    const bytes = capture.bytes.bytes()
    const end = bytes.indexOf(listEnd)
    if (end >= 0) this.#listText = bytes.toString('utf8', 0, end)
    if (end >= 0 || isFull) this.#list = undefined
  }

  #keepCandidate(window: Buffer, at: number, offset: number): void {
    if (this.#candidates.size < candidateLimit) this.#candidates.set(offset + at, Buffer.from(window.subarray(at, at + 64)))
  }
}

function pointer(bytes: Buffer, at: number, wide: boolean, little: boolean): number {
  if (wide) return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
  return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}
