/** `count-tests.ts REPORT STATUS`: names the tests that failed or did not run, and closes with `N passed, N failed`. */
import { readFileSync } from 'node:fs'

interface TestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

const [file = '', status = '1'] = process.argv.slice(2)
const report = read(file)
const failures: string[] = []
/** What no package of Debian brings is told, and is no failure. */
const notInDebian = /which Debian has not/u
for (const { name, status: outcome, message, assertionResults } of report?.testResults ?? []) {
  const [told, failed] = [true, false].map((isTold) =>
    assertionResults.filter((test) => test.status !== 'passed' && (test.status !== 'failed' && notInDebian.test(test.fullName)) === isTold),
  )
  for (const test of told ?? []) console.log(`did not run: ${name}: ${test.fullName}`)
  for (const test of failed ?? []) failures.push(`${test.status === 'failed' ? 'failed' : 'did not run'}: ${name}: ${test.fullName}`)
  if (outcome === 'failed' && failed?.length === 0) failures.push(`failed: ${name}: ${message ?? ''}`)
}
if (!report) failures.push('the tests left no report')
else if (report.numPassedTests === 0) failures.push('no test ran')
if (status !== '0' && failures.length === 0) failures.push('a step above failed')
for (const failure of failures) console.log(failure)
console.log(`${report?.numPassedTests ?? 0} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1

function read(path: string): TestReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // Said above as a failure of its own.
    return undefined
  }
}
