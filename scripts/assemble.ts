/** Makes `src/scan/anchor-scan.ts` of its text: WebAssembly in a form that bundles as any other module. */
import { readFile, writeFile } from 'node:fs/promises'
import initWabt from 'wabt'

export async function assembled(): Promise<string> {
  const text = await readFile(new URL('../src/scan/anchor-scan.wat', import.meta.url), 'utf8')
  const wabt = await initWabt()
  const bytes = wabt.parseWat('anchor-scan.wat', text).toBinary({}).buffer
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,120}/gu) ?? []
  return `/** Made of \`anchor-scan.wat\` by \`npm run assemble\`: the module in base64. */\nexport const anchorScan =\n${lines.map((line) => `  '${line}'`).join(' +\n')}\n`
}

if (import.meta.main) await writeFile(new URL('../src/scan/anchor-scan.ts', import.meta.url), await assembled())
