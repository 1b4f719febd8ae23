/** Whole processes, several times in turn with what they are held against; medians are quoted. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

export interface Contender {
  readonly name: string
  readonly call: readonly string[]
  /** Exit statuses that count as having run. Default: 0. */
  readonly statuses?: readonly number[]
  /** Done before each call, and not measured. */
  readonly before?: () => void
}

export interface Measured {
  readonly name: string
  readonly medianMilliseconds: number
  readonly minimumMilliseconds: number
  readonly maximumMilliseconds: number
  /** The most of all calls, of those that tell it. */
  readonly peakMegabytes?: number
}

/** For a call of Node, which then tells its peak memory as the kernel has it. proc_pid_status(5) */
export const tellsPeak: readonly string[] = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    'import{readFileSync}from"node:fs";process.on("exit",()=>process.stderr.write("\\n"+(/VmHWM:.*/.exec(readFileSync("/proc/self/status","utf8"))??"")+"\\n"))',
  )}`,
]

/** One warm-up of each, then `rounds` rounds of all in turn, so that a drift of the machine's speed meets all alike. */
export function measure(contenders: readonly Contender[], rounds = 5): Measured[] {
  const times = contenders.map(() => [] as number[])
  const peaks = contenders.map(() => 0)
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const { milliseconds, peakMegabytes } = run(contender)
      if (round === 0) continue
      times[index]?.push(milliseconds)
      peaks[index] = Math.max(peaks[index] ?? 0, peakMegabytes)
    }
  }
  return contenders.map(({ name }, index) => {
    const peakMegabytes = peaks[index] ?? 0
    return { ...summary(name, times[index] ?? []), ...(peakMegabytes > 0 && { peakMegabytes }) }
  })
}

export function summary(name: string, times: readonly number[]): Measured {
  const sorted = [...times].sort((left, right) => left - right)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { name, medianMilliseconds: at(0.5), minimumMilliseconds: at(0), maximumMilliseconds: at(1) }
}

function run({ name, call, before, statuses = [0] }: Contender): { readonly milliseconds: number; readonly peakMegabytes: number } {
  before?.()
  const [program = '', ...rest] = call
  const start = performance.now()
  const { status, stderr } = spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'pipe'] })
  const milliseconds = performance.now() - start
  if (status === null || !statuses.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return { milliseconds, peakMegabytes: Number(/VmHWM:\s*(\d+)/u.exec(String(stderr))?.[1] ?? 0) / 1024 }
}

export function print({ name, medianMilliseconds, minimumMilliseconds, maximumMilliseconds, peakMegabytes }: Measured, goal = ''): void {
  const figures = [medianMilliseconds, minimumMilliseconds, maximumMilliseconds].map((value) =>
    value.toFixed(value < 10 ? 1 : 0).padStart(7),
  )
  const memory = peakMegabytes === undefined ? '' : `${peakMegabytes.toFixed(0).padStart(5)} MB`
  console.log(`${name.padEnd(56)}${figures.join('')} ms ${memory} ${goal}`)
}

export function sizeOf(file: string): number {
  return statSync(file).size
}
