/** Whole processes, several times in turn with what they are held against; medians are quoted. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

export interface Contender {
  readonly name: string
  readonly call: readonly string[]
  /** Exit statuses that count as having run. Default: 0. */
  readonly statuses?: readonly number[]
}

export interface Measured {
  readonly name: string
  readonly medianMilliseconds: number
  readonly minimumMilliseconds: number
  readonly maximumMilliseconds: number
}

/** One warm-up of each, then `rounds` rounds of all in turn, so that a drift of the machine's speed meets all alike. */
export function measure(contenders: readonly Contender[], rounds = 5): Measured[] {
  const times = contenders.map(() => [] as number[])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const milliseconds = run(contender)
      if (round > 0) times[index]?.push(milliseconds)
    }
  }
  return contenders.map(({ name }, index) => summary(name, times[index] ?? []))
}

export function summary(name: string, times: readonly number[]): Measured {
  const sorted = [...times].sort((left, right) => left - right)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { name, medianMilliseconds: at(0.5), minimumMilliseconds: at(0), maximumMilliseconds: at(1) }
}

function run({ name, call, statuses = [0] }: Contender): number {
  const [program = '', ...rest] = call
  const start = performance.now()
  const { status, stderr } = spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'pipe'] })
  const milliseconds = performance.now() - start
  if (status === null || !statuses.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return milliseconds
}

export function print({ name, medianMilliseconds, minimumMilliseconds, maximumMilliseconds }: Measured, goal = ''): void {
  const figures = [medianMilliseconds, minimumMilliseconds, maximumMilliseconds].map((value) =>
    value.toFixed(value < 10 ? 1 : 0).padStart(7),
  )
  console.log(`${name.padEnd(56)}${figures.join('')} ms  ${goal}`)
}

export function sizeOf(file: string): number {
  return statSync(file).size
}
