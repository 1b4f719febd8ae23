/** A thread that runs a compiled policy: inputs come in, the values of its rules go out. Whoever started it stops it when it takes too long. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { type WasmTask, type WasmThreadMessage, wasmPurpose } from './wasm.ts'
import { yamlBuiltins } from './yaml-builtins.ts'

/** Of 64 KiB: 128 MiB, as much as a policy may use. */
const memoryPages = { initial: 8, maximum: 2048 }

// Importing this module anywhere else does nothing.
if (parentPort && workerData?.purpose === wasmPurpose) {
  const port = parentPort
  const send = (message: WasmThreadMessage) => port.postMessage(message)
  run(workerData.task as WasmTask, send).catch((error: unknown) => send({ kind: 'failed', message: messageOf(error) }))
}

async function run({ bytes, data, inputs, first }: WasmTask, send: (message: WasmThreadMessage) => void): Promise<void> {
  const policy = await loadPolicy(bytes, memoryPages, yamlBuiltins)
  policy.setData(data as object)
  const entrypoints = Object.entries(policy.entrypoints)
  for (let index = first; index < inputs.length; index++) {
    const answers = entrypoints.map(([name, id]) => [name, answerOf(() => policy.evaluate(inputs[index], Number(id)))] as const)
    send({ kind: 'answer', index, answers })
  }
  send({ kind: 'done' })
}

function answerOf(evaluate: () => unknown): { readonly value: unknown } | { readonly error: string } {
  try {
    // https://www.openpolicyagent.org/docs/wasm#evaluation: a list of results, empty where the entry point is undefined.
    const results = evaluate()
    return { value: Array.isArray(results) ? results[0]?.result : undefined }
  } catch (error) {
    return { error: messageOf(error) }
  }
}

/** The library throws texts and plain objects too. */
function messageOf(error: unknown): string {
  if (typeof error === 'string') return error.slice(0, 300)
  const message = Reflect.get(Object(error), 'message')
  return (typeof message === 'string' ? message : String(error)).slice(0, 300)
}
