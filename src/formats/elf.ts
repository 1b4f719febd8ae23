/** Where an ELF file's bytes lie in memory. https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html */

export interface ElfSegments {
  /** The place in the file of a virtual address; undefined where no segment has it. */
  offsetOf(address: number): number | undefined
}

/** `head` is the file's beginning; undefined where it is no ELF file or its program headers go beyond `head`. */
export function parseElfSegments(head: Buffer): ElfSegments | undefined {
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46) return undefined
  const wide = head[4] === 2
  const little = head[5] === 1
  const u16 = (at: number) => (little ? head.readUInt16LE(at) : head.readUInt16BE(at))
  const u32 = (at: number) => (little ? head.readUInt32LE(at) : head.readUInt32BE(at))
  const word = (at: number) => (wide ? Number(little ? head.readBigUInt64LE(at) : head.readBigUInt64BE(at)) : u32(at))
  const start = word(wide ? 32 : 28)
  const [size, count] = [u16(wide ? 54 : 42), u16(wide ? 56 : 44)]
  if (size < (wide ? 56 : 32) || start + size * count > head.length) return undefined
  const segments = Array.from({ length: count }, (_, index) => start + index * size)
    .filter((at) => u32(at) === 1)
    .map((at) =>
      wide
        ? { offset: word(at + 8), address: word(at + 16), bytes: word(at + 32) }
        : { offset: u32(at + 4), address: u32(at + 8), bytes: u32(at + 16) },
    )
  return {
    offsetOf(address) {
      const segment = segments.find((one) => address >= one.address && address < one.address + one.bytes)
      return segment && segment.offset + (address - segment.address)
    },
  }
}
