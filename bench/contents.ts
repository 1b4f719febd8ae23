/** All that `scan` looks at in the layers of a Debian image (inventory, secrets, malware by name and content, configuration, integrity) in its one pass, beside plain gunzip of the same layers. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { prepareImage } from './images.ts'
import { measure, print } from './measure.ts'

export async function benchContents(): Promise<void> {
  const inside = await prepareImage()
  if (!inside) return console.log('skipped: needs mmdebstrap')
  const gunzip = [process.execPath, 'bench/gunzip.ts', inside('1.gz'), inside('2.gz')]
  const output = ['--format', 'json', '--output', inside('report.json')]
  const scan = [process.execPath, 'dist/cli.js', 'scan', '--offline', ...output, `oci:${inside('layout')}:1`]
  // A scan that reaches no advisories is incomplete, and has read everything.
  const [limit, contents] = measure(
    [
      { name: 'two gzip layers: gunzip alone', call: gunzip },
      { name: 'two gzip layers: scan', call: scan, statuses: [0, 1, 3] },
    ],
    3,
  )
  if (!limit || !contents) return
  print(limit, 'the limit')
  print(contents, `${(contents.medianMilliseconds / limit.medianMilliseconds).toFixed(2)} of the limit; to reach: 2.2`)
  const peak = await peakMegabytes(scan)
  if (peak !== undefined) console.log(`two gzip layers: scan${' '.repeat(35)}${peak.toFixed(0).padStart(7)} MB  peak memory; to reach: 220`)
}

/** What the system says of a process while it lasts (Linux): a running maximum, so that the last look misses little. proc_pid_status(5) */
async function peakMegabytes([program = '', ...rest]: readonly string[]): Promise<number | undefined> {
  const child = spawn(program, rest, { stdio: 'ignore' })
  let peak: number | undefined
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
    if (kilobytes !== undefined) peak = Number(kilobytes) / 1024
  }
  const timer = setInterval(() => void look(), 10)
  await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  return peak
}
